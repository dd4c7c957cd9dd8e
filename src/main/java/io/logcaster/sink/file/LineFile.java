package io.logcaster.sink.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file that grows by whole lines. What {@link #commit} returned for survives the death of this
 * process. Not thread-safe.
 */
interface LineFile extends Closeable {

  /** Appends bytes. */
  void append(byte[] bytes, int length) throws IOException;

  /** Hands what was appended to the operating system. */
  void commit() throws IOException;

  /** Discards what was appended since the last commit. */
  void rollBack() throws IOException;

  /** Makes what was committed survive a power failure. */
  void sync() throws IOException;

  /** The length of what was committed. */
  long length();

  /** Closes the file at its committed length. */
  @Override
  void close() throws IOException;
}
