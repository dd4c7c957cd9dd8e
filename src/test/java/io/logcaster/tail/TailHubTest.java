package io.logcaster.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.storage.RowFilter;
import io.logcaster.tail.TailEvent.Gap;
import io.logcaster.tail.TailEvent.Heartbeat;
import io.logcaster.tail.TailEvent.Records;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;

class TailHubTest {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final long TOTAL = 150_000;

  private final TailHub hub = new TailHub(2, 2_000, TOTAL, HEARTBEAT);

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void stored_sendsEachReaderMatchingRecordsInOrder() {
    Reader errors = read("error", 100);
    Reader all = read("*", 100);

    hub.stored(batch("error one", "fine"));
    hub.stored(batch("error two"));
    round();

    assertThat(errors.messages()).containsExactly("error one", "error two");
    assertThat(all.messages()).containsExactly("error one", "fine", "error two");
  }

  @Test
  void stored_beforeAReaderSubscribes_isNotSent() {
    hub.stored(batch("early"));
    Reader all = read("*", 100);
    hub.stored(batch("late"));
    round();

    assertThat(all.messages()).containsExactly("late");
  }

  @Test
  void tail_ofTheSameQuery_isEvaluatedAndPrintedOnceForAll() {
    AtomicInteger evaluations = new AtomicInteger();
    RowFilter counting = (batch, rows) -> evaluations.incrementAndGet();
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      readers.add(read("same", counting, 100));
    }

    hub.stored(batch("shared"));
    round();

    assertThat(evaluations).hasValue(1);
    assertThat(hub.queries()).isEqualTo(1);
    assertThat(readers.stream().map((reader) -> reader.records().getFirst().json()).distinct())
        .hasSize(1);
  }

  @Test
  void tail_ofAReaderThatStopsReading_countsMissedRecordsAndSlowsNoOne() {
    Reader slow = read("*", 1);
    Reader quick = read("*", Long.MAX_VALUE);
    int rounds = 50;
    for (int i = 0; i < rounds; i++) {
      hub.stored(batch("message " + i + " " + "x".repeat(200)));
      round();
    }
    assertThat(quick.messages()).hasSize(rounds);
    assertThat(slow.messages()).isEmpty(); // the one it requested was the first heartbeat

    slow.request(Long.MAX_VALUE);

    long dropped = slow.gaps().stream().mapToLong(Gap::dropped).sum();
    assertThat(dropped).isBetween(40L, 49L);
    assertThat(slow.messages().size() + dropped).isEqualTo(rounds);
  }

  @Test
  void gap_isWhereRecordsAreMissing() {
    Reader slow = read("*", 1);
    for (int i = 0; i < 20; i++) {
      hub.stored(batch("early " + "x".repeat(200)));
      round();
    }
    slow.request(1);
    hub.stored(batch("late " + "x".repeat(200)));
    round();
    slow.request(Long.MAX_VALUE);

    assertThat(slow.events.getLast()).isInstanceOf(Records.class);
    assertThat(slow.messages().getLast()).startsWith("late");
    assertThat(slow.events.get(slow.events.size() - 2)).isInstanceOf(Gap.class);
  }

  @Test
  void stored_fasterThanTheWorkers_countsUnfilteredRecords() {
    Reader all = read("none", (batch, rows) -> rows.clear(), Long.MAX_VALUE);
    RecordBatch large =
        batch(IntStream.range(0, 100).mapToObj((i) -> "y".repeat(5_000)).toArray(String[]::new));
    int batches = (int) (TailWorker.MAX_WAITING_BYTES / large.memoryBytes()) + 10;
    for (int i = 0; i < batches; i++) {
      hub.stored(large);
    }
    round();

    long missed = all.gaps().stream().mapToLong(Gap::dropped).sum();
    assertThat(missed).isBetween(900L, 1_100L);
  }

  @Test
  void records_ofALargeBatch_comeInChunks() {
    Reader all = read("*", Long.MAX_VALUE);
    hub.stored(
        batch(IntStream.range(0, 1_000).mapToObj((i) -> "z".repeat(500)).toArray(String[]::new)));
    round();

    assertThat(all.records()).allMatch((records) -> records.json().length < 70_000);
    assertThat(all.messages().size() + all.gaps().stream().mapToLong(Gap::dropped).sum())
        .isEqualTo(1_000);
  }

  @Test
  void tail_withNothingToSend_sendsAHeartbeatAtOnceAndAfterSilence() {
    Reader quiet = read("never", (batch, rows) -> rows.clear(), Long.MAX_VALUE);
    assertThat(quiet.events).hasExactlyElementsOfTypes(Heartbeat.class);

    hub.round(System.nanoTime() + HEARTBEAT.toNanos() / 2);
    assertThat(quiet.events).hasSize(1);
    hub.round(System.nanoTime() + HEARTBEAT.toNanos());
    assertThat(quiet.events).hasExactlyElementsOfTypes(Heartbeat.class, Heartbeat.class);
  }

  @Test
  void cancel_leavesNothingBehind() {
    Reader first = read("a", 1);
    Reader second = read("a", 1);
    first.cancel();
    assertThat(hub.subscribers()).isEqualTo(1);
    second.cancel();
    assertThat(hub.subscribers()).isZero();
    assertThat(hub.queries()).isZero();
  }

  @Test
  void tails_ofManySlowReaders_stayWithinTheTotalLimit() {
    List<Reader> slow = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      slow.add(read("query " + i, RowFilter.ALL, 1));
    }
    for (int i = 0; i < 20; i++) {
      hub.stored(batch("q".repeat(1_000)));
      round();
      assertThat(hub.room()).isGreaterThan(-2 * TailGroup.CHUNK_BYTES);
    }
    slow.forEach((reader) -> reader.request(Long.MAX_VALUE));
    for (Reader reader : slow) {
      long dropped = reader.gaps().stream().mapToLong(Gap::dropped).sum();
      assertThat(reader.messages().size() + dropped).isEqualTo(20);
    }
    assertThat(hub.room()).isEqualTo(TOTAL);
  }

  @Test
  void cancel_ofAReaderWithWaitingRecords_releasesTheirBytes() {
    Reader slow = read("*", 1);
    Reader other = read("*", 1);
    hub.stored(batch("waiting"));
    round();
    assertThat(hub.room()).isLessThan(TOTAL);
    slow.cancel();
    assertThat(hub.room()).isLessThan(TOTAL);
    other.cancel();
    assertThat(hub.room()).isEqualTo(TOTAL);
  }

  @Test
  void failingFilter_affectsOnlyItsReaders() {
    RowFilter broken =
        (batch, rows) -> {
          throw new IllegalStateException("broken on purpose");
        };
    Reader unlucky = read("broken", broken, Long.MAX_VALUE);
    Reader all = read("*", Long.MAX_VALUE);
    hub.stored(batch("one", "two"));
    round();

    assertThat(all.messages()).containsExactly("one", "two");
    assertThat(unlucky.gaps()).containsExactly(new Gap(2));
  }

  @Test
  void close_endsEveryTail() {
    Reader all = read("*", 1);
    hub.close();
    assertThat(all.completed).isTrue();
    assertThat(hub.subscribers()).isZero();
  }

  @Test
  void everyLine_endsWithALineFeed() {
    Reader lines = new Reader();
    hub.tail(
            new TailQueries.Compiled("*", new FilterQuery(RowFilter.ALL), TakenView.NONE),
            TailFormat.LINES)
        .subscribe(lines);
    lines.request(Long.MAX_VALUE);
    hub.stored(batch("one", "two"));
    round();

    String text = new String(lines.records().getFirst().json(), StandardCharsets.UTF_8);
    assertThat(text).endsWith("}\n").startsWith("{").contains("}\n{");
  }

  @Test
  void taken_isShownToThoseWhoAskForIt() {
    Reader stored = read("*", 100);
    Reader also = read("*", RowFilter.ALL, TakenView.ALSO, 100);
    Reader only = read("*", RowFilter.ALL, TakenView.ONLY, 100);
    hub.stored(batch("kept"));
    hub.taken(batch("dropped"));
    round();

    assertThat(stored.messages()).containsExactly("kept");
    assertThat(also.messages()).containsExactly("kept", "dropped");
    assertThat(only.messages()).containsExactly("dropped");
    assertThat(hub.queries()).isEqualTo(3);
  }

  @Test
  void taken_isWantedOnlyWhileSomebodyWatches() {
    Reader stored = read("*", 100);
    assertThat(hub.watchesTaken()).isFalse();
    Reader only = read("*", RowFilter.ALL, TakenView.ONLY, 100);
    assertThat(hub.watchesTaken()).isTrue();
    only.cancel();
    assertThat(hub.watchesTaken()).isFalse();

    hub.taken(batch("dropped"));
    round();
    assertThat(stored.messages()).isEmpty();
  }

  private void round() {
    hub.round(System.nanoTime());
  }

  private Reader read(String word, long requests) {
    RowFilter filter =
        word.equals("*")
            ? RowFilter.ALL
            : (batch, rows) ->
                batch
                    .column(Field.MESSAGE)
                    .retain(
                        rows,
                        (bytes, from, to) ->
                            new String(bytes, from, to - from, StandardCharsets.UTF_8)
                                .contains(word));
    return read(word, filter, requests);
  }

  private Reader read(String query, RowFilter filter, long requests) {
    return read(query, filter, TakenView.NONE, requests);
  }

  private Reader read(String query, RowFilter filter, TakenView taken, long requests) {
    Reader reader = new Reader();
    hub.tail(new TailQueries.Compiled(query, new FilterQuery(filter), taken), TailFormat.ARRAY)
        .subscribe(reader);
    reader.request(requests);
    return reader;
  }

  private static RecordBatch batch(String... messages) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of());
    for (String message : messages) {
      builder.value(RecordBatchBuilder.MESSAGE, message);
      builder.end();
    }
    return builder.build();
  }

  /** Requests events explicitly, as a connection does. */
  private static final class Reader extends BaseSubscriber<TailEvent> {

    final List<TailEvent> events = new ArrayList<>();
    boolean completed;

    @Override
    protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
      // request() is called by the test
    }

    @Override
    protected void hookOnNext(TailEvent event) {
      events.add(event);
    }

    @Override
    protected void hookOnComplete() {
      completed = true;
    }

    List<Records> records() {
      return events.stream().filter(Records.class::isInstance).map(Records.class::cast).toList();
    }

    List<Gap> gaps() {
      return events.stream().filter(Gap.class::isInstance).map(Gap.class::cast).toList();
    }

    List<String> messages() {
      List<String> messages = new ArrayList<>();
      for (Records records : records()) {
        TailJson.read(records.json()).forEach((record) -> messages.add(record.get("_msg")));
      }
      return messages;
    }
  }

  @Test
  void error_ofOneQuery_doesNotAffectOthers_andItsReadersSeeAGap() {
    Reader failing =
        read(
            "failing",
            (batch, rows) -> {
              throw new StackOverflowError();
            },
            100);
    Reader all = read("*", 100);
    hub.stored(batch("first"));
    round();
    hub.stored(batch("second"));
    round();
    assertThat(all.messages()).containsExactly("first", "second");
    assertThat(failing.messages()).isEmpty();
  }
}
