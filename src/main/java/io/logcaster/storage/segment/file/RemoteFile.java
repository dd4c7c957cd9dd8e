package io.logcaster.storage.segment.file;

import io.logcaster.storage.ScanTrace;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * A segment in object storage, of which readers read ranges. Thread-safe. The ranges lie within the
 * segment.
 */
public interface RemoteFile {

  /**
   * Reads a range.
   *
   * @param target gets the bytes from its start
   * @param trace counts the bytes that had to be fetched
   * @throws NoSuchFileException if the object is gone
   * @throws IOException if it cannot be read at present
   */
  void read(long from, byte[] target, int length, ScanTrace trace) throws IOException;

  /** Begins to fetch a range that is read soon. Returns at once and reports no failure. */
  void prefetch(long from, int length, ScanTrace trace);

  /** Forgets what is cached of a range, because its bytes are wrong. */
  void forget(long from, int length);

  /** Says no more is read of this file. */
  void close();

  /** The name of the object, for messages. */
  String name();
}
