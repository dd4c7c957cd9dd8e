package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.Batches;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.ScanRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Performs the same operations on the engine and on the in-memory storage, and compares both. */
class SegmentLogStorageModelTest {

  private static final long TODAY = 1_795_262_400L * Timestamps.SECOND;

  private static final SegmentOptions SMALL =
      SegmentOptions.defaults().withFlush(40_000, Duration.ofDays(1)).withMergeFan(2);

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  void anyOperations_leaveTheSameRecordsAsTheModel(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path directory = Files.createTempDirectory("logcaster-model");
    InMemoryLogStorage model = new InMemoryLogStorage(Long.MAX_VALUE);
    SegmentLogStorage engine = SegmentLogStorage.open(directory, SMALL);
    try {
      for (int step = 0; step < 25; step++) {
        switch (random.nextInt(10)) {
          case 0 -> engine.flushAll();
          case 1, 2 -> engine.mergeOnce();
          case 3 -> {
            ScanRequest doomed = request(random);
            assertThat(engine.delete(doomed)).isEqualTo(model.delete(doomed));
          }
          case 4 -> {
            engine.close();
            engine = SegmentLogStorage.open(directory, SMALL);
            assertThat(engine.damage()).isEmpty();
          }
          default -> append(random, engine, model);
        }
        ScanRequest request = request(random);
        assertThat(records(engine, request.onWorkers(1 + random.nextInt(3))))
            .as("step %s of seed %s", step, seed)
            .isEqualTo(records(model, request));
        assertThat(engine.stats().records()).isEqualTo(model.stats().records());
      }
    } finally {
      engine.close();
      remove(directory);
    }
  }

  private static void append(Random random, LogStorage engine, LogStorage model) {
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      RecordBatch batch = batch(random);
      answers.add(engine.append(batch));
      model.append(batch).join();
    }
    answers.forEach(CompletableFuture::join);
  }

  private static RecordBatch batch(Random random) {
    LogRecord[] records = new LogRecord[random.nextInt(120)];
    int names = 1 + random.nextInt(6);
    for (int i = 0; i < records.length; i++) {
      List<Field> fields = new ArrayList<>();
      for (int name = 0; name < names; name++) {
        if (random.nextInt(3) > 0) {
          fields.add(new Field((name == 0) ? "host" : "f" + name, value(random, name)));
        }
      }
      records[i] =
          new LogRecord(
              TODAY + random.nextLong(-3 * Timestamps.DAY, Timestamps.DAY),
              random.nextInt(25),
              value(random, 7),
              fields);
    }
    return Batches.of(records);
  }

  /** Values that look like every column type, and like each other. */
  private static String value(Random random, int kind) {
    return switch ((random.nextInt(6) == 0) ? random.nextInt(9) : kind) {
      case 0 -> "web-" + random.nextInt(3);
      case 1 -> Integer.toString(random.nextInt(2_000) - 1_000);
      case 2 -> Long.toString(random.nextLong());
      case 3 -> random.nextInt(100) + "." + random.nextInt(1_000);
      case 4 -> "10." + random.nextInt(256) + "." + random.nextInt(256) + ".0" + random.nextInt(9);
      case 5 -> Timestamps.format(TODAY + random.nextInt());
      case 6 -> "0" + random.nextInt(50) + (random.nextBoolean() ? "" : ".");
      case 7 ->
          "user "
              + random.nextInt(99)
              + " from "
              + Integer.toHexString(random.nextInt())
              + " ok=+7";
      default -> random.nextBoolean() ? "-0" : "ü\u0000\n日" + random.nextInt(3) + "\uD83D\uDE00";
    };
  }

  private static ScanRequest request(Random random) {
    int remainder = random.nextInt(7);
    RowFilter some =
        (batch, rows) ->
            batch
                .column(Field.MESSAGE)
                .retain(
                    rows, (bytes, from, to) -> (to > from ? bytes[to - 1] : 0) % 7 == remainder);
    ScanRequest request = ScanRequest.all();
    if (random.nextBoolean()) {
      request = request.where(some);
    }
    if (random.nextBoolean()) {
      long from = TODAY + random.nextLong(-3 * Timestamps.DAY, Timestamps.DAY);
      request = request.between(from, from + random.nextLong(2 * Timestamps.DAY));
    }
    ScanRequest.Order[] orders = ScanRequest.Order.values();
    return request.inOrder(orders[random.nextInt(orders.length)]);
  }

  /** Counts each record, with its stream. */
  private static Map<String, Integer> records(LogStorage storage, ScanRequest request)
      throws IOException {
    Map<String, Integer> found = Collections.synchronizedMap(new HashMap<>());
    storage.scan(
        request,
        (batch, rows, worker) -> {
          for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            LogRecord record = batch.record(row);
            String text =
                record.time()
                    + " "
                    + record.severity()
                    + " "
                    + record.message()
                    + " "
                    + record.fields().stream().sorted(Comparator.comparing(Field::name)).toList()
                    + batch.stream(batch.streamOrdinal(row)).canonical();
            found.merge(text, 1, Integer::sum);
          }
          return true;
        });
    return found;
  }

  private static void remove(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
