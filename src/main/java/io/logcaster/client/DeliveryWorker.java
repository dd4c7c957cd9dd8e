package io.logcaster.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Delivers batches to a server on a separate thread: connects when there is something to send,
 * sends as much as the window allows, and retries unacknowledged batches after a failure.
 */
final class DeliveryWorker implements Runnable {

  private final BatchQueue queue;
  private final ClientOptions options;
  private final Backoff backoff;
  private int server;
  private volatile @Nullable Connection connection;
  private volatile boolean stopped;
  private long paceAt = System.nanoTime();

  DeliveryWorker(BatchQueue queue, ClientOptions options) {
    this.queue = queue;
    this.options = options;
    this.backoff = new Backoff(options.firstRetry().toNanos(), options.maxRetry().toNanos());
  }

  boolean isConnected() {
    Connection current = connection;
    return current != null && !current.isBroken();
  }

  @Override
  public void run() {
    long pause = 0;
    try {
      while (!stopped && queue.awaitWork(pause)) {
        pause = session();
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the thread, even while it waits for a server. */
  void abort() {
    stopped = true;
    Connection current = connection;
    if (current != null) {
      current.closeQuietly();
    }
    queue.close(true);
  }

  /**
   * Connects and sends until the connection ends; returns the nanoseconds before the next attempt.
   */
  private long session() throws InterruptedException {
    List<ServerAddress> servers = options.servers();
    ServerAddress address = servers.get(server % servers.size());
    try {
      Connection opened = Connection.open(address, options, queue);
      connection = opened;
      options.listener().connected(address.toString());
      return send(opened);
    } catch (IOException | RuntimeException ex) {
      return failed(address, String.valueOf(ex.getMessage()), 0);
    } finally {
      connection = null;
    }
  }

  private long send(Connection opened) throws InterruptedException {
    String failure = null;
    long last = 0;
    try {
      for (Batch batch = queue.next(opened); batch != null; batch = queue.next(opened)) {
        pace(batch.records);
        opened.write(batch);
        queue.written(batch);
        last = batch.sequence;
      }
      if (!opened.isBroken()) {
        opened.bye(last);
      }
    } catch (IOException ex) {
      failure = ex.getMessage();
    }
    opened.closeQuietly();
    boolean unfinished = queue.takeBack();
    if (opened.hasAcknowledged()) {
      backoff.succeeded();
    }
    String said = opened.failure();
    if (said != null) {
      failure = said; // the server's reason explains more than a failed write
    }
    if (failure == null
        || (!unfinished && opened.retryAfterMillis() == 0 && opened.hasAcknowledged())) {
      return 0; // an idle connection was closed
    }
    return failed(opened.server(), failure, opened.retryAfterMillis());
  }

  private long failed(ServerAddress address, String reason, long retryAfterMillis) {
    String message = address + ": " + reason;
    queue.losses.error(message);
    options.listener().failed(address.toString(), reason);
    server++;
    return Math.max(backoff.failed(), TimeUnit.MILLISECONDS.toNanos(retryAfterMillis));
  }

  /** Waits as long as the configured rate requires. */
  private void pace(int records) {
    int rate = options.recordsPerSecond();
    if (rate == 0) {
      return;
    }
    long now = System.nanoTime();
    while (paceAt - now > 0 && !stopped) {
      LockSupport.parkNanos(this, paceAt - now);
      now = System.nanoTime();
    }
    paceAt = Math.max(paceAt, now) + records * 1_000_000_000L / rate;
  }
}
