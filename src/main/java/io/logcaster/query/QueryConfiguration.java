package io.logcaster.query;

import io.logcaster.storage.LogStorage;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

  @Bean
  QueryEngine queryEngine(LogStorage storage, Clock clock) {
    return new QueryEngine(storage, clock, QueryLimits.defaults());
  }
}
