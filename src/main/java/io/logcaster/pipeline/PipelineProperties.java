package io.logcaster.pipeline;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The way between the inputs and the storage.
 *
 * @param bufferSize how much memory records may take between their arrival and the disk, at least
 *     1MB
 */
@Validated
@ConfigurationProperties("logcaster.pipeline")
record PipelineProperties(@DefaultValue("64MB") @NotNull DataSize bufferSize) {

  /** Less would not hold one full batch for each of a few senders. */
  private static final DataSize SMALLEST = DataSize.ofMegabytes(1);

  PipelineProperties {
    if (bufferSize.compareTo(SMALLEST) < 0) {
      throw new IllegalArgumentException(
          "logcaster.pipeline.buffer-size is " + bufferSize + ", but must be at least 1MB");
    }
  }
}
