package io.logcaster.storage.segment.file;

import io.logcaster.storage.ScanTrace;
import java.nio.file.Path;

/**
 * A part of a segment that lies in object storage cannot be read at present. Readers leave it out
 * and say so, as they do with damage, but it may be there the next time.
 */
public final class UnreachableSegmentException extends CorruptSegmentException {

  private static final long serialVersionUID = 1L;

  UnreachableSegmentException(Path file, String detail) {
    super(
        ScanTrace.OUT_OF_REACH
            + "segment "
            + file.getFileName()
            + " of "
            + day(file)
            + ": "
            + detail);
  }

  private static String day(Path file) {
    Path day = file.toAbsolutePath().getParent();
    return (day == null) ? "" : String.valueOf(day.getFileName());
  }
}
