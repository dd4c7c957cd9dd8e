package io.logcaster.notice.channel;

import java.io.IOException;

/** A channel's host has an address that channels must not use. */
final class RefusedAddressException extends IOException {

  RefusedAddressException(String message) {
    super(message);
  }
}
