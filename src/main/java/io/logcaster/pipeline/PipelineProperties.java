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
 *     1MB; in a small heap at most a 32nd of it counts
 */
@Validated
@ConfigurationProperties("logcaster.pipeline")
record PipelineProperties(@DefaultValue("64MB") @NotNull DataSize bufferSize) {

  /** Less would not hold one full batch for each of a few senders. */
  private static final DataSize SMALLEST = DataSize.ofMegabytes(1);

  /**
   * A buffer is full whenever senders are faster than the disk. What waits in it is copied by the
   * collector, which in a heap of 256 MB with a buffer of 64 MB took a fifth of all processor time;
   * a 32nd still holds some batches for each stage.
   */
  private static final int SHARE_OF_HEAP = 32;

  PipelineProperties {
    if (bufferSize.compareTo(SMALLEST) < 0) {
      throw new IllegalArgumentException(
          "logcaster.pipeline.buffer-size is " + bufferSize + ", but must be at least 1MB");
    }
  }

  /** How many bytes the buffer takes in a heap of this process's size. */
  long bufferBytes() {
    long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    return Math.min(bufferSize.toBytes(), Math.max(SMALLEST.toBytes(), share));
  }
}
