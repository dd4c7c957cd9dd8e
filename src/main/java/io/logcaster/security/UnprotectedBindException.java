package io.logcaster.security;

import java.net.InetAddress;

/** A port is configured to bind beyond loopback, but no credentials are configured. */
final class UnprotectedBindException extends RuntimeException {

  private final String setting;
  private final InetAddress address;

  UnprotectedBindException(String setting, InetAddress address) {
    super(setting + "=" + address.getHostAddress() + " needs credentials");
    this.setting = setting;
    this.address = address;
  }

  String setting() {
    return setting;
  }

  InetAddress address() {
    return address;
  }
}
