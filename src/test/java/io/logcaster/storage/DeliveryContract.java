package io.logcaster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every {@link LogStorage} for batches with delivery marks. */
public abstract class DeliveryContract {

  /** 2026-11-21T00:00:00Z. */
  protected static final long NOON =
      1_795_219_200L * Timestamps.SECOND + 12 * 3_600 * Timestamps.SECOND;

  protected LogStorage storage;

  /** Opens an empty storage. */
  protected abstract LogStorage open() throws IOException;

  /** Whether records outlive {@link LogStorage#close}, so that {@link #reopen} finds them. */
  protected abstract boolean isDurable();

  /** Opens the closed storage again. */
  protected abstract LogStorage reopen() throws IOException;

  @BeforeEach
  void openStorage() throws IOException {
    storage = open();
  }

  @AfterEach
  void closeStorage() throws IOException {
    storage.close();
  }

  @Test
  void append_ofMarkedBatches_remembersTheLastOfEachClient() throws IOException {
    assertThat(storage.lastDelivery("web-1 ü")).isEqualTo(-1);
    append(marked("web-1 ü", 3, -1));
    append(marked("b", 0, -1));
    append(marked("web-1 ü", Long.MAX_VALUE, 3));
    append(batch(record(NOON, 0, "without")));
    assertThat(storage.lastDelivery("web-1 ü")).isEqualTo(Long.MAX_VALUE);
    assertThat(storage.lastDelivery("b")).isZero();
    assertThat(scan(ScanRequest.all())).hasSize(4);
    if (isDurable()) {
      storage.close();
      storage = reopen();
      assertThat(storage.lastDelivery("web-1 ü")).isEqualTo(Long.MAX_VALUE);
      assertThat(storage.lastDelivery("b")).isZero();
    }
  }

  @Test
  void append_ofAnEmptyMarkedBatch_remembersTheMark() throws IOException {
    append(marked("a", 1, -1));
    append(batch().withMark(new DeliveryMark("a", 2, 1)));
    assertThat(storage.lastDelivery("a")).isEqualTo(2);
    if (isDurable()) {
      storage.close();
      storage = reopen();
      assertThat(storage.lastDelivery("a")).isEqualTo(2);
      assertThat(scan(ScanRequest.all())).hasSize(1);
    }
  }

  @Test
  void append_ofASenderThatRestartsItsCount_continuesWithTheNewNumbers() throws IOException {
    append(marked("a", 9, -1));
    append(batch().withMark(new DeliveryMark("a", 0, 9)));
    append(marked("a", 1, 0));
    assertThat(storage.lastDelivery("a")).isEqualTo(1);
    if (isDurable()) {
      storage.close();
      storage = reopen();
      assertThat(storage.lastDelivery("a")).isEqualTo(1);
    }
    assertThat(scan(ScanRequest.all())).hasSize(2);
  }

  @Test
  void append_ofABatchThatIsNotTheNextOfItsClient_isRejectedAndNotStored() {
    append(marked("a", 5, -1));
    for (DeliveryMark mark :
        List.of(
            new DeliveryMark("a", 5, -1), // sent again
            new DeliveryMark("a", 6, 4), // partly sent again
            new DeliveryMark("a", 7, 6), // the previous one failed
            new DeliveryMark("b", 1, 0))) {
      assertThat(storage.append(batch(record(NOON, 0, "x")).withMark(mark)))
          .as("%s", mark)
          .failsWithin(60, TimeUnit.SECONDS)
          .withThrowableThat()
          .withRootCauseInstanceOf(DeliveryOrderException.class);
    }
    assertThat(scan(ScanRequest.all())).hasSize(1);
    append(marked("a", 6, 5));
    assertThat(scan(ScanRequest.all())).hasSize(2);
  }

  @Test
  void append_ofManyMarkedBatchesWithoutWaiting_storesThemInOrder() {
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(storage.append(marked("a", i, i - 1)));
    }
    assertThat(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)))
        .succeedsWithin(60, TimeUnit.SECONDS);
    assertThat(storage.lastDelivery("a")).isEqualTo(199);
    assertThat(scan(ScanRequest.all())).hasSize(200);
  }

  private static RecordBatch marked(String client, long sequence, long after) {
    return batch(record(NOON, 0, client + sequence))
        .withMark(new DeliveryMark(client, sequence, after));
  }

  @Test
  void append_forMoreClientsThanTheLimit_forgetsTheLeastRecentOnes() throws IOException {
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (int i = 0; i <= Deliveries.MAX_CLIENTS; i++) {
      answers.add(storage.append(batch().withMark(new DeliveryMark("client " + i, 1, -1))));
      if (i == 1) {
        answers.add(storage.append(batch().withMark(new DeliveryMark("client 0", 2, 1))));
      }
    }
    assertThat(CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)))
        .succeedsWithin(60, TimeUnit.SECONDS);
    for (int round = 0; round < (isDurable() ? 2 : 1); round++) {
      if (round == 1) {
        storage.close();
        storage = reopen();
      }
      assertThat(storage.lastDelivery("client 0")).isEqualTo(2);
      assertThat(storage.lastDelivery("client 1")).isEqualTo(-1);
      assertThat(storage.lastDelivery("client 2")).isEqualTo(1);
      assertThat(storage.lastDelivery("client " + Deliveries.MAX_CLIENTS)).isEqualTo(1);
    }
  }

  protected final void append(RecordBatch batch) {
    CompletableFuture<Void> done = storage.append(batch);
    assertThat(done).succeedsWithin(60, TimeUnit.SECONDS);
  }

  protected final List<LogRecord> scan(ScanRequest request) {
    List<LogRecord> found = Collections.synchronizedList(new ArrayList<>());
    try {
      storage.scan(
          request,
          (batch, rows, worker) -> {
            assertThat(rows.isEmpty()).isFalse();
            for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
              found.add(sorted(batch.record(row)));
            }
            return true;
          });
    } catch (IOException ex) {
      throw new AssertionError(ex);
    }
    return new ArrayList<>(found);
  }

  /** Builds a record; {@code fields} alternates names and values. */
  protected static LogRecord record(long time, int severity, String message, String... fields) {
    List<Field> list = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      list.add(new Field(fields[i], fields[i + 1]));
    }
    return sorted(new LogRecord(time, severity, message, list));
  }

  /** The order of fields is not part of the contract. */
  private static LogRecord sorted(LogRecord record) {
    return new LogRecord(
        record.time(),
        record.severity(),
        record.message(),
        record.fields().stream().sorted(Comparator.comparing(Field::name)).toList());
  }

  /** Returns the records of a batch in the form that {@link #scan} returns. */
  protected static List<LogRecord> records(RecordBatch batch) {
    return batch.records().stream().map(DeliveryContract::sorted).toList();
  }

  protected static RecordBatch batch(LogRecord... records) {
    return Batches.of(records);
  }
}
