package io.logcaster.query;

import io.logcaster.storage.LogStorage;
import java.time.Clock;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

  @Bean
  QueryLimits queryLimits(QueryProperties properties) {
    return properties.limits(Runtime.getRuntime().availableProcessors());
  }

  @Bean
  QueryEngine queryEngine(LogStorage storage, Clock clock, QueryLimits limits) {
    return new QueryEngine(storage, clock, limits);
  }

  @Bean
  QueryGate queryGate(QueryLimits limits) {
    return new QueryGate(limits.concurrency(), limits.queue(), limits.time());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionWatch() {
    return (factory) -> factory.addContextValves(new ConnectionWatch());
  }
}
