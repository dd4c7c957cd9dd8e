package io.logcaster.source;

import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryLimits;
import io.logcaster.storage.LogStorage;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SourceConfiguration {

  @Bean
  Sources sources(SourceProperties properties, Clock clock) {
    return new Sources(properties.maxSources(), clock);
  }

  @Bean
  SourceTask sourceTask(
      Sources sources, SourceStore store, LogStorage storage, Clock clock, QueryLimits limits) {
    return new SourceTask(sources, store, () -> new QueryEngine(storage, clock, limits));
  }
}
