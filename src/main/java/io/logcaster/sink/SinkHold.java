package io.logcaster.sink;

import io.logcaster.storage.BatchLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the files of the write-ahead log that the queue of a sink does not have yet. Until the
 * sinks are started, their directories say what that is.
 */
final class SinkHold implements BatchLog.Hold {

  private static final Logger LOG = LoggerFactory.getLogger(SinkHold.class);

  private final Path sinks;
  private volatile @Nullable LongSupplier running;

  /**
   * @param sinks the parent of the sinks' directories; it need not exist
   */
  SinkHold(Path sinks) {
    this.sinks = sinks;
  }

  /** From now on, the running sinks say what to keep. */
  void follow(LongSupplier after) {
    running = after;
  }

  @Override
  public long after() {
    LongSupplier known = running;
    return (known != null) ? known.getAsLong() : onDisk();
  }

  private long onDisk() {
    long least = Long.MAX_VALUE;
    if (!Files.isDirectory(sinks)) {
      return least;
    }
    try (var directories = Files.list(sinks)) {
      for (Path directory : directories.toList()) {
        Path queue = directory.resolve("queue");
        if (Files.exists(queue.resolve("state"))) {
          least = Math.min(least, SinkQueue.fedOf(queue));
        }
      }
      return least;
    } catch (IOException ex) {
      LOG.warn("The queues of sinks cannot be read; the write-ahead log keeps everything", ex);
      return -1;
    }
  }
}
