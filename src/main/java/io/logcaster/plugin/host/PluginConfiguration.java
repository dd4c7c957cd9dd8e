package io.logcaster.plugin.host;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(PluginInputsRegistrar.class)
class PluginConfiguration {

  @Bean
  Plugins plugins(PluginProperties properties) {
    return new Plugins(properties.dir(), new PluginLoader());
  }

  @Bean
  PluginsHealthIndicator pluginsHealthIndicator(Plugins plugins) {
    return new PluginsHealthIndicator(plugins);
  }
}
