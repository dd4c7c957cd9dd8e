package io.logcaster.storage;

import java.io.IOException;

/** The storage takes no records now; it goes on by itself when there is room again. */
public class StorageReadOnlyException extends IOException {

  private static final long serialVersionUID = 1L;

  public StorageReadOnlyException(String message) {
    super(message);
  }

  /** As the other, with the failure that told it. */
  public StorageReadOnlyException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether something failed because the volume has no room, as the operating systems tell it. */
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
