package io.logcaster.source;

import io.logcaster.query.QueryEngine;
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
  SourceTask sourceTask(Sources sources, SourceStore store, QueryEngine queries) {
    return new SourceTask(sources, store, queries);
  }
}
