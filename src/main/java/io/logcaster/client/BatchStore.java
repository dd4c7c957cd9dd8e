package io.logcaster.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Stores the lines of complete batches in memory, in the spool, or in both. Used under the lock of
 * its queue.
 */
final class BatchStore implements Closeable {

  /** The number of buffers kept for reuse: as many as a usual window has. */
  private static final int MAX_SPARE = 16;

  private final ClientOptions options;
  private final @Nullable Spool spool;
  private final Losses losses;
  private final ArrayDeque<byte[]> spare = new ArrayDeque<>();

  /** The size of all batches, and the part of it that is in memory. */
  private long bytes;

  private long memory;

  BatchStore(ClientOptions options, @Nullable Spool spool, Losses losses) {
    this.options = options;
    this.spool = spool;
    this.losses = losses;
  }

  /** Returns a buffer of the usual size. */
  byte[] buffer() {
    byte[] known = spare.poll();
    return (known != null) ? known : new byte[options.batchBytes()];
  }

  /** The size of all batches in bytes. */
  long bytes() {
    return bytes;
  }

  /** The bytes that count against the bound: the memory or, if there is a spool, its files. */
  long stored() {
    return (spool == null) ? bytes : spool.bytes();
  }

  /** Adds a batch found in the spool at the start. */
  void found(Batch batch) {
    bytes += batch.length;
  }

  /** Adds a batch whose lines are in memory. */
  void keep(Batch batch) {
    bytes += batch.length;
    memory += batch.length;
    if (spool == null) {
      return;
    }
    try {
      spool.write(batch, options.clientId());
      if (memory > options.queueBytes()) {
        dropPayload(batch);
      }
    } catch (IOException ex) {
      losses.error("The spool cannot be written, the batch is kept in memory: " + ex);
    }
  }

  /**
   * Loads the lines of a batch into memory.
   *
   * @throws IOException if the spool has lost them
   */
  void load(Batch batch) throws IOException {
    if (batch.payload != null) {
      return;
    }
    Spool.Place place = batch.place;
    if (spool == null || place == null) {
      throw new IOException("the batch has no lines");
    }
    batch.payload = spool.payload(batch, place);
    memory += batch.length;
  }

  /**
   * Removes a batch and releases its memory and its place in the spool.
   *
   * @param last whether no other batch is left
   */
  void forget(Batch batch, boolean last) {
    bytes -= batch.length;
    dropPayload(batch);
    Spool.Place place = batch.place;
    if (spool == null || place == null) {
      return;
    }
    try {
      spool.release(place, last);
    } catch (IOException ex) {
      losses.error("The spool cannot be cleared: " + ex);
    }
  }

  private void dropPayload(Batch batch) {
    byte[] payload = batch.payload;
    if (payload == null) {
      return;
    }
    memory -= batch.length;
    if (!batch.sending && payload.length == options.batchBytes() && spare.size() < MAX_SPARE) {
      spare.push(payload);
    }
    batch.payload = null;
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }
}
