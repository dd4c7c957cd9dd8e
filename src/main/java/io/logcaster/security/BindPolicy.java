package io.logcaster.security;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Decides which address a port is opened on: loopback without credentials, every interface with
 * them.
 *
 * <p>Every input calls it with its configured address before it opens a socket. Immutable.
 */
public final class BindPolicy {

  private final boolean credentials;
  private final @Nullable InetAddress serverAddress;

  /**
   * @param credentials whether a user name and a password are configured
   * @param serverAddress {@code server.address}, the default for all ports if set
   */
  BindPolicy(boolean credentials, @Nullable InetAddress serverAddress) {
    this.credentials = credentials;
    this.serverAddress = serverAddress;
  }

  /** The policy of the settings, for ports that are opened before there are beans. */
  public static BindPolicy of(Environment environment) {
    Binder binder = Binder.get(environment);
    return new BindPolicy(
        binder.bindOrCreate("logcaster.security", SecurityProperties.class).hasCredentials(),
        binder.bind("server.address", InetAddress.class).orElse(null));
  }

  /**
   * The address to bind to.
   *
   * @param configured the input's own setting; null if not set
   * @param setting that setting's name, for the error message
   * @throws UnprotectedBindException if the address is wider than loopback and no credentials are
   *     configured; stops the start with advice
   */
  public InetAddress addressFor(@Nullable InetAddress configured, String setting) {
    InetAddress address = configured;
    String source = setting;
    if (address == null) {
      address = serverAddress;
      source = "server.address";
    }
    if (address == null) {
      return credentials
          ? new InetSocketAddress(0).getAddress() // the wildcard: every interface
          : InetAddress.getLoopbackAddress();
    }
    if (!credentials && !address.isLoopbackAddress()) {
      throw new UnprotectedBindException(source, address);
    }
    return address;
  }
}
