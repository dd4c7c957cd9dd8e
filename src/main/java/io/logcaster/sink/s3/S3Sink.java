package io.logcaster.sink.s3;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;
import io.logcaster.s3.AwsSignature;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes each round of records as one object for each hour (or day) that its records are of:
 *
 * <pre>{@code
 * logs/date=2026-11-30/hour=14/archive-0000000000000123000-1f58a1ac.jsonl.zst
 * }</pre>
 *
 * <p>The folders are named as Athena, DuckDB and Spark know them. Hours and days are those of the
 * records' times, in UTC. The name says where the first record was in the sink's queue, and ends
 * with a hash of that record: a repeated round replaces the objects of its first attempt, but a
 * server whose queue begins anew, or a second one with a sink of the same id, replaces nothing.
 */
final class S3Sink implements Sink {

  private static final long HOUR = 3_600_000_000_000L;

  /**
   * Each open object holds a compressor and up to a part of compressed lines. The one that was used
   * least recently is finished for another, which then makes a further object of its hour.
   */
  private static final int MAX_OPEN = 8;

  private final S3Options options;
  private final S3Client client;
  private final String id;
  private final long unit;
  private final DateTimeFormatter folder;
  private final RecordJson json = new RecordJson();

  /** By the number of the hour or day since the epoch; the least recently used first. */
  private final Map<Long, S3Object> open = new LinkedHashMap<>(16, 0.75f, true);

  private long position;

  S3Sink(S3Options options, SinkContext context) {
    this.options = options;
    this.client = S3Client.open(options, context.guard(), context.timeout(), context.clock());
    this.id = context.id();
    this.unit = options.daily() ? 24 * HOUR : HOUR;
    this.folder =
        DateTimeFormatter.ofPattern(
                options.daily() ? "'date='yyyy-MM-dd/" : "'date='yyyy-MM-dd/'hour='HH/",
                Locale.ROOT)
            .withZone(ZoneOffset.UTC);
  }

  @Override
  public void begin(long position) {
    abort();
    this.position = position;
  }

  @Override
  public void write(RecordBatch batch) throws SinkException {
    try {
      long[] times = batch.times();
      json.begin(batch);
      int from = 0;
      while (from < batch.size()) {
        long partition = Math.floorDiv(times[from], unit);
        int to = from;
        while (to < batch.size() && Math.floorDiv(times[to], unit) == partition) {
          json.row(to++);
          json.raw('\n');
        }
        byte[] lines = json.take();
        object(partition, position + from, lines).append(lines);
        from = to;
      }
      position += batch.size();
    } catch (IOException ex) {
      throw failure(ex);
    }
  }

  private S3Object object(long partition, long first, byte[] lines) throws IOException {
    S3Object object = open.get(partition);
    if (object == null) {
      if (open.size() >= MAX_OPEN) {
        finishOne();
      }
      String key =
          "%s%s%s-%019d-%s.%s"
              .formatted(
                  options.prefix(),
                  folder.format(Instant.ofEpochSecond(partition * (unit / 1_000_000_000L))),
                  id,
                  first,
                  hash(lines),
                  options.compression().extension());
      object = new S3Object(client, key, options);
      open.put(partition, object);
    }
    return object;
  }

  /** Eight digits for the first of some lines. */
  private static String hash(byte[] lines) {
    int end = 0;
    while (lines[end] != '\n') {
      end++;
    }
    return AwsSignature.sha256(Arrays.copyOf(lines, end)).substring(0, 8);
  }

  private void finishOne() throws IOException {
    Iterator<S3Object> objects = open.values().iterator();
    objects.next().finish();
    objects.remove();
  }

  @Override
  public void flush() throws SinkException {
    try {
      while (!open.isEmpty()) {
        finishOne();
      }
    } catch (IOException ex) {
      throw failure(ex);
    }
  }

  private static SinkException failure(IOException ex) {
    return (ex instanceof SinkException said)
        ? said
        : SinkException.temporary("The object cannot be written: " + ex.getMessage(), ex);
  }

  private void abort() {
    json.take();
    open.values().forEach(S3Object::abort);
    open.clear();
  }

  @Override
  public void close() {
    abort();
    client.close();
  }
}
