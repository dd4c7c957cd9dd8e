package io.logcaster.storage.segment.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A segment file that is damaged, with the place in it. A file that another version wrote gives a
 * {@link io.logcaster.storage.FormatVersionException} instead.
 */
public final class CorruptSegmentException extends IOException {

  private static final long serialVersionUID = 1L;

  CorruptSegmentException(Path file, long place, String detail) {
    super(file + " at byte " + place + ": " + detail);
  }

  /**
   * The damage that a failure tells of; null where it is another failure. A mapped file that became
   * shorter, or that the disk cannot read, makes the virtual machine throw an {@link InternalError}
   * at whoever reads it.
   *
   * @param reader what was read
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
