package io.logcaster.storage.segment;

import java.io.IOException;
import java.nio.file.Path;

/** A segment file that cannot be read, with the place in it and the reason. */
final class CorruptSegmentException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a file, because each asks for another remedy. */
  enum Reason {

    /** Bytes changed or are missing: restore the file from a snapshot or let it be quarantined. */
    CORRUPT,

    /** Written by a version that this one no longer reads: upgrade in smaller steps. */
    TOO_OLD,

    /** Written by a later version: upgrade this server. */
    TOO_NEW
  }

  private final Reason reason;

  CorruptSegmentException(Path file, long place, Reason reason, String detail) {
    super(file + " at byte " + place + ": " + detail);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
