package io.logcaster.storage.segment;

/**
 * Bytes do not follow the format; becomes a {@link CorruptSegmentException} where the file is
 * known.
 */
final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message);
  }
}
