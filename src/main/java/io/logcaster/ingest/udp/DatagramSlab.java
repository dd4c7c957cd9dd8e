package io.logcaster.ingest.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams stored back to back in one buffer, in order of arrival. One thread fills a slab, then
 * another reads it. The buffer is outside the heap, which is small and would have to be collected
 * more often in just the moment in which datagrams wait.
 */
final class DatagramSlab {

  /** The size of the largest possible datagram, in bytes. */
  static final int MAX_DATAGRAM = 65_535;

  /** Room for a thousand typical datagrams, and for a largest one after several others. */
  static final int BYTES = 256 << 10;

  private final Arena arena = Arena.ofShared();
  private final ByteBuffer buffer = arena.allocate(BYTES).asByteBuffer();
  private int[] ends = new int[512];
  private InetSocketAddress[] senders = new InetSocketAddress[512];
  private int count;

  /**
   * Receives one datagram from a non-blocking socket.
   *
   * @return false if none was waiting
   */
  boolean receive(DatagramChannel channel) throws IOException {
    InetSocketAddress sender = (InetSocketAddress) channel.receive(buffer);
    if (sender == null) {
      return false;
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      senders = Arrays.copyOf(senders, count * 2);
    }
    ends[count] = buffer.position();
    senders[count++] = sender;
    return true;
  }

  /** Whether there may be no room for the next datagram. */
  boolean isFull() {
    return buffer.remaining() < MAX_DATAGRAM;
  }

  int count() {
    return count;
  }

  /** Copies the datagrams to the beginning of an array of {@link #BYTES}. */
  void copyTo(byte[] target) {
    buffer.get(0, target, 0, buffer.position());
  }

  /** The length of all datagrams together. */
  int bytes() {
    return buffer.position();
  }

  int from(int datagram) {
    return (datagram == 0) ? 0 : ends[datagram - 1];
  }

  int to(int datagram) {
    return ends[datagram];
  }

  @Nullable InetSocketAddress sender(int datagram) {
    return senders[datagram];
  }

  void clear() {
    buffer.clear();
    count = 0;
  }

  /** Releases the memory; the slab cannot be used any more. */
  void free() {
    arena.close();
  }
}
