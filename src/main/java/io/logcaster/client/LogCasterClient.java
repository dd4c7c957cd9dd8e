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
 * Sends records to a LogCaster server, in batches and in the background, and keeps each until the
 * server has acknowledged that it is on disk. What was not acknowledged is sent again after a
 * reconnect; the server knows a batch that it has stored by client and sequence.
 *
 * <pre>{@code
 * try (LogCasterClient client = LogCasterClient.builder().server("logs:5140").build()) {
 *   client.log("INFO", "started");
 *   client.record().level("WARN").message("slow").field("millis", 1200).send();
 * }
 * }</pre>
 *
 * <p>Thread-safe. Logging methods return false for a record that was dropped, which the metrics
 * count; they wait only with {@link Overflow#BLOCK}. The client's threads are daemons: a program
 * closes its client, or the records of the last moment are lost unless there is a spool.
 */
public final class LogCasterClient implements AutoCloseable {

  /** How many record builders wait for the next use, by thread. */
  private static final int BUILDERS = 16;

  /** How long to wait for the end of the worker's thread after everything else. */
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

  /** Begins a record of now. */
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

  /** Sends a record of now with a level and a message. */
  public boolean log(String level, CharSequence message) {
    return record().level(level).message(message).send();
  }

  /** Sends a record of now with an exception. */
  public boolean log(String level, CharSequence message, Throwable exception) {
    return record().level(level).message(message).exception(exception).send();
  }

  /**
   * Sends a record of fields: {@code _msg} is the message, {@code level} the level; without {@code
   * _time} it is of now. Null values are left out.
   */
  public boolean log(Map<String, ?> fields) {
    return record().fields(fields).send();
  }

  /**
   * Sends a line as a shipper would: a JSON object, syslog or plain text. A line feed inside begins
   * another record.
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
   * Sends whole lines as a batch of their own. For importers, which give every batch the same
   * boundaries and sequence in every run, so that the server stores it once.
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
   * Sends what is there without waiting for a full batch.
   *
   * @return whether all of it is stored durably, or dropped, within the time
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
   * Takes no more records, and waits until the rest is acknowledged, at most for the time set in
   * the builder. The rest stays in the spool; without a spool it is dropped and counted.
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
