package io.logcaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.pipeline.Intake.Outcome;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.Batches;
import io.logcaster.storage.DeliveryOrderException;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.storage.StorageStats;
import io.logcaster.transform.Transforms;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final long TIME = NOW.getEpochSecond() * Timestamps.SECOND;

  private final Storage storage = new Storage();
  private final Ledger ledger = new Ledger();
  private final InputMetrics input = ledger.open("test");
  private final List<RecordBatch> shown = new CopyOnWriteArrayList<>();
  private Pipeline pipeline = pipeline(1 << 20, RowFilter.ALL);

  private Pipeline pipeline(long capacity, RowFilter filter) {
    return new Pipeline(
        capacity,
        storage,
        new TimeRange(CLOCK, Duration.ofDays(30)),
        Transforms.none(),
        filter,
        ledger,
        List.of(shown::add));
  }

  @AfterEach
  void stop() throws InterruptedException {
    storage.refusal.set(null);
    storage.held.complete(null);
    pipeline.stop();
  }

  @Test
  void submit_completesWhenTheRecordsAreStored() throws Exception {
    storage.hold();
    pipeline.start();
    CompletableFuture<Outcome> done = pipeline.submit(batch(TIME, 3), input);
    await().until(() -> storage.appends.size() == 1);
    assertThat(done).isNotDone();
    assertThat(shown).isEmpty();
    storage.held.complete(null);
    assertThat(done).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(new Outcome(3, 0, 0));
    await().untilAsserted(() -> assertThat(shown).hasSize(1));
    assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(3, 3, 0, 0, 0));
    assertThat(ledger.levels()).containsEntry("INFO", 3L).containsEntry("ERROR", 0L);
  }

  @Test
  void submit_withUnacceptableTimes_rejectsOnlyThoseRecords() throws Exception {
    pipeline.start();
    RecordBatch batch =
        Batches.of(
            record(TIME, "now"),
            record(-1, "before 1970"),
            record(TIME - 31 * Timestamps.DAY, "too old"),
            record(TIME + 3 * Timestamps.DAY, "too far ahead"),
            record(TIME + Timestamps.DAY, "a day ahead"));
    assertThat(pipeline.submit(batch, input))
        .succeedsWithin(10, TimeUnit.SECONDS)
        .isEqualTo(new Outcome(2, 0, 3));
    assertThat(input.rejected()).containsExactly(Map.entry("time_out_of_range", 3L));
    assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(5, 2, 0, 3, 0));
  }

  @Test
  void submit_ofRecordsThatTheFilterRemoves_countsThem() throws Exception {
    pipeline =
        pipeline(
            1 << 20,
            (batch, rows) ->
                batch
                    .column(Field.MESSAGE)
                    .retain(rows, (bytes, from, to) -> bytes[to - 1] != '1'));
    pipeline.start();
    assertThat(pipeline.submit(batch(TIME, 12), input))
        .succeedsWithin(10, TimeUnit.SECONDS)
        .isEqualTo(new Outcome(10, 2, 0));
    assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(12, 10, 2, 0, 0));
  }

  @Test
  void submit_whileTheFilterFails_keepsTheRecords() throws Exception {
    pipeline =
        pipeline(
            1 << 20,
            (batch, rows) -> {
              rows.clear();
              throw new IllegalStateException("broken");
            });
    pipeline.start();
    assertThat(pipeline.submit(batch(TIME, 2), input))
        .succeedsWithin(10, TimeUnit.SECONDS)
        .isEqualTo(new Outcome(2, 0, 0));
  }

  @Test
  void submit_whileTheStorageIsReadOnly_isStoredWhenItAcceptsRecordsAgain() throws Exception {
    storage.refusal.set(new StorageReadOnlyException("disk low"));
    pipeline.start();
    CompletableFuture<Outcome> done = pipeline.submit(batch(TIME, 2), input);
    await().until(() -> pipeline.trouble() != null && storage.appends.size() > 1);
    assertThat(done).isNotDone();
    storage.refusal.set(null);
    assertThat(done).succeedsWithin(30, TimeUnit.SECONDS);
    assertThat(pipeline.trouble()).isNull();
    assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(2, 2, 0, 0, 0));
  }

  @Test
  void submit_ofAMarkedBatchThatTheFilterEmpties_storesTheMark() throws Exception {
    pipeline = pipeline(1 << 20, (batch, rows) -> rows.clear());
    pipeline.start();
    assertThat(pipeline.submit(batch(TIME, 3).withMark(new DeliveryMark("c", 7, -1)), input))
        .succeedsWithin(10, TimeUnit.SECONDS)
        .isEqualTo(new Outcome(0, 3, 0));
    assertThat(storage.lastDelivery("c")).isEqualTo(7);
    assertThat(shown).isEmpty();
  }

  @Test
  void submit_ofABatchThatWasStoredBefore_failsAtOnceAndIsNotLost() throws Exception {
    pipeline.start();
    RecordBatch batch = batch(TIME, 2).withMark(new DeliveryMark("c", 1, -1));
    assertThat(pipeline.submit(batch, input)).succeedsWithin(10, TimeUnit.SECONDS);
    assertThat(pipeline.submit(batch, input))
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withRootCauseInstanceOf(DeliveryOrderException.class);
    assertThat(input.rejected()).containsEntry("delivery_order", 2L);
    assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(4, 2, 0, 2, 0));
  }

  @Test
  void offer_whileTheStorageIsReadOnly_failsAtOnce() {
    storage.refusal.set(new StorageReadOnlyException("disk low"));
    pipeline.start();
    CompletableFuture<Outcome> done = pipeline.offer(batch(TIME, 2), input);
    assertThat(done).isNotNull();
    assertThat(done)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .withRootCauseInstanceOf(StorageReadOnlyException.class);
    assertThat(input.rejected()).containsEntry("storage_read_only", 2L);
    assertThat(ledger.totals().inFlight()).isZero();
  }

  @Test
  void offer_intoAFullBuffer_isRefusedAndLeavesNoTrace() throws Exception {
    pipeline = pipeline(100, RowFilter.ALL);
    assertThat(pipeline.offer(batch(TIME, 10), input)).isNotNull();
    assertThat(pipeline.offer(batch(TIME, 10), input)).isNull();
    assertThat(ledger.totals().received()).isEqualTo(10);
    pipeline.start();
  }

  @Test
  void stop_storesWhatIsInTheBuffer() throws Exception {
    List<CompletableFuture<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(Objects.requireNonNull(pipeline.offer(batch(TIME + i, 4), input)));
    }
    pipeline.start();
    assertThat(pipeline.stop()).isTrue();
    assertThat(all).allSatisfy((done) -> assertThat(done).isCompleted());
    assertThat(storage.stats().records()).isEqualTo(200);
    assertThat(ledger.totals()).isEqualTo(new Ledger.Totals(200, 200, 0, 0, 0));
    assertThat(pipeline.submit(batch(TIME, 1), input)).isCompletedExceptionally();
    assertThat(input.dropped()).containsEntry("shutdown", 1L);
  }

  @Test
  void bufferedBytes_areReleasedOnceStored() throws Exception {
    pipeline.start();
    for (int i = 0; i < 100; i++) {
      pipeline.submit(batch(TIME, 10), input).get(60, TimeUnit.SECONDS);
    }
    assertThat(pipeline.bufferedBytes()).isZero();
  }

  private static LogRecord record(long time, String message) {
    return new LogRecord(time, 9, message, List.of());
  }

  private static RecordBatch batch(long time, int size) {
    return Batches.of(
        IntStream.range(0, size)
            .mapToObj((i) -> record(time, "message " + i))
            .toArray(LogRecord[]::new));
  }

  /** Stores in memory; the test may delay it or make it fail. */
  private static final class Storage implements LogStorage {

    final InMemoryLogStorage memory = new InMemoryLogStorage(1 << 28);
    final List<RecordBatch> appends = new CopyOnWriteArrayList<>();
    final AtomicReference<IOException> refusal = new AtomicReference<>();
    volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);

    void hold() {
      held = new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Void> append(RecordBatch batch) {
      appends.add(batch);
      IOException failure = refusal.get();
      return (failure != null)
          ? CompletableFuture.failedFuture(failure)
          : held.thenCompose((ready) -> memory.append(batch));
    }

    @Override
    public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
      memory.scan(request, consumer);
    }

    @Override
    public long delete(ScanRequest request) {
      return memory.delete(request);
    }

    @Override
    public long lastDelivery(String client) {
      return memory.lastDelivery(client);
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
