package io.logcaster.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with one sender in one protocol. Only the connection's thread uses it: it reads
 * bytes, calls {@link #decode}, and calls {@link #flush} when the sender pauses or a batch gets
 * old.
 */
public interface Session {

  /** The name of the protocol, for statistics. */
  String protocol();

  /**
   * Records that bytes arrived. Called before they are decoded.
   *
   * @param nanos the present time of {@link System#nanoTime}
   */
  void arrived(long nanos);

  /**
   * Reads all complete messages and submits full batches.
   *
   * @param quiet whether nothing more has arrived for a while
   * @return the index up to which the bytes were used
   */
  int decode(byte[] bytes, int from, int to, boolean quiet)
      throws IOException, InterruptedException;

  /**
   * Accepts a message whose end has not arrived, if the protocol allows it. Called repeatedly while
   * the sender is silent.
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

  /** The maximum number of bytes that must be buffered before a message can be decoded. */
  int largestMessage();

  /** Whether decoded records wait to be submitted. */
  boolean hasRecords();

  /**
   * Whether to flush now, although more bytes may come.
   *
   * @param nanos the present time of {@link System#nanoTime}
   */
  boolean isFlushDue(long nanos);

  /** Submits the open batch and sends the acknowledgements that are due. */
  void flush() throws IOException, InterruptedException;

  /** Whether the session is over, on either side. */
  boolean isEnded();

  /** Reads the remaining bytes after the sender has finished, and sends the last replies. */
  void end(byte[] bytes, int from, int to) throws IOException, InterruptedException;

  /** Releases memory while the sender is silent. Called when no records are waiting. */
  void release();

  /** The approximate memory that decoded records occupy, in bytes. */
  long memoryBytes();

  /** Releases caches because memory is scarce. Called when no records are waiting. */
  void slim();

  /** The number of records submitted so far. */
  long records();

  /** The number of failed messages so far. */
  long errors();

  /** The sender, with the actions that a session may take. */
  interface Peer {

    /** Its address. */
    String host();

    /** The name in its client certificate; null if it sent none. */
    @Nullable String certificate();

    /** Stops reading from it; replies are still sent. May be called from any thread. */
    void interruptReading();

    /** Sends a reply; blocks while the sender does not read. Called by one thread at a time. */
    void write(byte[] bytes, int length) throws IOException;
  }
}
