package io.logcaster.sink;

import io.logcaster.system.AddressGuard;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** What sinks get in tests. */
public final class SinkContexts {

  private SinkContexts() {}

  /** Files go to a directory; time is real. */
  public static SinkContext in(Path directory) {
    return in(directory, Clock.systemUTC());
  }

  public static SinkContext in(Path directory, Clock clock) {
    return new SinkContext(
        "test",
        directory.resolve("work"),
        directory,
        false,
        AddressGuard.exceptLinkLocal(),
        Duration.ofSeconds(5),
        clock);
  }
}
