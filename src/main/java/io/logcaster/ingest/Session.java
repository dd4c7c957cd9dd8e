package io.logcaster.ingest;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is said on a connection in one protocol. Used by the connection's thread alone. */
public interface Session {

  /** What is spoken. */
  String protocol();

  /**
   * Says that bytes came.
   *
   * @param nanos the system's timer
   */
  void arrived(long nanos);

  /**
   * Reads as many complete messages as there are and hands in full batches.
   *
   * @param quiet whether nothing more came for a while
   * @return how far the bytes were used
   */
  int decode(byte[] bytes, int from, int to, boolean quiet)
      throws IOException, InterruptedException;

  /**
   * Takes a message whose end did not come, if the protocol can do without. Called now and then
   * while a sender is silent.
   *
   * @param silentNanos how long nothing came
   * @return how far the bytes were used
   */
  default int unfinished(byte[] bytes, int from, int to, long silentNanos)
      throws IOException, InterruptedException {
    return from;
  }

  /** Whether it keeps the beginning of a message itself, which {@link #unfinished} may take. */
  default boolean isUnfinished() {
    return false;
  }

  /** The most bytes that one message needs at hand before it can be decoded. */
  int largestMessage();

  /** Whether decoded records wait to be handed in. */
  boolean hasRecords();

  /**
   * Whether the records that wait should wait no longer, even if more come.
   *
   * @param nanos the system's timer
   */
  boolean isFlushDue(long nanos);

  /** Hands in what waits. */
  void flush() throws IOException, InterruptedException;

  /** Whether one side has ended the session. */
  boolean isEnded();

  /** Takes what is left when the sender has ended, and answers what is still to be answered. */
  void end(byte[] bytes, int from, int to) throws IOException, InterruptedException;

  /** Gives back memory, because the sender is silent and nothing waits. */
  void release();

  /** About how many bytes are held for what was decoded. */
  long memoryBytes();

  /** Forgets what only saves time, because memory is scarce and nothing waits. */
  void slim();

  /** Records handed in. */
  long records();

  /** Messages that went wrong. */
  long errors();

  /** The way back to the sender. */
  interface Peer {

    /** The sender's address. */
    String host();

    /** The name on the certificate that the sender has shown; null for none. */
    @Nullable String certificate();

    /** Lets the sender send no more; what it is answered still goes out. From any thread. */
    void interruptReading();

    /** Sends an answer, waiting while the sender does not read. Safe for use by one thread. */
    void write(byte[] bytes, int length) throws IOException;
  }
}
