package io.logcaster.storage.segment.bytes;

/**
 * Bytes do not follow the format; becomes a {@code CorruptSegmentException} where the file is
 * known.
 */
public final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedException(String message) {
    super(message);
  }
}
