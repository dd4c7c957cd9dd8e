package io.logcaster.pipeline;

import static io.logcaster.transform.TestTransforms.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.pipeline.Intake.Outcome;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.Batches;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.storage.StorageStats;
import io.logcaster.transform.TestTransforms;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transforms in the pipeline: what senders are told, and what the ledger says. */
class PipelineTransformsTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  private static final String JOIN =
      "{'name':'join','action':'join','options':{'preset':'indentation','timeout':'%s'}}";

  private final Disk disk = new Disk();
  private final Ledger ledger = new Ledger();
  private final InputMetrics input = ledger.open("test");
  private @Nullable Pipeline pipeline;

  private Pipeline start(String json) {
    Pipeline started =
        new Pipeline(
            1 << 20,
            disk,
            new TimeRange(CLOCK, null),
            TestTransforms.of(json),
            RowFilter.ALL,
            ledger,
            List.of());
    started.start();
    pipeline = started;
    return started;
  }

  @AfterEach
  void stop() throws InterruptedException {
    disk.readOnly.set(false);
    if (pipeline != null) {
      pipeline.stop();
    }
  }

  private static RecordBatch batch(String... messages) {
    LogRecord[] records = new LogRecord[messages.length];
    for (int i = 0; i < records.length; i++) {
      records[i] = record(messages[i]);
    }
    return Batches.of(records);
  }

  @Test
  void submit_ofALineThatMayGoOn_isAnsweredWhenTheWholeRecordIsDurable() throws Exception {
    Pipeline started = start("[" + JOIN.formatted("10s") + "]");
    CompletableFuture<Outcome> first = started.submit(batch("zero", "one"), input);
    await().until(() -> disk.messages().contains("zero"));
    CompletableFuture<Outcome> second = started.submit(batch(" two", "three"), input);

    assertThat(first).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(new Outcome(2, 0, 0));
    assertThat(disk.messages()).containsExactly("zero", "one\n two");
    assertThat(second).isNotDone();
    started.stop();
    assertThat(second).isCompletedWithValue(new Outcome(1, 1, 0));
    assertThat(disk.messages()).containsExactly("zero", "one\n two", "three");
    assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(4, 3, 1, 0, 0));
    assertThat(input.transformed()).isEqualTo(Map.of("transform_join", 1L));
  }

  @Test
  void line_thatNothingFollows_isStoredSoon() throws Exception {
    Pipeline started = start("[" + JOIN.formatted("20ms") + "]");

    assertThat(started.submit(batch("one"), input))
        .succeedsWithin(10, TimeUnit.SECONDS)
        .isEqualTo(new Outcome(1, 0, 0));
  }

  @Test
  void request_isJoinedWithinItself_andNotKeptWaiting() throws Exception {
    Pipeline started = start("[" + JOIN.formatted("10s") + "]");
    List<CompletableFuture<Outcome>> answers =
        started.offerAll(List.of(batch("a", "b"), batch(" c", "d")), input);

    assertThat(answers).isNotNull();
    assertThat(answers.getFirst())
        .succeedsWithin(5, TimeUnit.SECONDS)
        .isEqualTo(new Outcome(2, 0, 0));
    assertThat(answers.getLast())
        .succeedsWithin(5, TimeUnit.SECONDS)
        .isEqualTo(new Outcome(1, 1, 0));
    assertThat(disk.messages()).containsExactlyInAnyOrder("a", "b\n c", "d");
  }

  @Test
  void numberedDelivery_keepsItsMarkAndItsRecords() throws Exception {
    Pipeline started = start("[" + JOIN.formatted("10s") + "]");
    DeliveryMark mark = new DeliveryMark("client", 7, -1);

    assertThat(started.submit(batch("a", " b").withMark(mark), input))
        .succeedsWithin(5, TimeUnit.SECONDS)
        .isEqualTo(new Outcome(1, 1, 0));
    assertThat(disk.batches).singleElement().extracting(RecordBatch::mark).isEqualTo(mark);
  }

  @Test
  void records_thatTheServerMakes_haveAnInputOfTheirOwn() throws Exception {
    Pipeline started = start("[{'name':'d','action':'deduplicate','options':{'window':'50ms'}}]");
    assertThat(started.submit(batch("up", "up", "up"), input))
        .succeedsWithin(10, TimeUnit.SECONDS)
        .isEqualTo(new Outcome(1, 2, 0));

    await().until(() -> disk.messages().size() == 2);
    await().until(() -> ledger.open("transforms").stored() == 1);
    assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(4, 2, 2, 0, 0));
  }

  @Test
  void records_thatWaitWhileTheStorageIsReadOnly_areStoredLater() throws Exception {
    Pipeline started = start("[" + JOIN.formatted("10ms") + "]");
    disk.readOnly.set(true);
    CompletableFuture<Outcome> done = started.submit(batch("one"), input);
    await().until(() -> started.trouble() != null);
    assertThat(done).isNotDone();
    disk.readOnly.set(false);

    assertThat(done).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(new Outcome(1, 0, 0));
  }

  /**
   * Stops the world at each answer: what was acknowledged is durable at that moment, joined or by
   * itself or as an equal record, and in the end the ledger adds up.
   */
  @Test
  void acknowledgedLines_areDurableAtTheMomentOfTheAnswer() throws Exception {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      disk.batches.clear();
      disk.slow = true;
      Pipeline started =
          start(
              "["
                  + JOIN.formatted("15ms")
                  + ",{'name':'d','filter':'same','action':'deduplicate',"
                  + "'options':{'fields':['_msg']}}]");
      Set<String> missing = ConcurrentHashMap.newKeySet();
      List<CompletableFuture<Void>> checks = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < 60; i++) {
        List<String> lines = new ArrayList<>();
        for (int n = random.nextInt(4); n >= 0; n--) {
          String line = "line" + next++ + ".";
          lines.add(
              switch (random.nextInt(4)) {
                case 0 -> "\t" + line;
                case 1 -> "same " + random.nextInt(3);
                default -> line;
              });
        }
        RecordBatch batch = batch(lines.toArray(String[]::new));
        CompletableFuture<Outcome> answer = started.submit(batch, input);
        checks.add(
            answer.thenAccept(
                (outcome) -> {
                  String durable = String.join("\n", disk.messages());
                  lines.stream().filter((line) -> !durable.contains(line)).forEach(missing::add);
                }));
        if (random.nextInt(10) == 0) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
      }
      started.stop();
      assertThat(CompletableFuture.allOf(checks.toArray(CompletableFuture[]::new)))
          .as("seed %d", seed)
          .succeedsWithin(10, TimeUnit.SECONDS);
      assertThat(missing).as("seed %d", seed).isEmpty();
      assertThat(ledger.totals().inFlight()).as("seed %d", seed).isZero();
    }
  }

  /** Keeps batches only when their append completes. */
  private static final class Disk implements LogStorage {

    private final InMemoryLogStorage memory = new InMemoryLogStorage(1 << 20);
    final List<RecordBatch> batches = new CopyOnWriteArrayList<>();
    final AtomicBoolean readOnly = new AtomicBoolean();
    volatile boolean slow;

    List<String> messages() {
      List<String> messages = new ArrayList<>();
      batches.forEach(
          (batch) -> batch.records().forEach((record) -> messages.add(record.message())));
      return messages;
    }

    @Override
    public CompletableFuture<Void> append(RecordBatch batch) {
      if (readOnly.get()) {
        return CompletableFuture.failedFuture(new StorageReadOnlyException("disk low"));
      }
      if (!slow) {
        batches.add(batch);
        return CompletableFuture.completedFuture(null);
      }
      return CompletableFuture.runAsync(
          () -> batches.add(batch), CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS));
    }

    @Override
    public void scan(ScanRequest request, BatchConsumer consumer) {
      throw new UnsupportedOperationException("not read");
    }

    @Override
    public long delete(ScanRequest request) {
      throw new UnsupportedOperationException("not deleted from");
    }

    @Override
    public long lastDelivery(String client) {
      return -1;
    }

    @Override
    public StorageStats stats() {
      return memory.stats();
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
