package io.logcaster.transform;

import io.logcaster.query.QueryEngine;
import io.logcaster.record.Cardinality;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.SinkRouter;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TransformProperties.class)
class TransformConfiguration {

  /** What comes out of records on top of what senders name themselves. */
  private static final int MAX_STREAMS = 10_000;

  private static final int MAX_FIELDS = 2_000;

  @Bean
  TransformMetrics transformMetrics() {
    return new TransformMetrics();
  }

  @Bean
  MeterBinder transformMeters(TransformMetrics metrics) {
    return new TransformMeters(metrics);
  }

  @Bean
  TransformCompiler transformCompiler(
      QueryEngine queries,
      TransformMetrics metrics,
      Environment environment,
      Clock clock,
      PluginTransforms plugins) {
    // Of the inputs, which come after the transforms and so cannot be asked.
    List<String> streamFields =
        Binder.get(environment)
            .bind("logcaster.ingest.stream-fields", Bindable.listOf(String.class))
            .orElse(List.of("host", "app"));
    return new TransformCompiler(
        queries, streamFields, metrics, () -> nanos(clock.instant()), plugins);
  }

  private static long nanos(Instant now) {
    return now.getEpochSecond() * Timestamps.SECOND + now.getNano();
  }

  @Bean
  TransformSettings transformSettings(
      TransformProperties properties,
      TransformStore store,
      TransformCompiler compiler,
      ObjectProvider<SinkRouter> sinks) {
    return new TransformSettings(
        properties.transforms(),
        store,
        compiler,
        new SinkRoutes(sinks::getIfAvailable),
        new Cardinality(MAX_STREAMS, MAX_FIELDS));
  }

  @Bean
  Transforms transforms(TransformSettings settings) {
    return settings.transforms();
  }
}
