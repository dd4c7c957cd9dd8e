package io.logcaster.storage.segment.bytes;

/**
 * Reports bytes that violate the format. Callers that know the file turn it into a {@code
 * CorruptSegmentException}.
 */
public final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedException(String message) {
    super(message);
  }
}
