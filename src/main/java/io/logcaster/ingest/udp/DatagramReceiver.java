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
 * Empties a socket as fast as the system fills it: copies datagrams into {@linkplain DatagramSlab
 * slabs} that another thread reads, and does nothing else. The number of slabs is bounded. When all
 * of them are full, datagrams wait in the socket's own buffer; when that is full too, the system
 * drops them.
 */
final class DatagramReceiver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DatagramReceiver.class);

  /**
   * Slabs take between 8 MB and 64 MB of memory outside the heap, of a size that goes with the
   * heap: a quarter. With a heap of 208 MB they hold more than a second of traffic at 200,000
   * typical datagrams a second, for a freshly started server, which decodes more slowly than that.
   */
  private static final int MIN_SLABS = 32;

  private static final int MAX_SLABS = 256;

  /** Slabs beyond this number, allocated during a peak, are released again. */
  private static final int KEPT_SLABS = MIN_SLABS;

  /**
   * How long to wait after the first datagram, so that one round receives a few dozen of them: the
   * calls around a round cost as much as receiving the datagrams.
   */
  private static final long GATHER_NANOS = 200_000;

  private static final long POLL_MILLIS = 500;

  private final DatagramChannel channel;
  private final Selector selector;
  private final int receiveBuffer;
  private final int most =
      Math.clamp(Runtime.getRuntime().maxMemory() / 4 / DatagramSlab.BYTES, MIN_SLABS, MAX_SLABS);
  private final ArrayBlockingQueue<DatagramSlab> ready = new ArrayBlockingQueue<>(most);
  private final ArrayBlockingQueue<DatagramSlab> free = new ArrayBlockingQueue<>(most);
  private final AtomicInteger made = new AtomicInteger();
  private @Nullable Thread early;
  private volatile boolean stopping;
  private volatile boolean ended;

  /** Where the next datagram goes; kept in a field in case receiving is restarted. */
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
    this.receiveBuffer = receiveBuffer;
  }

  /** Says how to lose fewer datagrams if the system gave less room than was asked for. */
  void warnOfSmallBuffer() throws IOException {
    int given = channel.getOption(StandardSocketOptions.SO_RCVBUF);
    if (given < receiveBuffer) {
      LOG.warn(
          "The system keeps {} bytes of datagrams for UDP port {} instead of {}; raise"
              + " net.core.rmem_max (sysctl -w net.core.rmem_max={}) to lose fewer datagrams"
              + " in bursts",
          given,
          port(),
          receiveBuffer,
          receiveBuffer);
    }
  }

  int port() {
    return channel.socket().getLocalPort();
  }

  /** Begins to receive while nothing can read yet; {@link #run} follows on. */
  void begin() {
    early = Thread.ofPlatform().daemon().name("udp-early").start(this::receiveEarly);
  }

  private void receiveEarly() {
    try {
      receive();
    } catch (IOException | RuntimeException ex) {
      if (channel.isOpen()) { // otherwise the start has failed
        LOG.warn("Cannot receive datagrams: {}", ex.getMessage());
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Receives until {@linkplain #stop stopped}. May be called again after a failure.
   *
   * @throws IOException if the socket cannot receive any more
   */
  void run() throws IOException, InterruptedException {
    Thread before = early;
    if (before != null) {
      before.join(); // it goes on as long as all goes well
      early = null;
    }
    if (!isDrained()) {
      receive();
    }
  }

  private void receive() throws IOException, InterruptedException {
    try {
      receiveUntilStopped();
    } finally {
      DatagramSlab rest = filling;
      if (rest != null && !channel.isOpen()) {
        filling = null;
        rest.free();
      }
    }
  }

  private void receiveUntilStopped() throws IOException, InterruptedException {
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
      if (selector.select(slab.count() > 0 || last ? 1 : POLL_MILLIS) > 0) {
        selector.selectedKeys().clear();
        LockSupport.parkNanos(GATHER_NANOS);
      } else if (last && slab.count() == 0) {
        // Wakes the reading thread, which then finds that nothing more will come.
        filling = null;
        ended = true;
        ready.add(slab);
        break;
      }
    }
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
      // An error about one datagram, such as "port unreachable", does not end receiving.
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

  /**
   * Takes the oldest filled slab; null if there is none before the timeout. The last one is empty.
   */
  @Nullable DatagramSlab take(long timeout, TimeUnit unit) throws InterruptedException {
    return ready.poll(timeout, unit);
  }

  /** Returns a slab that has been read to the pool. */
  void release(DatagramSlab slab) {
    // While other slabs are unread, this one will be needed; the receiver may be waiting for it.
    if (!channel.isOpen() || (made.get() > KEPT_SLABS && ready.isEmpty())) {
      made.decrementAndGet();
      slab.free();
    } else {
      slab.clear();
      free.add(slab);
    }
  }

  /** Whether datagrams wait to be {@linkplain #take taken}. */
  boolean hasWaiting() {
    return !ready.isEmpty();
  }

  /** Whether more datagrams can be received while the reading thread waits. */
  boolean hasRoom() {
    return ready.size() < most / 2;
  }

  /** Receives what is still in the socket, then stops. */
  void stop() {
    stopping = true;
    selector.wakeup();
  }

  /** Whether receiving has ended. */
  boolean isDrained() {
    return ended || !channel.isOpen();
  }

  /** Whether receiving has ended and all slabs have been taken. */
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
    free(free);
    free(ready);
  }

  private static void free(ArrayBlockingQueue<DatagramSlab> slabs) {
    for (DatagramSlab slab = slabs.poll(); slab != null; slab = slabs.poll()) {
      slab.free();
    }
  }
}
