package io.logcaster.system;

import java.net.InetSocketAddress;

/**
 * A configured port could not be opened at the start; reported with advice and without a stack
 * trace.
 */
public final class PortUnavailableException extends RuntimeException {

  private final String setting;
  private final InetSocketAddress address;

  /**
   * @param setting the setting that chose the port, such as {@code logcaster.tcp.port}
   * @param cause what the operating system said
   */
  public PortUnavailableException(String setting, InetSocketAddress address, Exception cause) {
    super(setting + ": " + address + " cannot be opened: " + cause.getMessage(), cause);
    this.setting = setting;
    this.address = address;
  }

  String setting() {
    return setting;
  }

  InetSocketAddress address() {
    return address;
  }
}
