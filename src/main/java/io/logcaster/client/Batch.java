package io.logcaster.client;

import org.jspecify.annotations.Nullable;

/** Records that are sent and acknowledged together. Guarded by the lock of its queue. */
final class Batch {

  final long sequence;
  final int length;
  final int records;

  /** Null while only the spool holds the lines. */
  byte @Nullable [] payload;

  /** Where the spool holds the lines; null without one. */
  Spool.@Nullable Place place;

  /** Whether the worker is writing the payload, so that it must not be reused. */
  boolean sending;

  /** Whether it has been written to a server before. */
  boolean sent;

  Batch(long sequence, byte @Nullable [] payload, int length, int records) {
    this.sequence = sequence;
    this.payload = payload;
    this.length = length;
    this.records = records;
  }
}
