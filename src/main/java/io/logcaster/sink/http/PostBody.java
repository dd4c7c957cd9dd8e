package io.logcaster.sink.http;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.SinkException;

/** Writes the body of a request of one protocol, and reads the answer. Not thread-safe. */
interface PostBody {

  /** The value of {@code Content-Type}. */
  String contentType();

  /** What the protocol adds to the URL if it is not at its end; empty for nothing. */
  default String path() {
    return "";
  }

  /** Begins a body; forgets what was appended. */
  default void begin() {
    // Most have nothing before the first record.
  }

  /** Appends records. */
  void append(RecordBatch batch, ByteBuilder body);

  /** Ends a body. */
  default void end(ByteBuilder body) {
    // Most have nothing after the last record.
  }

  /**
   * Reads the answer to a request that succeeded as a whole.
   *
   * @throws SinkException if it says that records were not taken
   */
  default void check(byte[] answer) throws SinkException {
    // Most say all with the status.
  }
}
