package io.logcaster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.delivery.SenderId.Protocol;
import io.logcaster.delivery.Spans.Span;
import io.logcaster.nodes.NodeRows;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryLimits;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.storage.InMemoryLogStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTrackerTest {

  private static final SenderId FRAMED = new SenderId(Protocol.FRAMED, "web-12/shop");
  private static final String JOURNAL = "web-12:journal:0af3";

  private final ControlDb control = new ControlDb();
  private final TestClock clock = new TestClock(Instant.parse("2026-11-30T10:02:00Z"));
  private final InMemoryLogStorage storage = new InMemoryLogStorage(64 << 20);
  private final Map<String, Long> durable = new HashMap<>();

  @AfterEach
  void close() {
    control.close();
  }

  private DeliveryTracker tracker(int maxSenders) {
    return tracker(maxSenders, NodeRows.alone());
  }

  private DeliveryTracker tracker(int maxSenders, NodeRows rows) {
    return new DeliveryTracker(
        new DeliveryStore(control.jdbc(), rows),
        new DeliveryProperties(Duration.ofSeconds(10), maxSenders),
        (name) -> durable.getOrDefault(name, -1L),
        clock);
  }

  private DeliveryTracker tracker() {
    return tracker(100);
  }

  private DeliveryView view(DeliveryTracker tracker, String name) {
    return tracker
        .find(
            name,
            null,
            (sender) -> DeliveryView.of(sender, clock.instant(), Duration.ofSeconds(10)))
        .orElseThrow();
  }

  private String answer(DeliveryTracker tracker, String name, long number) {
    return tracker
        .find(
            name,
            null,
            (sender) ->
                Arrival.of(sender, number, clock.instant(), Duration.ofSeconds(10)).answer())
        .orElseThrow();
  }

  /** Frames as a session hands them in and the pipeline stores them. */
  private void deliver(DeliveryTracker tracker, long before, long from, long to) {
    List<Span> spans = List.of(new Span(from, to));
    tracker.skipped(FRAMED, before, spans);
    tracker.arrived(FRAMED, spans, 10);
    durable.put(FRAMED.name(), to);
  }

  private static RecordBatch journal(long... numbers) {
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    int host = builder.column("host");
    int number = builder.column("__SEQNUM");
    int journal = builder.column("__SEQNUM_ID");
    for (long each : numbers) {
      builder.time(1_000_000_000L * each);
      builder.value(host, "web-12");
      builder.value(number, Long.toString(each));
      builder.value(journal, "0af3");
      builder.value(RecordBatchBuilder.MESSAGE, "entry " + each);
      builder.end();
    }
    return builder.build();
  }

  private static RecordBatch journal(long from, long to) {
    return journal(LongStream.rangeClosed(from, to).toArray());
  }

  private void confirm(DeliveryTracker tracker) {
    new DeliveryTask(tracker, new QueryEngine(storage, clock, QueryLimits.defaults())).run();
  }

  @Test
  void skipped_thenKilledBeforeTheBatchIsStored_knowsTheGapOnceTheSenderRepeats() {
    deliver(tracker(), -1, 1, 10);
    tracker().skipped(FRAMED, 10, List.of(new Span(13, 13)));

    DeliveryTracker after = tracker();
    after.connected(FRAMED, 10);
    deliver(after, 10, 13, 15);
    clock.advance(Duration.ofSeconds(10));

    assertThat(view(after, FRAMED.name()).gaps())
        .extracting(DeliveryView.GapView::from, DeliveryView.GapView::to)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(11L, 12L));
  }

  @Test
  void killed_afterFramesThatWereNotSaved_inventsNoGap() {
    DeliveryTracker before = tracker();
    deliver(before, -1, 1, 10);
    before.save();
    deliver(before, 10, 11, 500);

    DeliveryTracker after = tracker();
    assertThat(answer(after, FRAMED.name(), 500)).isEqualTo("arrived");
    after.connected(FRAMED, 500);
    deliver(after, 500, 501, 510);
    clock.advance(Duration.ofSeconds(10));

    assertThat(view(after, FRAMED.name()).missing()).isZero();
    assertThat(view(after, FRAMED.name()).last()).isEqualTo(510);
  }

  @Test
  void killed_afterAGap_rememberIt() {
    DeliveryTracker before = tracker();
    deliver(before, -1, 1, 10);
    deliver(before, 10, 20, 25);

    DeliveryTracker after = tracker();
    clock.advance(Duration.ofSeconds(10));

    assertThat(view(after, FRAMED.name()).missing()).isEqualTo(9);
    assertThat(answer(after, FRAMED.name(), 15)).isEqualTo("not_arrived");
    assertThat(answer(after, FRAMED.name(), 25)).isEqualTo("arrived");
    assertThat(answer(after, FRAMED.name(), 26)).isEqualTo("not_arrived");
  }

  @Test
  void connected_clientUnknownHereButKnownToTheStorage_findsTheGapAfterItsLastFrame() {
    DeliveryTracker tracker = tracker();
    durable.put(FRAMED.name(), 70L);
    tracker.connected(FRAMED, 70);
    deliver(tracker, 70, 75, 80);
    clock.advance(Duration.ofSeconds(10));

    assertThat(view(tracker, FRAMED.name()).missing()).isEqualTo(4);
    assertThat(answer(tracker, FRAMED.name(), 3)).isEqualTo("unknown");
  }

  @Test
  void restarted_thenKilled_countsFromOne() {
    DeliveryTracker before = tracker();
    deliver(before, -1, 1, 400);
    before.restarted(FRAMED);
    durable.put(FRAMED.name(), 0L);

    DeliveryTracker after = tracker();
    deliver(after, 0, 1, 3);
    clock.advance(Duration.ofSeconds(10));

    assertThat(view(after, FRAMED.name()).missing()).isZero();
    assertThat(view(after, FRAMED.name()).last()).isEqualTo(3);
    assertThat(view(after, FRAMED.name()).restarts()).isEqualTo(1);
  }

  @Test
  void journal_withEntriesLeftOut_namesHostAndJournal() {
    DeliveryTracker tracker = tracker();
    tracker.delivered(journal(1, 100));
    clock.advance(Duration.ofMinutes(3));
    tracker.delivered(journal(138, 200));
    clock.advance(Duration.ofSeconds(10));

    assertThat(view(tracker, JOURNAL).gaps().getFirst().text())
        .isEqualTo(
            "web-12:journal:0af3: 37 records missing between 2026-11-30T10:02:00Z and"
                + " 2026-11-30T10:05:00Z");
  }

  @Test
  void journal_killedAfterUnsavedEntries_looksThemUpInTheStore() throws Exception {
    DeliveryTracker before = tracker();
    before.delivered(journal(1, 10));
    before.save();
    before.delivered(journal(11, 20));
    storage.append(journal(1, 20)).get();

    DeliveryTracker after = tracker();
    after.delivered(journal(24, 30));
    clock.advance(Duration.ofSeconds(10));
    assertThat(view(after, JOURNAL).missing()).isZero();
    assertThat(answer(after, JOURNAL, 15)).isEqualTo("unknown");

    confirm(after);

    assertThat(view(after, JOURNAL).missing()).isEqualTo(3);
    assertThat(answer(after, JOURNAL, 15)).isEqualTo("arrived");
    assertThat(answer(after, JOURNAL, 22)).isEqualTo("not_arrived");
  }

  @Test
  void journal_afterAnOrderlyStop_needsNoLookup() {
    DeliveryTracker before = tracker();
    before.delivered(journal(1, 10));
    before.close();

    DeliveryTracker after = tracker();
    after.delivered(journal(14, 20));
    clock.advance(Duration.ofSeconds(10));

    assertThat(after.doubts()).isEmpty();
    assertThat(view(after, JOURNAL).missing()).isEqualTo(3);
  }

  @Test
  void windows_withMissingNumbers_addUp() {
    SenderId beats = new SenderId(Protocol.LUMBERJACK, "web-1:filebeat");
    DeliveryTracker tracker = tracker();
    tracker.windows(beats, 8, List.of(new Span(4, 5)));
    tracker.windows(beats, 10, List.of());

    DeliveryView view = view(tracker(), beats.name());
    assertThat(view.missing()).isEqualTo(2);
    assertThat(view(tracker, beats.name()).received()).isEqualTo(18);
    assertThat(answer(tracker, beats.name(), 4)).isEqualTo("unknown");
  }

  @Test
  void senders_beyondTheLimit_forgetTheOneSilentForLongest() {
    DeliveryTracker tracker = tracker(3);
    for (int i = 0; i < 5; i++) {
      tracker.arrived(new SenderId(Protocol.FRAMED, "c-" + i), List.of(new Span(1, 1)), 1);
      clock.advance(Duration.ofSeconds(1));
      tracker.save();
    }

    assertThat(tracker.all((sender) -> sender.id().name())).containsExactly("c-4", "c-3", "c-2");
    assertThat(tracker().all((sender) -> sender.id().name())).containsExactly("c-4", "c-3", "c-2");
  }

  @Test
  void remove_forgetsTheSenderForGood() {
    DeliveryTracker tracker = tracker();
    deliver(tracker, -1, 1, 10);
    tracker.save();

    assertThat(tracker.remove(FRAMED.name(), null)).isTrue();
    assertThat(tracker.remove(FRAMED.name(), null)).isFalse();
    durable.clear();
    assertThat(tracker().all(SenderNumbers::id)).isEmpty();
  }

  @Test
  void rows_ofNodesThatShareADatabase_stayApart(@TempDir Path directory) {
    NodeRows one = new NodeRows("logs-1", directory);
    NodeRows two = new NodeRows(null, directory);
    DeliveryTracker first = tracker(100, one);
    DeliveryTracker second = tracker(100, two);
    deliver(first, -1, 1, 10);
    first.save();
    durable.clear();
    deliver(second, -1, 1, 3);
    second.close();
    durable.clear();

    assertThat(tracker(100, one).all(SenderNumbers::last)).containsExactly(10L);
    assertThat(tracker(100, two).all(SenderNumbers::last)).containsExactly(3L);
    assertThat(new DeliveryStore(control.jdbc(), one).all(clock.instant()))
        .extracting(DeliveryStore.Saved::open)
        .containsExactly(true);

    assertThat(second.remove(FRAMED.name(), null)).isTrue();
    assertThat(tracker(100, two).all(SenderNumbers::last)).isEmpty();
    assertThat(tracker(100, one).all(SenderNumbers::last)).containsExactly(10L);
  }

  @Test
  void database_closed_costsNoDelivery() {
    DeliveryTracker tracker = tracker();
    deliver(tracker, -1, 1, 10);
    control.jdbc().sql("DROP TABLE delivery_sender").update();
    deliver(tracker, 10, 13, 20);
    clock.advance(Duration.ofSeconds(10));

    assertThat(view(tracker, FRAMED.name()).missing()).isEqualTo(2);
  }
}
