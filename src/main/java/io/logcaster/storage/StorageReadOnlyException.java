package io.logcaster.storage;

import java.io.IOException;

/** The storage takes no records now; it goes on by itself when there is room again. */
public class StorageReadOnlyException extends IOException {

  private static final long serialVersionUID = 1L;

  public StorageReadOnlyException(String message) {
    super(message);
  }
}
