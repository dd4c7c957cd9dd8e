package io.logcaster.notice.channel;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.SocketFactory;

/**
 * Keeps channels away from this machine's own services and from the metadata services of clouds,
 * which hand out credentials: whoever may add a channel could otherwise reach what only this
 * machine may reach. The address is checked after the name was resolved, on the connection itself,
 * so that a name whose address changes gains nothing. Private networks stay reachable, since that
 * is where receivers usually are.
 */
public final class AddressGuard {

  /** Metadata services that are not link-local: Amazon's over IPv6, Alibaba's and Oracle's. */
  private static final Set<String> METADATA =
      Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192");

  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  private final boolean allowLocal;

  /**
   * @param allowLocal whether all addresses are allowed
   */
  public AddressGuard(boolean allowLocal) {
    this.allowLocal = allowLocal;
  }

  /**
   * Checks an address that a connection is about to use.
   *
   * @throws RefusedAddressException if channels must not use it
   */
  void check(SocketAddress address) throws IOException {
    if (allowLocal) {
      return;
    }
    if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
      throw new UnknownHostException("The host cannot be resolved");
    }
    InetAddress host = internet.getAddress();
    if (isRefused(host)) {
      throw new RefusedAddressException(
          "The address %s is this machine, link-local or a metadata service, which channels may use only with logcaster.alert.allow-local-addresses=true"
              .formatted(host.getHostAddress()));
    }
  }

  static boolean isRefused(InetAddress address) throws SocketException {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress())) {
      return true;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address) {
      return isRefusedInside(bytes) || isOwn(address);
    }
    // 0.0.0.0/8 reaches this machine on some systems; 255.255.255.255 everybody.
    return bytes[0] == 0 || (bytes[0] & 0xff) >= 240 || isOwn(address);
  }

  /** An IPv6 address may contain an IPv4 address that the network translates it to. */
  private static boolean isRefusedInside(byte[] bytes) throws SocketException {
    // Java itself reads mapped addresses as IPv4, but Netty does not.
    boolean mapped = Arrays.equals(bytes, 0, 12, MAPPED, 0, 12);
    boolean compatible = Arrays.equals(bytes, 0, 12, new byte[12], 0, 12);
    boolean translated = Arrays.equals(bytes, 0, 12, NAT64, 0, 12);
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    try {
      if (mapped || compatible || translated) {
        return isRefused(InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16)));
      }
      return sixToFour && isRefused(InetAddress.getByAddress(Arrays.copyOfRange(bytes, 2, 6)));
    } catch (UnknownHostException ex) {
      throw new IllegalStateException(ex);
    }
  }

  private static boolean isOwn(InetAddress address) throws SocketException {
    return NetworkInterface.getByInetAddress(address) != null;
  }

  /** Connects to the first address of a host that is allowed. */
  Socket connect(String host, int port, int timeoutMillis) throws IOException {
    List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
    IOException failure = null;
    for (InetAddress address : addresses) {
      Socket socket = new GuardedSocket();
      try {
        socket.connect(new InetSocketAddress(address, port), timeoutMillis);
        return socket;
      } catch (IOException ex) {
        socket.close();
        failure = failure == null ? ex : failure;
      }
    }
    throw failure == null
        ? new UnknownHostException(
            addresses.stream().map(InetAddress::toString).collect(Collectors.joining()))
        : failure;
  }

  /** Sockets that check their address when they connect. */
  SocketFactory sockets() {
    return new SocketFactory() {
      @Override
      public Socket createSocket() {
        return new GuardedSocket();
      }

      @Override
      public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress local, int localPort)
          throws IOException {
        return createSocket(host, port);
      }

      @Override
      public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
      }

      @Override
      public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
          throws IOException {
        return createSocket(host, port);
      }

      private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = new GuardedSocket();
        socket.connect(address);
        return socket;
      }
    };
  }

  private final class GuardedSocket extends Socket {

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      check(endpoint);
      super.connect(endpoint, timeout);
    }
  }
}
