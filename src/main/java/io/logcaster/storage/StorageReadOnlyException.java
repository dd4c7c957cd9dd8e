package io.logcaster.storage;

import java.io.IOException;

/** The storage is read-only for lack of space; it accepts records again when there is room. */
public class StorageReadOnlyException extends IOException {

  private static final long serialVersionUID = 1L;

  public StorageReadOnlyException(String message) {
    super(message);
  }

  /** Creates the exception with the failure that revealed the lack of space. */
  public StorageReadOnlyException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether a failure means that the volume is full, judging by the operating system's message. */
  public static boolean isFor(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof IOException
          && (message.contains("No space left")
              || message.contains("quota exceeded")
              || message.contains("not enough space"))) {
        return true;
      }
    }
    return false;
  }
}
