package io.logcaster.cluster;

import io.logcaster.system.Printable;

/** What the clients of Kafka say when something fails. */
public final class KafkaFailures {

  private KafkaFailures() {}

  /** The innermost message, in one line: "Failed to construct kafka producer" says nothing. */
  public static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = Printable.line(String.valueOf(cause.getMessage()));
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
