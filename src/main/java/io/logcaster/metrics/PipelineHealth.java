package io.logcaster.metrics;

import io.logcaster.pipeline.Pipeline;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Health of the pipeline: down while records cannot be stored and wait. */
final class PipelineHealth extends AbstractHealthIndicator {

  private final Pipeline pipeline;

  PipelineHealth(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    String trouble = pipeline.trouble();
    if (!pipeline.isRunning()) {
      builder.down().withDetail("reason", "The pipeline is not running");
    } else if (trouble != null) {
      builder.down().withDetail("reason", trouble);
    } else {
      builder.up();
    }
    builder
        .withDetail("bufferedBytes", pipeline.bufferedBytes())
        .withDetail("bufferCapacity", pipeline.bufferCapacity())
        .withDetail("queuedBatches", pipeline.queuedBatches());
  }
}
