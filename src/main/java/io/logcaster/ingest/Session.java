package io.logcaster.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one sender in one protocol. Used by the connection's thread alone, which
 * reads bytes, has them decoded and, when the sender pauses or a batch gets old, flushed.
 */
public interface Session {

  /** The name of the protocol, for statistics. */
  String protocol();

  /**
   * Notes that bytes arrived. Called before they are decoded.
   *
   * @param nanos the present time of {@link System#nanoTime}
   */
  void arrived(long nanos);

  /**
   * Reads as many complete messages as there are and hands in full batches.
   *
   * @param quiet whether nothing more came for a while
   * @return the index up to which the bytes were used
   */
  int decode(byte[] bytes, int from, int to, boolean quiet)
      throws IOException, InterruptedException;

  /**
   * Takes a message whose end has not come, if the protocol allows it. Called repeatedly while the
   * sender is silent.
   *
   * @param silentNanos how long the sender has been silent
   * @return the index up to which the bytes were used
   */
  default int unfinished(byte[] bytes, int from, int to, long silentNanos)
      throws IOException, InterruptedException {
    return from;
  }

  /** Whether the session itself holds the beginning of a message, for {@link #unfinished}. */
  default boolean isUnfinished() {
    return false;
  }

  /** How many bytes of a message must be in the buffer at most before it can be decoded. */
  int largestMessage();

  /** Whether decoded records wait to be handed in. */
  boolean hasRecords();

  /**
   * Whether to flush now, although more bytes may come.
   *
   * @param nanos the present time of {@link System#nanoTime}
   */
  boolean isFlushDue(long nanos);

  /** Hands in the open batch and sends the acknowledgements that are due. */
  void flush() throws IOException, InterruptedException;

  /** Whether the session is over, on either side. */
  boolean isEnded();

  /** Takes the rest of the bytes when the sender has ended, and sends the last answers. */
  void end(byte[] bytes, int from, int to) throws IOException, InterruptedException;

  /** Releases memory while the sender is silent. Called when no records wait. */
  void release();

  /** About how many bytes of memory decoded records take. */
  long memoryBytes();

  /** Releases caches because memory is scarce. Called when no records wait. */
  void slim();

  /** Records handed in so far. */
  long records();

  /** Messages that went wrong so far. */
  long errors();

  /** The sender, as far as a session may act on it. */
  interface Peer {

    /** Its address. */
    String host();

    /** The name in its client certificate; null without one. */
    @Nullable String certificate();

    /** Reads nothing more from it; answers still go out. From any thread. */
    void interruptReading();

    /** Sends an answer; blocks while the sender does not read. One thread at a time. */
    void write(byte[] bytes, int length) throws IOException;
  }
}
