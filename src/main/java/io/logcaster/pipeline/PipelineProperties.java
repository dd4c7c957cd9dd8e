package io.logcaster.pipeline;

import io.logcaster.work.HeapShare;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The buffer between the inputs and the storage.
 *
 * @param bufferSize memory for records between arrival and disk, at least 1MB; limited to 3 % of
 *     the heap
 */
@Validated
@ConfigurationProperties("logcaster.pipeline")
record PipelineProperties(@DefaultValue("64MB") @NotNull DataSize bufferSize) {

  /** A smaller buffer could not hold one full batch for each of a few senders. */
  private static final DataSize SMALLEST = DataSize.ofMegabytes(1);

  PipelineProperties {
    if (bufferSize.compareTo(SMALLEST) < 0) {
      throw new IllegalArgumentException(
          "logcaster.pipeline.buffer-size is " + bufferSize + ", but must be at least 1MB");
    }
  }

  /** The size of the buffer for this process's heap. */
  long bufferBytes() {
    long share = HeapShare.WAITING.bytes();
    return Math.min(bufferSize.toBytes(), Math.max(SMALLEST.toBytes(), share));
  }
}
