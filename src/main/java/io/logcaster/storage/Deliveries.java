package io.logcaster.storage;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the last delivery of each client and admits a client's batches only in order. A storage
 * {@linkplain #admit admits} a batch, makes it durable and {@linkplain #commit commits} it; several
 * batches of a client may be admitted before the first of them is committed.
 *
 * <p>Bounded: beyond {@link #MAX_CLIENTS}, the client with the oldest last delivery is forgotten
 * first. Clients do not expire by age, because one that was switched off for a year may still hold
 * what it sent last. Uploads, each of which has a {@linkplain DeliveryMark#UPLOAD name of its own},
 * must not displace them: of those only {@link #MAX_UPLOADS} are sure to be remembered.
 *
 * <p>Safe for use by many threads at once; a single thread admits, commits and withdraws.
 */
public final class Deliveries {

  /** Enough for 1,000 connections that restart ten times under new names; about a megabyte. */
  static final int MAX_CLIENTS = 10_000;

  /** As many machines as may lose their connections at the same time. */
  static final int MAX_UPLOADS = 1_000;

  private final int maxClients;
  private int uploads;

  /** The last sequence of each client, least recent delivery first. */
  private final LinkedHashMap<String, Long> last = new LinkedHashMap<>();

  private final Map<String, Long> admitted = new HashMap<>();
  private long changes;

  public Deliveries() {
    this(MAX_CLIENTS);
  }

  Deliveries(int maxClients) {
    this.maxClients = maxClients;
  }

  /** The sequence of the last delivery of a client; -1 if unknown. */
  public synchronized long last(String client) {
    return last.getOrDefault(client, -1L);
  }

  /**
   * Admits a batch that has no mark or is the next one of its client.
   *
   * @throws DeliveryOrderException if it is not
   */
  public synchronized void admit(RecordBatch batch) throws DeliveryOrderException {
    DeliveryMark mark = batch.mark();
    if (mark != null) {
      Long pending = admitted.get(mark.client());
      long before = (pending != null) ? pending : last(mark.client());
      if (before != mark.after()) {
        throw new DeliveryOrderException(mark, before);
      }
      admitted.put(mark.client(), mark.sequence());
    }
  }

  /**
   * Withdraws all batches that were admitted but not committed, because they could not be stored.
   */
  public synchronized void withdraw() {
    admitted.clear();
  }

  /**
   * Records the mark of a batch, if any, once the batch is durable.
   *
   * @return the client that is forgotten for it; null for none
   */
  public synchronized @Nullable String commit(RecordBatch batch) {
    DeliveryMark mark = batch.mark();
    if (mark == null) {
      return null;
    }
    admitted.remove(mark.client(), mark.sequence());
    return put(mark.client(), mark.sequence());
  }

  /**
   * Records the last delivery of a client.
   *
   * @return the client that is forgotten for it; null for none
   */
  public synchronized @Nullable String put(String client, long sequence) {
    changes++;
    if (last.remove(client) == null && isUpload(client)) {
      uploads++;
    }
    last.put(client, sequence);
    if (last.size() <= maxClients) {
      return null;
    }
    boolean manyUploads = uploads > Math.min(MAX_UPLOADS, maxClients / 2);
    Iterator<String> oldest = last.keySet().iterator();
    String forgotten = oldest.next();
    while (manyUploads && !isUpload(forgotten)) {
      forgotten = oldest.next();
    }
    oldest.remove();
    uploads -= isUpload(forgotten) ? 1 : 0;
    return forgotten;
  }

  private static boolean isUpload(String client) {
    return client.startsWith(DeliveryMark.UPLOAD);
  }

  /** All clients with their last delivery, least recent first. */
  public synchronized Map<String, Long> all() {
    return new LinkedHashMap<>(last);
  }

  /** A counter that grows with each change. */
  public synchronized long changes() {
    return changes;
  }
}
