package io.logcaster.pipeline;

import static io.logcaster.transform.TestTransforms.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.Batches;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.RowFilter;
import io.logcaster.transform.Taken;
import io.logcaster.transform.TestTransforms;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What those who watch see of the records that are not stored. */
class TakenRecordsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Watcher watcher = new Watcher();
  private final Ledger ledger = new Ledger();
  private @Nullable Pipeline pipeline;

  @AfterEach
  void stop() throws InterruptedException {
    if (pipeline != null) {
      pipeline.stop();
    }
  }

  private void send(String transforms, RowFilter filter, LogRecord... records) throws Exception {
    Pipeline started =
        new Pipeline(
            1 << 20,
            new InMemoryLogStorage(1 << 20),
            new TimeRange(Clock.fixed(NOW, ZoneOffset.UTC), null),
            TestTransforms.of(transforms),
            filter,
            ledger,
            List.of(watcher));
    started.start();
    pipeline = started;
    started.submit(Batches.of(records), ledger.open("test")).get();
  }

  @Test
  void records_thatTransformsTakeOut_sayWhichOneDidAndWhy() throws Exception {
    watcher.watching = true;
    send(
        "[{'name':'no health checks','action':'drop','filter':'health'},"
            + "{'name':'some','action':'sample','options':{'oneOf':2}}]",
        RowFilter.ALL,
        record("health ok"),
        record("first"),
        record("second"));

    assertThat(watcher.seen)
        .containsExactly("health ok: no health checks, drop", "second: some, sample");
  }

  @Test
  void records_thatWouldHaveBeenRedacted_areShownRedacted() throws Exception {
    watcher.watching = true;
    send(
        "[{'name':'d','action':'drop','filter':'login'},"
            + "{'name':'r','action':'redact','options':{'kinds':['email']}}]",
        RowFilter.ALL,
        record("login of ann@example.org"));

    assertThat(watcher.seen).containsExactly("login of [redacted:email]: d, drop");
  }

  @Test
  void records_thatTheFilterOrTheirTimeKeepsOut_areShownToo() throws Exception {
    watcher.watching = true;
    LogRecord future = record("tomorrow week");
    long late = (NOW.getEpochSecond() + 7 * 86_400) * Timestamps.SECOND;
    send(
        "[]",
        (batch, rows) -> rows.clear(1),
        record("kept"),
        record("unwanted"),
        new LogRecord(late, 0, future.message(), future.fields()));

    assertThat(watcher.seen)
        .containsExactly(
            "tomorrow week: time range, time_out_of_range", "unwanted: record filter, filter");
  }

  @Test
  void lines_thatBecomePartOfAnotherRecord_areNotTakenOut() throws Exception {
    watcher.watching = true;
    send(
        "[{'name':'j','action':'join','options':{'preset':'indentation','timeout':'10ms'}}]",
        RowFilter.ALL,
        record("one"),
        record(" two"),
        record("three"));

    assertThat(watcher.seen).isEmpty();
  }

  @Test
  void withoutAWatcher_nothingIsShown() throws Exception {
    send("[{'name':'d','action':'drop'}]", RowFilter.ALL, record("gone"));
    assertThat(watcher.seen).isEmpty();
  }

  private static final class Watcher implements BatchListener {

    final List<String> seen = new CopyOnWriteArrayList<>();
    volatile boolean watching;

    @Override
    public void stored(RecordBatch batch) {}

    @Override
    public boolean watchesTaken() {
      return watching;
    }

    @Override
    public void taken(RecordBatch records) {
      for (int row = 0; row < records.size(); row++) {
        seen.add(
            "%s: %s, %s"
                .formatted(
                    text(records, row, Field.MESSAGE),
                    text(records, row, Taken.BY),
                    text(records, row, Taken.WHY)));
      }
    }

    private static String text(RecordBatch records, int row, String field) {
      return records.column(field).text(row);
    }
  }
}
