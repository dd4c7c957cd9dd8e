package io.logcaster.canary;

import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.Input;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.pipeline.Intake;
import io.logcaster.pipeline.Ledger;
import io.logcaster.query.ParsedQuery;
import io.logcaster.query.QueryEngine;
import io.logcaster.security.Authenticator;
import io.logcaster.security.Scope;
import io.logcaster.security.Tls;
import io.logcaster.system.SettingsStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
class CanaryConfiguration {

  @Bean
  CanaryRoutes canaryRoutes(ObjectProvider<Input> inputs, Tls tls, Authenticator authenticator) {
    SingletonSupplier<String> token =
        SingletonSupplier.of(() -> authenticator.issue("canary", Set.of(Scope.INGEST)));
    CanarySockets sockets =
        new CanarySockets(tls, () -> authenticator.isRequired() ? token.obtain() : null);
    return new CanaryRoutes(() -> inputs.stream().toList(), sockets, tls);
  }

  @Bean
  Canary canary(
      CanaryRoutes routes,
      CanaryProperties properties,
      QueryEngine queries,
      Intake intake,
      Ledger ledger,
      IngestProperties ingest,
      ObjectProvider<MeterRegistry> meters,
      Clock clock) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    ParsedQuery query = queries.parse("app:=%s _msg:%s | fields _msg".formatted(Canary.APP, run));
    Canary.Finder finder =
        (since) ->
            queries.rows(query, nanos(since), Long.MAX_VALUE).stream()
                .map((row) -> row.getOrDefault("_msg", ""))
                .collect(Collectors.toSet());
    SingletonSupplier<InputMetrics> books = SingletonSupplier.of(() -> ledger.open("canary"));
    return new Canary(
        routes::open,
        finder,
        new CanaryReports(
            intake, books, ingest.streamFields(), SingletonSupplier.of(meters::getObject), clock),
        properties.timeout(),
        run,
        clock);
  }

  static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  @Bean
  CanaryTask canaryTask(
      Canary canary, CanaryProperties properties, SettingsStore settings, JdbcClient jdbc) {
    return new CanaryTask(canary, properties, settings, jdbc);
  }

  /** Null if the canary does not run. */
  @Bean
  @Nullable HealthIndicator canaryHealthIndicator(Canary canary, CanaryProperties properties) {
    if (!properties.enabled()) {
      return null;
    }
    return () -> {
      Health.Builder health = new Health.Builder();
      if (canary.broken().isEmpty()) {
        health.up();
      } else {
        health.down().withDetail("lost", canary.broken());
      }
      canary.views().forEach((view) -> health.withDetail(view.route(), view));
      return health.build();
    };
  }
}
