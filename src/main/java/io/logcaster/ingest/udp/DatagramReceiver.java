package io.logcaster.ingest.udp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties a socket as fast as the system fills it, and does nothing else: datagrams are copied into
 * {@linkplain DatagramSlab slabs} that another thread reads. What waits there is bounded; beyond
 * that datagrams wait in the socket's own buffer, and beyond that the system drops them.
 */
final class DatagramReceiver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DatagramReceiver.class);

  /**
   * An eighth of the heap may wait, 8 MB to 64 MB: in 256 MB of heap that is more than a second of
   * 200,000 usual datagrams a second, as long as a server that has just started decodes slower than
   * that.
   */
  private static final int SHARE_OF_HEAP = 8;

  private static final int LEAST_SLABS = 32;

  private static final int MOST_SLABS = 256;

  /** What was needed for a moment is let go again beyond this. */
  private static final int KEPT_SLABS = LEAST_SLABS;

  /**
   * How long to wait after the first of many datagrams, so that one turn takes a few dozen of them:
   * the calls around a turn cost as much as those for the datagrams.
   */
  private static final long GATHER_NANOS = 200_000;

  private static final long POLL_MILLIS = 500;

  private final DatagramChannel channel;
  private final Selector selector;
  private final int most =
      Math.clamp(
          Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / DatagramSlab.BYTES,
          LEAST_SLABS,
          MOST_SLABS);
  private final ArrayBlockingQueue<DatagramSlab> ready = new ArrayBlockingQueue<>(most);
  private final ArrayBlockingQueue<DatagramSlab> free = new ArrayBlockingQueue<>(most);
  private final AtomicInteger made = new AtomicInteger();
  private volatile boolean stopping;
  private volatile boolean ended;

  /** Where the next datagram goes; kept for the case that receiving begins anew. */
  private @Nullable DatagramSlab filling;

  /** Opens a socket. */
  DatagramReceiver(InetSocketAddress address, int receiveBuffer) throws IOException {
    channel = DatagramChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
      channel.bind(address);
      selector = Selector.open();
      channel.register(selector, SelectionKey.OP_READ);
    } catch (IOException ex) {
      channel.close();
      throw ex;
    }
    int given = channel.getOption(StandardSocketOptions.SO_RCVBUF);
    if (given < receiveBuffer) {
      LOG.warn(
          "The system keeps {} bytes of datagrams for UDP port {} instead of {}; raise"
              + " net.core.rmem_max (sysctl -w net.core.rmem_max={}) to lose fewer when many come"
              + " at once",
          given,
          port(),
          receiveBuffer,
          receiveBuffer);
    }
  }

  int port() {
    return channel.socket().getLocalPort();
  }

  /**
   * Receives until it is {@linkplain #stop stopped}. May be called again where it failed.
   *
   * @throws IOException if nothing can be received any more
   */
  void run() throws IOException, InterruptedException {
    if (filling == null) {
      filling = next();
    }
    while (channel.isOpen()) {
      DatagramSlab slab = drain(filling);
      if (slab.count() > 0 && ready.isEmpty()) {
        ready.add(slab);
        slab = next();
        filling = slab;
      }
      boolean last = stopping;
      if (selector.select(slab.count() > 0 ? 1 : POLL_MILLIS) > 0) {
        selector.selectedKeys().clear();
        LockSupport.parkNanos(GATHER_NANOS);
      } else if (last && slab.count() == 0) {
        break;
      }
    }
    ended = true;
  }

  private DatagramSlab drain(DatagramSlab first) throws InterruptedException {
    DatagramSlab slab = first;
    try {
      while (slab.receive(channel)) {
        if (slab.isFull()) {
          ready.add(slab);
          slab = next();
          filling = slab;
        }
      }
    } catch (IOException ex) {
      // What the system says of one datagram, such as that a port was unreachable, ends nothing.
      if (channel.isOpen()) {
        LOG.warn("Cannot receive a datagram: {}", ex.getMessage());
      }
    }
    return slab;
  }

  /** A slab to fill; waits for one while all are full. */
  private DatagramSlab next() throws InterruptedException {
    DatagramSlab slab = free.poll();
    if (slab != null) {
      return slab;
    }
    if (made.get() < most) {
      made.incrementAndGet();
      return new DatagramSlab();
    }
    return free.take();
  }

  /** The oldest slab that was filled; null where none was in some time. */
  @Nullable DatagramSlab take(long timeout, TimeUnit unit) throws InterruptedException {
    return ready.poll(timeout, unit);
  }

  /** Gives back a slab that was read. */
  void release(DatagramSlab slab) {
    // While others wait to be read this one will be needed; the receiver may even wait for it.
    if (made.get() > KEPT_SLABS && ready.isEmpty()) {
      made.decrementAndGet();
    } else {
      slab.clear();
      free.add(slab);
    }
  }

  /** Whether there is room for datagrams while those who read them wait. */
  boolean hasRoom() {
    return ready.size() < most / 2;
  }

  /** Receives what waits in the socket and then no more. */
  void stop() {
    stopping = true;
    selector.wakeup();
  }

  /** Whether nothing more is received. */
  boolean isDrained() {
    return ended || !channel.isOpen();
  }

  /** Whether nothing more comes. */
  boolean isEnded() {
    return isDrained() && ready.isEmpty();
  }

  @Override
  public void close() {
    try {
      channel.close();
      selector.close();
    } catch (IOException ex) {
      LOG.warn("Cannot close the UDP port: {}", ex.getMessage());
    }
  }
}
