package io.logcaster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.ScanRequest.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link LogStorage}. A test of an implementation says how to open its
 * storage. If records survive {@link LogStorage#close}, {@link #reopen} opens it again.
 */
public abstract class LogStorageContract extends DeliveryContract {

  @Test
  void scan_ofAnEmptyStorage_findsNothing() throws IOException {
    assertThat(scan(ScanRequest.all())).isEmpty();
    assertThat(storage.stats().records()).isZero();
  }

  @Test
  void append_acknowledged_isFoundComplete() {
    RecordBatch batch =
        batch(
            record(NOON, 9, "started in 3 ms", "host", "web-1", "app", "shop", "level", "INFO"),
            record(
                NOON + 1, 17, "failed: grüße 日本", "host", "web-1", "trace.id", "0af7", "n", "007"),
            record(NOON + 2, 0, ""),
            record(NOON + 3, 0, "a\nb\tc\u0000d", "app", "shop", "x y\"z", "{\"a\":1}"));
    append(batch);
    assertThat(scan(ScanRequest.all())).containsExactlyInAnyOrderElementsOf(records(batch));
  }

  @Test
  void append_manyBatches_keepsEachRecordOnce() {
    List<LogRecord> all = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      RecordBatch batch = randomBatch(random, 1 + random.nextInt(300));
      append(batch);
      all.addAll(records(batch));
    }
    assertThat(scan(ScanRequest.all())).containsExactlyInAnyOrderElementsOf(all);
    assertThat(storage.stats().records()).isEqualTo(all.size());
  }

  @Test
  void append_ofAnEmptyBatch_isAcknowledged() {
    append(batch());
    assertThat(scan(ScanRequest.all())).isEmpty();
  }

  @Test
  void append_byManyThreads_keepsEachRecordOnce() throws Exception {
    int threads = 6;
    int batches = 20;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> senders = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int sender = thread;
        senders.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < batches; i++) {
                    append(batch(record(NOON + i, 9, "from " + sender + " number " + i)));
                  }
                }));
      }
      for (Future<?> sender : senders) {
        sender.get(60, TimeUnit.SECONDS);
      }
    }
    Set<String> messages = new HashSet<>();
    assertThat(scan(ScanRequest.all()))
        .hasSize(threads * batches)
        .allSatisfy((record) -> assertThat(messages.add(record.message())).isTrue());
  }

  @Test
  void scan_withATimeRange_includesBothEnds() {
    append(
        batch(
            IntStream.range(0, 10)
                .mapToObj((i) -> record(NOON + i, 0, "m" + i))
                .toArray(LogRecord[]::new)));
    assertThat(scan(ScanRequest.all().between(NOON + 3, NOON + 5)))
        .extracting(LogRecord::message)
        .containsExactlyInAnyOrder("m3", "m4", "m5");
    assertThat(scan(ScanRequest.all().between(NOON + 10, NOON + 50))).isEmpty();
  }

  @Test
  void scan_withAFilter_returnsMatchingRecords() {
    append(
        batch(
            record(NOON, 0, "one", "host", "a"),
            record(NOON, 0, "two", "host", "b"),
            record(NOON, 0, "three")));
    byte[] wanted = "b".getBytes(StandardCharsets.UTF_8);
    RowFilter filter =
        (batch, rows) ->
            batch
                .column("host")
                .retain(
                    rows,
                    (bytes, from, to) -> to - from == wanted.length && bytes[from] == wanted[0]);
    assertThat(scan(ScanRequest.all().where(filter)))
        .extracting(LogRecord::message)
        .containsExactly("two");
  }

  @Test
  void scan_keepsTheStreamOfEachRecord() throws IOException {
    append(
        batch(
            record(NOON, 0, "one", "host", "a", "app", "x"), record(NOON, 0, "two", "host", "b")));
    append(batch(record(NOON, 0, "three", "app", "x", "host", "a"), record(NOON, 0, "four")));
    List<String> found = Collections.synchronizedList(new ArrayList<>());
    storage.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            found.add(
                batch.column(Field.MESSAGE).text(row)
                    + batch.stream(batch.streamOrdinal(row)).canonical());
          }
          return true;
        });
    assertThat(found)
        .containsExactlyInAnyOrder(
            "one{app=\"x\",host=\"a\"}",
            "two{host=\"b\"}",
            "three{app=\"x\",host=\"a\"}",
            "four{}");
  }

  @Test
  void scan_inOrder_returnsBlocksByTime() throws IOException {
    for (int i : new int[] {3, 1, 4, 0, 2}) {
      append(batch(record(NOON + i * Timestamps.SECOND, 0, "m" + i)));
    }
    List<Long> newest = blockTimes(Order.NEWEST_FIRST, true);
    assertThat(newest).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(blockTimes(Order.OLDEST_FIRST, false)).isSorted();
  }

  private List<Long> blockTimes(Order order, boolean latest) throws IOException {
    List<Long> times = new ArrayList<>();
    storage.scan(
        ScanRequest.all().inOrder(order),
        (batch, rows, worker) -> times.add(latest ? batch.maxTime() : batch.minTime()));
    assertThat(times).isNotEmpty();
    return times;
  }

  @Test
  void scan_whenTheConsumerHasEnough_ends() throws IOException {
    for (int i = 0; i < 5; i++) {
      append(batch(record(NOON + i, 0, "m" + i)));
    }
    List<Bitmap> handed = new ArrayList<>();
    storage.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          handed.add(rows);
          return false;
        });
    assertThat(handed).hasSize(1);
  }

  @Test
  void scan_thatIsCancelled_ends() throws IOException {
    append(batch(record(NOON, 0, "m")));
    AtomicBoolean met = new AtomicBoolean();
    storage.scan(
        ScanRequest.all().until(() -> true),
        (batch, rows, worker) -> {
          met.set(true);
          return true;
        });
    assertThat(met).isFalse();
  }

  @Test
  void scan_onManyWorkers_returnsEachRecordOnce() throws IOException {
    int count = 0;
    Random random = new Random(11);
    for (int i = 0; i < 30; i++) {
      RecordBatch batch = randomBatch(random, 200);
      count += batch.size();
      append(batch);
    }
    assertThat(scan(ScanRequest.all().onWorkers(4))).hasSize(count);
  }

  @Test
  void delete_removesSelectedRecordsOnly() throws IOException {
    Random random = new Random(13);
    for (int i = 0; i < 10; i++) {
      append(randomBatch(random, 100));
    }
    List<LogRecord> all = scan(ScanRequest.all());
    RowFilter odd =
        (batch, rows) ->
            batch
                .column(Field.MESSAGE)
                .retain(rows, (bytes, from, to) -> to > from && (bytes[to - 1] & 1) == 1);
    List<LogRecord> doomed = scan(ScanRequest.all().where(odd));
    assertThat(doomed).isNotEmpty().hasSizeLessThan(all.size());
    assertThat(storage.delete(ScanRequest.all().where(odd))).isEqualTo(doomed.size());
    List<LogRecord> kept = new ArrayList<>(all);
    for (LogRecord record : doomed) {
      kept.remove(record);
    }
    assertThat(scan(ScanRequest.all())).containsExactlyInAnyOrderElementsOf(kept);
    assertThat(storage.stats().records()).isEqualTo(kept.size());
    if (isDurable()) {
      storage.close();
      storage = reopen();
      assertThat(scan(ScanRequest.all())).containsExactlyInAnyOrderElementsOf(kept);
    }
  }

  @Test
  void reopen_findsEverythingAcknowledged() throws IOException {
    if (!isDurable()) {
      return;
    }
    List<LogRecord> all = new ArrayList<>();
    Random random = new Random(17);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 8; i++) {
        RecordBatch batch = randomBatch(random, 150);
        append(batch);
        all.addAll(records(batch));
      }
      storage.close();
      storage = reopen();
      assertThat(scan(ScanRequest.all())).containsExactlyInAnyOrderElementsOf(all);
      assertThat(storage.stats().records()).isEqualTo(all.size());
    }
  }

  @Test
  void stats_containTheRangeOfTimes() {
    append(batch(record(NOON + 5, 0, "b"), record(NOON - 5, 0, "a")));
    StorageStats stats = storage.stats();
    assertThat(stats.records()).isEqualTo(2);
    assertThat(stats.minTime()).isEqualTo(NOON - 5);
    assertThat(stats.maxTime()).isEqualTo(NOON + 5);
    assertThat(stats.bytes()).isPositive();
  }

  /**
   * Builds a batch of varied records around {@link #NOON}: several streams, sparse fields, numbers,
   * repeated messages.
   */
  protected static RecordBatch randomBatch(Random random, int size) {
    LogRecord[] records = new LogRecord[size];
    for (int i = 0; i < size; i++) {
      List<String> fields = new ArrayList<>();
      Collections.addAll(
          fields, "app", "app-" + random.nextInt(4), "host", "web-" + random.nextInt(3));
      if (random.nextInt(3) > 0) {
        Collections.addAll(fields, "level", random.nextBoolean() ? "INFO" : "ERROR");
      }
      if (random.nextInt(5) == 0) {
        Collections.addAll(fields, "rare-" + random.nextInt(10), Long.toString(random.nextLong()));
      }
      if (random.nextBoolean()) {
        Collections.addAll(fields, "status", Integer.toString(200 + random.nextInt(300)));
      }
      String message =
          switch (random.nextInt(4)) {
            case 0 ->
                "user " + random.nextInt(1000) + " logged in from 10.0.0." + random.nextInt(256);
            case 1 ->
                "GET /items/" + random.nextInt(50) + " took " + random.nextInt(900) / 10.0 + " ms";
            case 2 -> "grüße an " + Integer.toHexString(random.nextInt()) + " 日本語";
            default -> "ready";
          };
      long time = NOON + random.nextLong(-2 * Timestamps.DAY, Timestamps.DAY / 2);
      records[i] = record(time, random.nextInt(25), message, fields.toArray(String[]::new));
    }
    return batch(records);
  }
}
