package io.logcaster.metrics;

import io.logcaster.alert.AlertCounts;
import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.Input;
import io.logcaster.metrics.LiveMetrics.Gauges;
import io.logcaster.nodes.NodeCalls;
import io.logcaster.nodes.NodeName;
import io.logcaster.pipeline.Intake;
import io.logcaster.pipeline.Ledger;
import io.logcaster.pipeline.Pipeline;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.StorageStats;
import io.logcaster.system.OpenStreams;
import io.logcaster.work.ThreadFailures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

  @Bean
  HostInput hostInput(Intake intake, Ledger ledger, IngestProperties ingest, Clock clock) {
    return new HostInput(OwnInputs.lazyProbe(), own("host", intake, ledger, ingest, clock));
  }

  @Bean
  OwnInputs ownInputs(
      HostInput host,
      HostProperties hostProperties,
      SelfLogProperties selfLogProperties,
      Intake intake,
      Ledger ledger,
      IngestProperties ingest,
      Clock clock) {
    SelfLog selfLog =
        selfLogProperties.enabled()
            ? new SelfLog(own("self", intake, ledger, ingest, clock))
            : null;
    return new OwnInputs(host, hostProperties, selfLog);
  }

  private static OwnRecords own(
      String id, Intake intake, Ledger ledger, IngestProperties ingest, Clock clock) {
    return new OwnRecords(
        intake, ledger.open(id), ingest.streamFields(), OwnRecords.hostName(), clock);
  }

  @Bean
  LiveMetrics liveMetrics(
      Ledger ledger,
      Pipeline pipeline,
      LogStorage storage,
      ObjectProvider<Input> inputs,
      HostInput host,
      AlertCounts alerts,
      Clock clock) {
    Supplier<List<Input>> all = SingletonSupplier.of(() -> inputs.stream().toList());
    Supplier<Gauges> gauges =
        () -> {
          StorageStats stats = storage.stats();
          int connections =
              all.get().stream().mapToInt((input) -> input.stats().connections().size()).sum();
          return new Gauges(
              connections,
              new MetricsSnapshot.Buffer(pipeline.bufferedBytes(), pipeline.bufferCapacity()),
              new MetricsSnapshot.Storage(stats.records(), stats.bytes(), stats.freeBytes()),
              MetricsSnapshot.Host.of(host.latest()),
              new MetricsSnapshot.Alerts(alerts.firing(), alerts.pending()));
        };
    return new LiveMetrics(ledger, gauges, clock);
  }

  @Bean
  NodeMetrics nodeMetrics(
      LiveMetrics own, NodeCalls calls, NodeName name, LogStorage storage, Clock clock) {
    return new NodeMetrics(own, calls, name, storage, clock);
  }

  @Bean
  MetricsTicker metricsTicker(
      LiveMetrics metrics,
      Ledger ledger,
      ThreadFailures failures,
      ObjectProvider<MeterRegistry> registry) {
    return new MetricsTicker(
        metrics,
        SingletonSupplier.of(() -> new LedgerMeters(ledger, failures, registry.getObject())),
        ledger);
  }

  @Bean
  MeterBinder serverMeters(
      Pipeline pipeline, LogStorage storage, AlertCounts alerts, OpenStreams streams) {
    return new ServerMeters(pipeline, storage, alerts, streams);
  }

  @Bean
  HealthIndicator pipelineHealthIndicator(Pipeline pipeline) {
    return new PipelineHealth(pipeline);
  }

  @Bean
  HealthIndicator storageHealthIndicator(LogStorage storage) {
    return new StorageHealth(storage);
  }

  @Bean
  HealthIndicator threadsHealthIndicator(ThreadFailures failures) {
    return new ThreadsHealth(failures);
  }
}
