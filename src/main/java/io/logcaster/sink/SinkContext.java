package io.logcaster.sink;

import io.logcaster.system.AddressGuard;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * What a sink gets from the server.
 *
 * @param id of the sink; letters, digits and hyphens
 * @param directory a place for files of its own, which may not exist yet
 * @param files where files for users go
 * @param isTrusted whether the server's settings describe the sink, so that it may use any file
 * @param guard checks every address that the sink connects to
 * @param timeout the limit of one attempt to reach the receiver
 */
public record SinkContext(
    String id,
    Path directory,
    Path files,
    boolean isTrusted,
    AddressGuard guard,
    Duration timeout,
    Clock clock) {

  /** For a test record: it must not look like the sink's first one, which has the same position. */
  SinkContext forTest() {
    return new SinkContext(id + "-test", directory, files, isTrusted, guard, timeout, clock);
  }
}
