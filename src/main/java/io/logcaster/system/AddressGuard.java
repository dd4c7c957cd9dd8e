package io.logcaster.system;

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
import org.jspecify.annotations.Nullable;

/**
 * Keeps outgoing connections away from the metadata services of clouds, which hand out credentials,
 * and those of channels also from this machine's own services: whoever may add a channel could
 * otherwise reach what only this machine may reach. The address is checked after the name was
 * resolved, on the connection itself, so that a name whose address changes gains nothing. Private
 * networks stay reachable, since that is where receivers usually are.
 */
public final class AddressGuard {

  /** Metadata services that are not link-local: Amazon's over IPv6, Alibaba's and Oracle's. */
  private static final Set<String> METADATA =
      Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192");

  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  private enum Reach {
    EVERYTHING,
    /** Also this machine, but no link-local addresses. */
    MACHINES,
    OTHER_MACHINES
  }

  private final Reach reach;

  /**
   * @param allowLocal whether all addresses are allowed
   */
  public AddressGuard(boolean allowLocal) {
    this(allowLocal ? Reach.EVERYTHING : Reach.OTHER_MACHINES);
  }

  private AddressGuard(Reach reach) {
    this.reach = reach;
  }

  /** Allows this machine, but no metadata services, link-local addresses or multicast. */
  public static AddressGuard exceptLinkLocal() {
    return new AddressGuard(Reach.MACHINES);
  }

  /**
   * Checks an address that a connection is about to use.
   *
   * @throws RefusedAddressException if it must not be used
   */
  public void check(SocketAddress address) throws IOException {
    if (reach == Reach.EVERYTHING) {
      return;
    }
    if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
      throw new UnknownHostException("The host cannot be resolved");
    }
    InetAddress host = internet.getAddress();
    if (reach == Reach.MACHINES) {
      if (isLinkLocal(host)) {
        throw new RefusedAddressException(
            "The address %s is link-local, multicast or a metadata service; sinks cannot use it"
                .formatted(host.getHostAddress()));
      }
    } else if (isRefused(host)) {
      throw new RefusedAddressException(
          "The address %s is this machine, link-local or a metadata service, which channels may use only with logcaster.alert.allow-local-addresses=true"
              .formatted(host.getHostAddress()));
    }
  }

  static boolean isRefused(InetAddress address) throws SocketException {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress() || isLinkLocal(address)) {
      return true;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address) {
      InetAddress inside = inside(bytes);
      return (inside != null && isRefused(inside)) || isOwn(address);
    }
    // 0.0.0.0/8 reaches this machine on some systems; 255.255.255.255 everybody.
    return bytes[0] == 0 || (bytes[0] & 0xff) >= 240 || isOwn(address);
  }

  /** Whether an address is link-local, multicast or a metadata service. */
  static boolean isLinkLocal(InetAddress address) {
    if (address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress())) {
      return true;
    }
    InetAddress inside = (address instanceof Inet6Address) ? inside(address.getAddress()) : null;
    return inside != null && isLinkLocal(inside);
  }

  /** An IPv6 address may contain an IPv4 address that the network translates it to. */
  private static @Nullable InetAddress inside(byte[] bytes) {
    // Java itself reads mapped addresses as IPv4, but Netty does not.
    boolean mapped = Arrays.equals(bytes, 0, 12, MAPPED, 0, 12);
    boolean compatible = Arrays.equals(bytes, 0, 12, new byte[12], 0, 12);
    boolean translated = Arrays.equals(bytes, 0, 12, NAT64, 0, 12);
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    try {
      if (mapped || compatible || translated) {
        return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
      }
      return sixToFour ? InetAddress.getByAddress(Arrays.copyOfRange(bytes, 2, 6)) : null;
    } catch (UnknownHostException ex) {
      throw new IllegalStateException(ex);
    }
  }

  private static boolean isOwn(InetAddress address) throws SocketException {
    return NetworkInterface.getByInetAddress(address) != null;
  }

  /** Connects to the first address of a host that is allowed. */
  public Socket connect(String host, int port, int timeoutMillis) throws IOException {
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
  public SocketFactory sockets() {
    return new ConnectingSocketFactory() {
      @Override
      public Socket createSocket() {
        return new GuardedSocket();
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
