package io.logcaster.storage.segment.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reports a damaged segment file and the place of the damage. For a file of another version,
 * readers throw a {@link io.logcaster.storage.FormatVersionException} instead.
 */
public sealed class CorruptSegmentException extends IOException
    permits UnreachableSegmentException {

  private static final long serialVersionUID = 1L;

  CorruptSegmentException(Path file, long place, String detail) {
    super(file + " at byte " + place + ": " + detail);
  }

  CorruptSegmentException(String message) {
    super(message);
  }

  /** Whether the part is damaged, and not only out of reach. */
  public boolean isDamage() {
    return !(this instanceof UnreachableSegmentException);
  }

  /**
   * Returns the damage that a failure reports; null if the failure has another cause. If a mapped
   * file was truncated or the disk cannot read it, the virtual machine throws an {@link
   * InternalError}.
   *
   * @param reader the reader whose use failed
   */
  public static @Nullable CorruptSegmentException of(Throwable failure, SegmentReader reader) {
    return switch (failure) {
      case CorruptSegmentException damage -> damage;
      case UncheckedIOException unchecked
          when unchecked.getCause() instanceof CorruptSegmentException damage ->
          damage;
      case InternalError error -> reader.corrupt(0, "cannot be read: " + error.getMessage());
      default -> null;
    };
  }
}
