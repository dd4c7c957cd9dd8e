package io.logcaster.ingest.tcp;

import io.logcaster.ingest.IngestMemory;
import java.util.concurrent.TimeUnit;

/**
 * What one connection holds of the memory for input, so that all together stay bounded: its read
 * buffer, what its session has decoded, and, while it decodes, what that may come to. Used by the
 * connection's thread alone.
 *
 * <p>Nobody waits for another for ever: whoever decodes needs only the pipeline to go on, what was
 * decoded is handed in after a moment, and the room for a long message is taken as a whole before
 * the message is read on.
 */
final class ConnectionMemory {

  /** So much each connection has for its buffer without asking. */
  static final int FREE = 8 << 10;

  /** How much memory decoding takes at the most for each byte that is decoded, and at least. */
  private static final int DECODED_FACTOR = 32;

  private static final int DECODED_LEAST = 64 << 10;

  /** A batch is full at half of this. */
  private static final int DECODED_MOST = 2 << 20;

  /** Larger buffers make reading faster, but must leave room for what is read. */
  private static final int PERCENT_FOR_BUFFERS = 50;

  private final IngestMemory batches;

  private final IngestMemory messages;

  /** What a connection holds beside its buffer when it has nothing to do; not counted. */
  private static final int BASE = FREE + (32 << 10);

  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private long held;

  /** The room of a long message that is being read; 0 for none. */
  private long message;

  /** How long the sender of that message was waited for. */
  private long messageWaited;

  ConnectionMemory(IngestMemory batches, IngestMemory messages) {
    this.batches = batches;
    this.messages = messages;
  }

  /** Takes room for a larger buffer, which would be faster; whether there is some. */
  boolean tryGrow(int from, int to) {
    if (to <= FREE || message >= to) {
      return true;
    }
    boolean taken = batches.tryTake(to - from, PERCENT_FOR_BUFFERS);
    held += taken ? to - from : 0;
    return taken;
  }

  /** Takes room for the longest message there may be, waiting for it. */
  void takeMessage(int bytes) throws InterruptedException {
    if (message < bytes) {
      releaseMessage();
      messages.take(bytes);
      message = bytes;
      messageWaited = 0;
    }
  }

  /** Whether others wait for the room of a long message that this connection has. */
  boolean isMessageAwaited() {
    return message > 0 && messages.isAwaited();
  }

  /** Says that the sender was waited for. */
  void waited(long nanos) {
    messageWaited += nanos;
  }

  /** Whether others wait for a sender that takes very long for its message. */
  boolean isSenderSlow() {
    return messageWaited > SLOW_NANOS && isMessageAwaited();
  }

  void releaseMessage() {
    messages.release(message);
    message = 0;
  }

  /** Takes room for what decoding may come to; whether there is some. */
  boolean tryDecoding(int bytes) {
    long most = mostDecoded(bytes);
    boolean taken = !batches.isAwaited() && batches.tryTake(most, 100);
    held += taken ? most : 0;
    return taken;
  }

  /** As {@link #tryDecoding}, but waits; the connection holds as little as it can meanwhile. */
  void awaitDecoding(int bytes) throws InterruptedException {
    long most = mostDecoded(bytes);
    batches.take(most);
    held += most;
  }

  private static long mostDecoded(int bytes) {
    return Math.clamp((long) bytes * DECODED_FACTOR, DECODED_LEAST, DECODED_MOST);
  }

  /**
   * Counts what is held from now on instead of what might have been.
   *
   * @param buffer bytes of the read buffer
   * @param session bytes of the session
   * @return whether the session should hold less
   */
  boolean settle(int buffer, long session) {
    long bytes = Math.max(0, ((message > 0) ? 0 : buffer) + session - BASE);
    batches.add(bytes - held);
    held = bytes;
    return bytes > 0 && batches.isScarce();
  }

  /** Gives back everything. */
  void close() {
    releaseMessage();
    batches.release(held);
    held = 0;
  }
}
