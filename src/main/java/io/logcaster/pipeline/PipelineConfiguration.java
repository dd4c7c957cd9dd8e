package io.logcaster.pipeline;

import io.logcaster.pipeline.filter.RecordFilter;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.config.RetentionProperties;
import io.logcaster.transform.Transforms;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PipelineProperties.class)
class PipelineConfiguration {

  @Bean
  Ledger ledger() {
    return new Ledger();
  }

  @Bean
  Pipeline pipeline(
      PipelineProperties properties,
      LogStorage storage,
      RetentionProperties retention,
      Transforms transforms,
      RecordFilter filter,
      Ledger ledger,
      List<BatchListener> listeners,
      Clock clock) {
    return new Pipeline(
        properties.bufferBytes(),
        storage,
        new TimeRange(clock, retention.maxAge()),
        transforms,
        filter,
        ledger,
        listeners);
  }

  @Bean
  SmartLifecycle pipelineLifecycle(Pipeline pipeline) {
    return new PipelineLifecycle(pipeline);
  }

  /**
   * Starts before the inputs and stops after them, because inputs have the default, latest phase or
   * a later one.
   */
  private static final class PipelineLifecycle implements SmartLifecycle {

    private final Pipeline pipeline;
    private volatile boolean running;

    PipelineLifecycle(Pipeline pipeline) {
      this.pipeline = pipeline;
    }

    @Override
    public void start() {
      pipeline.start();
      running = true;
    }

    @Override
    public void stop() {
      running = false;
      try {
        pipeline.stop();
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean isRunning() {
      return running;
    }

    @Override
    public int getPhase() {
      return 0;
    }
  }
}
