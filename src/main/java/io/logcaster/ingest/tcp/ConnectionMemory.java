package io.logcaster.ingest.tcp;

import io.logcaster.ingest.IngestMemory;
import java.util.concurrent.TimeUnit;

/**
 * Accounts for the memory of one connection, so that all connections together stay bounded: its
 * read buffer, the records of its session and, during decoding, the records that may result. Used
 * by the connection's thread alone.
 *
 * <p>There is no deadlock: decoding depends on nothing but the pipeline, decoded records are handed
 * in after a moment, and the room for a long message is taken as a whole before the message is read
 * further.
 */
final class ConnectionMemory {

  /** A buffer up to this size is not accounted for. */
  static final int FREE = 8 << 10;

  /** The most memory that decoding takes per byte, and the least it takes at all. */
  private static final int DECODED_FACTOR = 32;

  private static final int DECODED_LEAST = 64 << 10;

  /** A batch is full at half of this. */
  private static final int DECODED_MOST = 2 << 20;

  /** Larger buffers make reading faster, but must leave room for records. */
  private static final int PERCENT_FOR_BUFFERS = 50;

  private final IngestMemory batches;

  private final IngestMemory messages;

  /** What an idle connection holds, with its buffer; not accounted for. */
  private static final int BASE = FREE + (32 << 10);

  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private long held;

  /** The room for the long message that is being read; 0 without one. */
  private long message;

  /** How long the connection has waited for the rest of that message. */
  private long messageWaited;

  ConnectionMemory(IngestMemory batches, IngestMemory messages) {
    this.batches = batches;
    this.messages = messages;
  }

  /** Takes room for a larger, faster buffer; returns false if there is none. */
  boolean tryGrow(int from, int to) {
    if (to <= FREE || message >= to) {
      return true;
    }
    boolean taken = batches.tryTake(to - from, PERCENT_FOR_BUFFERS);
    held += taken ? to - from : 0;
    return taken;
  }

  /** Waits for room for the longest possible message. */
  void takeMessage(int bytes) throws InterruptedException {
    if (message < bytes) {
      releaseMessage();
      messages.take(bytes);
      message = bytes;
      messageWaited = 0;
    }
  }

  /** Whether others wait for the room that this connection holds for a long message. */
  boolean isMessageAwaited() {
    return message > 0 && messages.isAwaited();
  }

  /** Adds time during which the connection waited for its sender. */
  void waited(long nanos) {
    messageWaited += nanos;
  }

  /** Whether the sender takes very long for its message while others wait for the room. */
  boolean isSenderSlow() {
    return messageWaited > SLOW_NANOS && isMessageAwaited();
  }

  void releaseMessage() {
    messages.release(message);
    message = 0;
  }

  /** Takes room for the records that decoding may result in; returns false if there is none. */
  boolean tryDecoding(int bytes) {
    long most = mostDecoded(bytes);
    boolean taken = !batches.isAwaited() && batches.tryTake(most, 100);
    held += taken ? most : 0;
    return taken;
  }

  /** As {@link #tryDecoding}, but waits; the caller first releases what it can. */
  void awaitDecoding(int bytes) throws InterruptedException {
    long most = mostDecoded(bytes);
    batches.take(most);
    held += most;
  }

  private static long mostDecoded(int bytes) {
    return Math.clamp((long) bytes * DECODED_FACTOR, DECODED_LEAST, DECODED_MOST);
  }

  /**
   * Accounts for the memory that is really held after decoding.
   *
   * @param buffer the size of the read buffer, in bytes
   * @param session the memory of the session, in bytes
   * @return whether the session should hold less
   */
  boolean settle(int buffer, long session) {
    long bytes = Math.max(0, ((message > 0) ? 0 : buffer) + session - BASE);
    batches.add(bytes - held);
    held = bytes;
    return bytes > 0 && batches.isScarce();
  }

  /** Releases everything. */
  void close() {
    releaseMessage();
    batches.release(held);
    held = 0;
  }
}
