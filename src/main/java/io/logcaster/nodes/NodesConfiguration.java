package io.logcaster.nodes;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NodesProperties.class)
class NodesConfiguration {

  @Bean
  Nodes nodes(NodesProperties properties) {
    return new Nodes(properties);
  }
}
