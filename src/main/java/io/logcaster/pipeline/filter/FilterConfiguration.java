package io.logcaster.pipeline.filter;

import io.logcaster.query.QueryEngine;
import io.logcaster.system.SettingsStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FilterSettings.class)
class FilterConfiguration {

  /** A filter set at run time takes precedence over the configured one. */
  @Bean
  RecordFilter recordFilter(
      FilterSettings configured, SettingsStore store, JsonMapper json, QueryEngine queries) {
    FilterSettings settings =
        store
            .get(FilterController.SETTING)
            .map((text) -> json.readValue(text, FilterSettings.class))
            .orElse(configured);
    return new RecordFilter(settings, queries::filter);
  }
}
