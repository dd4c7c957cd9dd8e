package io.logcaster.system;

import java.io.IOException;

/** A host has an address that must not be used. */
public final class RefusedAddressException extends IOException {

  RefusedAddressException(String message) {
    super(message);
  }
}
