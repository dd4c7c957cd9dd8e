package io.logcaster.ingest.framed;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Leases clients to connections, one at a time. So when a frame comes again on a new connection,
 * the same frame on the old one is stored or discarded, never still on its way.
 *
 * <p>One for all inputs of a server. Thread-safe.
 */
public final class FramedClients {

  private final Map<String, Lease> leases = new HashMap<>();

  /** The exclusive right of one connection to deliver for a client. */
  static final class Lease {

    private final String client;
    private final Runnable end;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile boolean replaced;
    private int underWay;
    private boolean closed;

    private Lease(String client, Runnable end) {
      this.client = client;
      this.end = end;
    }

    /** Whether a newer connection wants to deliver. */
    boolean isReplaced() {
      return replaced;
    }
  }

  /**
   * Takes over a client: ends the connection that delivers for it, and waits until its batches are
   * settled.
   *
   * @param end ends the new connection when another takes over in its turn
   * @return null if that takes too long
   */
  @Nullable Lease take(String client, Runnable end, long nanos) throws InterruptedException {
    Lease mine = new Lease(client, end);
    long deadline = System.nanoTime() + nanos;
    while (true) {
      Lease other;
      synchronized (this) {
        other = leases.putIfAbsent(client, mine);
      }
      if (other == null) {
        return mine;
      }
      if (!other.replaced) {
        other.replaced = true;
        other.end.run();
      }
      if (!other.settled.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return null;
      }
    }
  }

  /**
   * Under which name the storage keeps the checksum of the frame that a client's numbers began
   * with. No sender has a name that begins so.
   */
  static String beginning(String client) {
    return Hello.RESERVED + UUID.nameUUIDFromBytes(client.getBytes(StandardCharsets.UTF_8));
  }

  /** Counts a batch that is handed in. */
  synchronized void submitted(Lease lease) {
    lease.underWay++;
  }

  /** Counts a batch that is stored or has failed. */
  synchronized void settled(Lease lease) {
    lease.underWay--;
    freeIfDone(lease);
  }

  /** Ends the lease once its batches are settled; the connection hands in no more. */
  synchronized void close(Lease lease) {
    lease.closed = true;
    freeIfDone(lease);
  }

  private void freeIfDone(Lease lease) {
    if (lease.closed && lease.underWay == 0 && leases.remove(lease.client, lease)) {
      lease.settled.countDown();
    }
  }
}
