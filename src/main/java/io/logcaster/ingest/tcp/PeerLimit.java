package io.logcaster.ingest.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the connections of each address, so that one peer cannot take all of them. An IPv6 /64,
 * which a single host may have, counts as one address.
 */
final class PeerLimit {

  private static final int NETWORK_BYTES = 8;

  private final int most;

  private final ConcurrentHashMap<InetAddress, Integer> open = new ConcurrentHashMap<>();

  /**
   * @param most most connections of one address
   * @param all the limit of all connections; if one address may have that many, none is refused
   */
  PeerLimit(int most, int all) {
    this.most = (most < all) ? most : Integer.MAX_VALUE;
  }

  /** Whether an address may open one more connection; if so, call {@link #leave} at its end. */
  boolean admit(InetAddress address) {
    int now = open.merge(network(address), 1, Integer::sum);
    if (now > most) {
      leave(address);
      return false;
    }
    return true;
  }

  /** Counts the end of a connection. */
  void leave(InetAddress address) {
    open.computeIfPresent(network(address), (_, count) -> (count == 1) ? null : count - 1);
  }

  private static InetAddress network(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    try {
      byte[] bytes = address.getAddress();
      Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException ex) {
      return address; // cannot be: the length is right
    }
  }
}
