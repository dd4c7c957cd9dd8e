package io.logcaster.ingest.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections each address has open, so that one peer cannot take the places of all. An
 * IPv6 network of 64 bits, which a single host may have, counts as one address.
 */
final class PeerLimit {

  private static final int NETWORK_BYTES = 8;

  private final int most;

  private final ConcurrentHashMap<InetAddress, Integer> open = new ConcurrentHashMap<>();

  /**
   * @param most most connections of one address
   * @param all most connections of all; where one address may have them, this refuses none
   */
  PeerLimit(int most, int all) {
    this.most = (most < all) ? most : Integer.MAX_VALUE;
  }

  /** Whether an address may open one more connection, which is to {@link #leave} then. */
  boolean admit(InetAddress address) {
    int now = open.merge(network(address), 1, Integer::sum);
    if (now > most) {
      leave(address);
      return false;
    }
    return true;
  }

  /** Says that a connection has ended. */
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
