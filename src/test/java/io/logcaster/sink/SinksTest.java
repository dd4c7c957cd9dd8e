package io.logcaster.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks from the write-ahead log of a real storage to a receiver in memory. */
class SinksTest {

  @TempDir Path directory;
  @TempDir Path other;

  private final Receiver receiver = new Receiver();
  private final SinkTypes types = new SinkTypes(List.of(receiver));
  private SegmentLogStorage storage;
  private Sinks sinks;
  private int appended;

  /** A type of sink whose sinks share one receiver. */
  private static final class Receiver implements SinkType {

    final List<LogRecord> received = new ArrayList<>();
    final InMemorySink sink = new InMemorySink(received);

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public List<SinkOption> options() {
      return List.of();
    }

    @Override
    public Sink open(SinkOptions options, SinkContext context) {
      return sink;
    }

    List<String> messages() {
      synchronized (received) {
        return received.stream().map(LogRecord::message).toList();
      }
    }

    int count() {
      synchronized (received) {
        return received.size();
      }
    }
  }

  @BeforeEach
  void open() throws IOException {
    SinkHold hold = new SinkHold(directory.resolve("sinks"));
    storage =
        SegmentLogStorage.open(
            directory, SegmentOptions.defaults().withMinFreeBytes(0), MessageObserver.NONE, hold);
    sinks =
        new Sinks(
            directory.resolve("sinks"),
            directory.resolve("export"),
            storage,
            storage,
            types,
            SinksTest::contains,
            hold,
            Clock.systemUTC());
  }

  private static RowFilter contains(String text) {
    return (batch, rows) -> {
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (!batch.column(Field.MESSAGE).text(row).contains(text)) {
          rows.clear(row);
        }
      }
    };
  }

  @AfterEach
  void close() throws IOException {
    sinks.stop();
    storage.close();
  }

  /** Stops everything, as a restart does, and opens it again without starting the sinks. */
  private void reopen() throws IOException {
    close();
    open();
  }

  private static SinkDefinition sink(String filter, long maxBytes, WhenFull whenFull, String from) {
    return new SinkDefinition(
        "s1",
        "test",
        "memory",
        true,
        filter,
        from,
        1_000,
        Duration.ofMillis(1),
        maxBytes,
        whenFull,
        new TreeMap<>(),
        false,
        null);
  }

  private static SinkDefinition sink() {
    return sink("", 64L << 20, WhenFull.DROP_OLDEST, "now");
  }

  private void start(SinkDefinition... definitions) {
    sinks.start(List.of(definitions), List.of());
  }

  private void append(int count) {
    storage.append(SinkContract.batch(appended, appended + count)).join();
    appended += count;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private RunningSink running() {
    return sinks.find("s1").orElseThrow();
  }

  private static List<String> numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj((i) -> "record " + i).toList();
  }

  @Test
  void recordsAfterTheStart_areSent_thoseBeforeAreNot() {
    append(10);
    start(sink());
    append(10);
    append(10);
    await(() -> receiver.count() == 20);

    assertThat(receiver.messages()).containsExactlyInAnyOrderElementsOf(numbered(10, 30));
  }

  @Test
  void streams_keepTheirOrder() {
    start(sink());
    for (int i = 0; i < 50; i++) {
      append(100);
    }
    await(() -> receiver.count() == 5_000);

    for (int stream = 0; stream < 2; stream++) {
      int parity = stream;
      List<Integer> numbers =
          receiver.messages().stream()
              .map((message) -> Integer.parseInt(message.substring(7)))
              .filter((number) -> number % 2 == parity)
              .toList();
      assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void filter_selectsWhatIsSent() {
    start(sink("record 7", 64L << 20, WhenFull.DROP_OLDEST, "now"));
    append(100);
    await(() -> receiver.count() == 11);

    assertThat(receiver.messages()).allMatch((message) -> message.startsWith("record 7"));
    await(() -> running().queue().fed() == storage.head());
  }

  @Test
  void receiverThatFails_getsEverythingWhenItWorksAgain() {
    receiver.sink.fail(SinkException.temporary("The receiver is stopped", null));
    start(sink());
    for (int i = 0; i < 20; i++) {
      append(100);
    }
    await(() -> running().queue().records() == 2_000 && running().state().equals("failing"));
    assertThat(running().error()).isEqualTo("The receiver is stopped");
    receiver.sink.fail(null);
    running().delivery().flush();
    await(() -> receiver.count() == 2_000);

    assertThat(receiver.messages()).containsExactlyInAnyOrderElementsOf(numbered(0, 2_000));
    await(() -> running().state().equals("running") && running().queue().records() == 0);
    assertThat(running().error()).isNull();
  }

  @Test
  void restart_sendsWhatWasQueuedAndWhatWasNot() throws IOException {
    receiver.sink.fail(SinkException.temporary("The receiver is stopped", null));
    start(sink());
    append(100);
    await(() -> running().queue().records() == 100);
    sinks.stop();
    append(100); // the log has it, the queue has not
    storage.flushAll();
    reopen();
    receiver.sink.fail(null);
    start(sink());
    await(() -> receiver.count() == 200);

    assertThat(receiver.messages()).containsExactlyInAnyOrderElementsOf(numbered(0, 200));
  }

  /** What a killed process leaves: its files as they are, whatever the sink has of them. */
  @Test
  void kill_rightAfterAcknowledgements_losesNothing() throws IOException {
    receiver.sink.fail(SinkException.temporary("The receiver is stopped", null));
    start(sink());
    Path left = other;
    for (int i = 0; i < 30; i++) {
      append(100);
    }
    copy(directory.resolve("sinks"), left.resolve("sinks")); // first, so that it knows less
    copy(directory.resolve("wal"), left.resolve("wal"));
    copy(directory.resolve("records"), left.resolve("records"));
    close();
    directory = left;
    open();
    receiver.sink.fail(null);
    start(sink());
    await(() -> receiver.count() >= 3_000);

    assertThat(new LinkedHashSet<>(receiver.messages()))
        .containsExactlyInAnyOrderElementsOf(numbered(0, 3_000));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  @Test
  void queueThatIsFull_dropsTheOldestAndCounts() {
    receiver.sink.fail(SinkException.temporary("The receiver is stopped", null));
    start(sink("", 128L << 10, WhenFull.DROP_OLDEST, "now"));
    for (int i = 0; i < 60; i++) {
      append(1_000);
    }
    await(() -> running().queue().fed() == storage.head());
    long dropped = running().counters().dropped().getOrDefault("queue_full", 0L);
    assertThat(dropped).isPositive();
    assertThat(running().queue().bytes()).isLessThanOrEqualTo(128L << 10);
    receiver.sink.fail(null);
    running().delivery().flush();
    await(() -> running().queue().records() == 0);

    assertThat(new LinkedHashSet<>(receiver.messages())).contains("record 59999");
    assertThat(receiver.count() + dropped).isEqualTo(60_000);
  }

  @Test
  void queueThatIsFull_andMayNotDrop_leavesTheRestInTheLog() {
    receiver.sink.fail(SinkException.temporary("The receiver is stopped", null));
    start(sink("", 64L << 10, WhenFull.BLOCK, "now"));
    for (int i = 0; i < 40; i++) {
      append(1_000);
    }
    await(() -> running().feeder().isBlocked());
    assertThat(running().queue().fed()).isLessThan(storage.head());
    receiver.sink.fail(null);
    running().delivery().flush();
    await(() -> receiver.count() == 40_000);

    assertThat(receiver.messages()).containsExactlyInAnyOrderElementsOf(numbered(0, 40_000));
    assertThat(running().counters().dropped()).isEmpty();
  }

  @Test
  void refusedRecord_isFoundAmongOthersAndBecomesADeadLetter() throws IOException {
    receiver.sink.refuse("record 13");
    start(sink());
    append(40);
    await(() -> receiver.count() == 39 && running().letters().count() == 1);

    DeadLetters.Letter letter = running().letters().read(running().letters().newest(1).getFirst());
    assertThat(letter.batch().records())
        .extracting(LogRecord::message)
        .containsExactly("record 13");
    assertThat(letter.reason()).contains("refused");
    receiver.sink.refuse(null);
    running().add(letter.batch());
    await(() -> receiver.count() == 40);
  }

  @Test
  void partialFailure_sendsTheRestAgainAndBuriesTheRefused() {
    receiver.sink.fail(
        SinkException.partial("Some failed", Map.of(3, "no"), Map.of(5, "busy", 7, "busy"), null));
    start(sink());
    append(10);
    await(() -> running().letters().count() == 1);
    receiver.sink.fail(null);
    running().delivery().flush();
    await(() -> running().queue().records() == 0);

    assertThat(receiver.count()).isEqualTo(2);
    assertThat(running().counters().sent()).isEqualTo(9);
    assertThat(running().counters().buried()).isEqualTo(1);
  }

  @Test
  void pause_keepsRecordsInTheQueue() {
    start(sink());
    running().delivery().pause(true);
    append(10);
    await(() -> running().queue().records() == 10);
    assertThat(running().state()).isEqualTo("paused");
    running().delivery().pause(false);
    await(() -> receiver.count() == 10);
  }

  @Test
  void from_aTime_sendsTheStoreFirst() {
    append(50);
    start(sink("", 64L << 20, WhenFull.DROP_OLDEST, "2026-01-01T00:00:00Z"));
    await(() -> receiver.count() == 50);
    append(50);
    await(() -> receiver.count() == 100);

    assertThat(receiver.messages()).containsExactlyInAnyOrderElementsOf(numbered(0, 100));
  }

  @Test
  void route_sendsToASinkOnly_andIsDurable() throws IOException {
    receiver.sink.fail(SinkException.temporary("The receiver is stopped", null));
    start(sink("nothing passes this", 64L << 20, WhenFull.DROP_OLDEST, "now"));
    assertThat(sinks.hasSink("test")).isTrue();
    assertThat(sinks.hasSink("other")).isFalse();
    sinks.route("test", SinkContract.batch(0, 5));
    reopen();
    receiver.sink.fail(null);
    start(sink());
    await(() -> receiver.count() == 5);

    assertThat(storage.stats().records()).isZero();
  }

  @Test
  void remove_deletesTheQueueAndReleasesTheLog() throws IOException {
    receiver.sink.fail(SinkException.temporary("The receiver is stopped", null));
    start(sink());
    append(10);
    sinks.remove("s1");

    assertThat(Files.exists(directory.resolve("sinks/s1"))).isFalse();
    assertThat(sinks.all()).isEmpty();
  }

  @Test
  void damagedQueueFile_losesOnlyWhatIsDamaged() throws IOException {
    sinks.start(List.of(sink()), List.of("s1")); // paused: it has nothing of the file in memory
    append(10);
    append(10);
    append(10);
    await(() -> running().queue().records() == 30);
    Path file = directory.resolve("sinks/s1/queue/0000000001.queue");
    byte[] bytes = Files.readAllBytes(file);
    SinkQueue.Place place = running().queue().start();
    QueueFile.Frame first = running().queue().locate(place).frame();
    bytes[(int) first.end() + QueueFile.FRAME_HEADER + 5] ^= 1;
    Files.write(file, bytes);
    running().delivery().pause(false);
    await(() -> running().queue().records() == 0);

    assertThat(receiver.count()).isEqualTo(20);
    assertThat(running().counters().dropped()).isEqualTo(Map.of("damaged", 10L));
  }
}
