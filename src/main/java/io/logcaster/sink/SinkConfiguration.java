package io.logcaster.sink;

import io.logcaster.notice.secret.Vault;
import io.logcaster.pipeline.BatchListener;
import io.logcaster.query.QueryEngine;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchLog;
import io.logcaster.storage.LogStorage;
import io.logcaster.system.DataDirectory;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SinkProperties.class)
class SinkConfiguration {

  private static Path place(DataDirectory directory) {
    return directory.dir().resolve("sinks");
  }

  /** The storage depends on it, and asks it before the sinks are started. */
  @Bean
  SinkHold sinkHold(DataDirectory directory) {
    return new SinkHold(place(directory));
  }

  /** The log that sinks follow: the storage's own, or one in memory for a storage without. */
  @Bean
  SinkFeed sinkFeed(LogStorage storage, Clock clock) {
    return new SinkFeed(
        (storage instanceof BatchLog log) ? log : new MemoryBatchLog(clock.millis()));
  }

  /** Passes stored batches on, if the storage has no log to follow. */
  record SinkFeed(BatchLog log) implements BatchListener {

    @Override
    public void stored(RecordBatch batch) {
      if (log instanceof MemoryBatchLog memory) {
        memory.stored(batch);
      }
    }
  }

  @Bean
  SinkStore sinkStore(JdbcClient jdbc, Vault vault, SinkTypes types, SinkProperties properties) {
    return new SinkStore(jdbc, vault, types, properties.definitions(types));
  }

  @Bean(destroyMethod = "")
  Sinks sinks(
      DataDirectory directory,
      SinkFeed feed,
      LogStorage storage,
      SinkTypes types,
      QueryEngine engine,
      SinkHold hold,
      SinkProperties properties,
      Clock clock) {
    String files = properties.sinkDirectory();
    return new Sinks(
        place(directory),
        files == null ? directory.dir().resolve("export") : Path.of(files),
        feed.log(),
        storage,
        types,
        engine::filter,
        hold,
        clock);
  }

  @Bean
  SmartLifecycle sinkLifecycle(Sinks sinks, SinkStore store) {
    return new Lifecycle(sinks, store);
  }

  @Bean
  MeterBinder sinkMeters(Sinks sinks) {
    return new SinkMeters(sinks);
  }

  @Bean
  HealthIndicator sinksHealthIndicator(Sinks sinks) {
    return new SinkHealth(sinks);
  }

  /** Starts before the pipeline and stops after it, so that a sink sees every record. */
  private static final class Lifecycle implements SmartLifecycle {

    private final Sinks sinks;
    private final SinkStore store;
    private volatile boolean running;

    Lifecycle(Sinks sinks, SinkStore store) {
      this.sinks = sinks;
      this.store = store;
    }

    @Override
    public void start() {
      sinks.start(store.all(), store.paused());
      running = true;
    }

    @Override
    public void stop() {
      running = false;
      sinks.stop();
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return -1;
    }
  }
}
