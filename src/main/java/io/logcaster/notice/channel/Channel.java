package io.logcaster.notice.channel;

/** A way to reach people or another system. Thread-safe; opening one connects to nothing. */
@FunctionalInterface
public interface Channel {

  /** Delivers a notice; returns when the receiver has accepted it. */
  void send(Notice notice) throws DeliveryException;

  /** Whether the receiver keeps incidents, which a test has to close again. */
  default boolean opensIncidents() {
    return false;
  }
}
