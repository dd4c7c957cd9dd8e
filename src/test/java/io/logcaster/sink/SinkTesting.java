package io.logcaster.sink;

import io.logcaster.record.RecordBatch;
import io.logcaster.system.AddressGuard;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Opens sinks and delivers rounds, as the server does it. */
public final class SinkTesting {

  private SinkTesting() {}

  /** A context that allows this machine. */
  public static SinkContext context(String id, Path directory, Duration timeout) {
    return new SinkContext(
        id,
        directory,
        directory,
        false,
        AddressGuard.exceptLinkLocal(),
        timeout,
        Clock.systemUTC());
  }

  /** Opens a sink with options. */
  public static Sink open(SinkType type, Map<String, ?> options, SinkContext context) {
    return type.open(SinkOptions.of(type.options(), options), context);
  }

  /**
   * Delivers a round until it succeeds.
   *
   * @return how often it had to be repeated
   */
  public static int deliver(Sink sink, long position, RecordBatch... batches)
      throws SinkException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    for (int repeated = 0; ; repeated++) {
      try {
        sink.begin(position);
        for (RecordBatch batch : batches) {
          sink.write(batch);
        }
        sink.flush();
        return repeated;
      } catch (SinkException ex) {
        if (ex.kind() != SinkException.Kind.TEMPORARY || System.nanoTime() > end) {
          throw ex;
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }
}
