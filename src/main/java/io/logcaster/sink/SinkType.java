package io.logcaster.sink;

import java.time.Duration;
import java.util.List;

/**
 * A type of sink, such as {@code file}: its options, and how to open one. Thread-safe and without
 * state. Classes of heavy clients are loaded by {@link #open} only.
 */
public interface SinkType {

  /** The name in the API and the settings, in lower case. Never changes. */
  String name();

  /** The options, in the order in which a form shows them. */
  List<SinkOption> options();

  /**
   * Opens a sink. Connects to nothing and changes no file: the sink does so when first written to.
   *
   * @param options checked, with defaults
   * @throws io.logcaster.system.ProblemException 400 {@code invalid_property} if options do not go
   *     together; see {@link SinkOptions#problem}
   */
  Sink open(SinkOptions options, SinkContext context);

  /** How many records a round has, unless the user says so. */
  default int batchSize() {
    return 1_000;
  }

  /** How long a round waits for its batch size, unless the user says so. */
  default Duration linger() {
    return Duration.ofSeconds(1);
  }
}
