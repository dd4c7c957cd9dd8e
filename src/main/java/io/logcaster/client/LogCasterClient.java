package io.logcaster.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to a LogCaster server in batches, in the background. Keeps each record until the
 * server has acknowledged that it is on disk. Unacknowledged batches are sent again after a
 * reconnect; the server recognises a batch that it has already stored by its client and sequence.
 *
 * <pre>{@code
 * try (LogCasterClient client = LogCasterClient.builder().server("logs:5140").build()) {
 *   client.log("INFO", "started");
 *   client.record().level("WARN").message("slow").field("millis", 1200).send();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Logging methods return false if the record was dropped; the metrics count it.
 * They block only with {@link Overflow#BLOCK}. The client's threads are daemons: a program must
 * close its client, or the most recent records are lost unless there is a spool.
 */
public final class LogCasterClient implements AutoCloseable {

  /** The number of pooled record builders; threads are mapped to slots. */
  private static final int BUILDERS = 16;

  /** How long to wait for the worker's thread to end, after everything else. */
  private static final long JOIN_MILLIS = 1_000;

  private final BatchQueue queue;
  private final DeliveryWorker worker;
  private final Thread thread;
  private final byte[] constantFields;
  private final InstantSource clock;
  private final Duration closeTimeout;
  private final AtomicReferenceArray<@Nullable RecordBuilder> builders =
      new AtomicReferenceArray<>(BUILDERS);

  LogCasterClient(
      ClientOptions options,
      @Nullable Spool spool,
      List<Batch> recovered,
      byte[] constantFields,
      InstantSource clock,
      Duration closeTimeout) {
    this.constantFields = constantFields;
    this.clock = clock;
    this.closeTimeout = closeTimeout;
    this.queue = new BatchQueue(options, spool, recovered);
    if (spool != null && spool.damage() != null) {
      queue.losses.error(spool.damage());
    }
    this.worker = new DeliveryWorker(queue, options);
    this.thread = new Thread(worker, "logcaster-client-sender");
    thread.setDaemon(true);
  }

  public static LogCasterClientBuilder builder() {
    return new LogCasterClientBuilder();
  }

  LogCasterClient start() {
    thread.start();
    return this;
  }

  /** Starts a record with the current time. */
  public RecordBuilder record() {
    RecordBuilder builder = builders.getAndSet(slot(), null);
    return ((builder != null) ? builder : new RecordBuilder(this)).begin(clock.instant());
  }

  private static int slot() {
    return System.identityHashCode(Thread.currentThread()) & (BUILDERS - 1);
  }

  void giveBack(RecordBuilder builder) {
    builders.lazySet(slot(), builder);
  }

  byte[] constantFields() {
    return constantFields;
  }

  boolean append(byte[] record, int length) {
    return queue.append(record, 0, length, 1, false) >= 0;
  }

  /** Sends a record with the current time, a level and a message. */
  public boolean log(String level, CharSequence message) {
    return record().level(level).message(message).send();
  }

  /** Sends a record with the current time, a level, a message and an exception. */
  public boolean log(String level, CharSequence message, Throwable exception) {
    return record().level(level).message(message).exception(exception).send();
  }

  /**
   * Sends a record of fields: {@code _msg} is the message, {@code level} the level; without {@code
   * _time} it gets the current time. Skips null values.
   */
  public boolean log(Map<String, ?> fields) {
    return record().fields(fields).send();
  }

  /**
   * Sends a line as a log shipper would: a JSON object, syslog or plain text. A line feed in the
   * text starts another record.
   *
   * @throws IllegalArgumentException if it is larger than a megabyte
   */
  public boolean line(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    return lines(bytes, 0, bytes.length);
  }

  /**
   * Sends whole lines, each with its line feed.
   *
   * @throws IllegalArgumentException if they are larger than a megabyte
   */
  public boolean lines(byte[] bytes, int from, int to) {
    int count = count(bytes, from, checked(from, to));
    if (count <= Frames.MAX_RECORDS) {
      return queue.append(bytes, from, to, count, false) >= 0;
    }
    boolean taken = true;
    for (int start = from, end; start < to; start = end) {
      end = endOfLine(bytes, start, to);
      taken &= queue.append(bytes, start, end, 1, false) >= 0;
    }
    return taken;
  }

  private static int endOfLine(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return to;
  }

  /**
   * Sends whole lines as a separate batch. For importers that give every batch the same boundaries
   * and sequence in every run, so that the server stores it only once.
   *
   * @return the batch's sequence, one more than that of the batch before; -1 if it was dropped
   * @throws IllegalArgumentException if they are larger than a megabyte or more than 50,000
   */
  public long batch(byte[] bytes, int from, int to) {
    int count = count(bytes, from, checked(from, to));
    if (count > Frames.MAX_RECORDS) {
      throw new IllegalArgumentException(
          "At most " + Frames.MAX_RECORDS + " lines are sent at once, these are " + count);
    }
    return queue.append(bytes, from, to, count, true);
  }

  private static int checked(int from, int to) {
    if (to - from > Frames.MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "At most " + Frames.MAX_PAYLOAD + " bytes are sent at once, these are " + (to - from));
    }
    return to;
  }

  private static int count(byte[] bytes, int from, int to) {
    int count = (to > from && bytes[to - 1] != '\n') ? 1 : 0;
    for (int i = from; i < to; i++) {
      count += (bytes[i] == '\n') ? 1 : 0;
    }
    return count;
  }

  /**
   * Sends the queued records without waiting for a full batch.
   *
   * @return whether all of them were stored durably, or dropped, before the timeout
   */
  public boolean flush(Duration timeout) {
    try {
      return queue.flush(timeout.toNanos());
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public ClientMetrics metrics() {
    return queue.metrics(worker.isConnected());
  }

  /**
   * Stops accepting records and waits until the rest is acknowledged, at most for the close
   * timeout. Records left after that stay in the spool; without a spool, they are dropped and
   * counted.
   */
  @Override
  public void close() {
    queue.close(false);
    boolean drained = flush(closeTimeout);
    if (drained) {
      queue.close(true);
    } else {
      worker.abort();
    }
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
    try {
      queue.abandon();
    } catch (IOException ex) {
      queue.losses.error("The spool could not be closed: " + ex);
    }
  }
}
