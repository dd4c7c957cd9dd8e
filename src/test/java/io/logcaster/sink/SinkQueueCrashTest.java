package io.logcaster.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import io.logcaster.storage.crash.CrashFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queues on a file system that forgets what was not synced. Whatever a power failure leaves, each
 * batch of the log is in the queue, was delivered, or comes again from the log, which still has
 * what the queue did not call durable. {@code -Dlogcaster.crashes=5000} crashes more often.
 */
@Execution(ExecutionMode.CONCURRENT)
class SinkQueueCrashTest {

  private static final int CRASHES = Integer.getInteger("logcaster.crashes", 60);

  private static final int STEPS = 200;

  private static final long MAX_BYTES = 1 << 20;

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path temporary;

  /** What was known at a moment. */
  private record Known(int moment, long released, Set<Long> delivered) {}

  private final List<Known> history = new ArrayList<>();
  private final Set<Long> delivered = new TreeSet<>();
  private long sequence;

  private static LongStream seeds() {
    return Seeds.with(1, 2, 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void open_afterAPowerFailureAtAnyMoment_missesNothing(long seed) throws IOException {
    Random random = new Random(seed);
    CrashFileSystem disk = new CrashFileSystem(Files.createDirectories(temporary.resolve("live")));
    Path directory = disk.root().resolve("sinks/s1/queue");
    SinkQueue queue = SinkQueue.open(directory, MAX_BYTES, 0, CLOCK);
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(60) == 0) {
        queue.close();
        queue = SinkQueue.open(directory, MAX_BYTES, 0, CLOCK);
      }
      work(queue, random);
      history.add(new Known(disk.moment(), queue.syncedFed(), new TreeSet<>(delivered)));
    }
    queue.close();
    for (int crash = 0; crash < CRASHES; crash++) {
      Known known = history.get(random.nextInt(history.size()));
      long loss = random.nextLong();
      Path left = temporary.resolve("crash-" + crash);
      disk.crash(known.moment(), new Random(loss), left);
      check(
          left.resolve("sinks/s1/queue"),
          known,
          Seeds.told(seed) + ", moment " + known.moment() + ", loss " + loss);
    }
  }

  private void work(SinkQueue queue, Random random) throws IOException {
    switch (random.nextInt(8)) {
      case 0 -> queue.sync();
      case 1 -> queue.passed(unwanted());
      case 2, 3 -> deliver(queue, 1 + random.nextInt(4));
      default -> {
        sequence++;
        // Large ones fill a file.
        int rows = random.nextInt(10) == 0 ? 3_000 : 1 + random.nextInt(20);
        assertThat(queue.add(batch(sequence, rows), sequence)).isTrue();
      }
    }
  }

  /** Something that the filter does not select. */
  private long unwanted() {
    sequence++;
    delivered.add(sequence);
    return sequence;
  }

  private static RecordBatch batch(long sequence, int rows) {
    LogRecord[] records = new LogRecord[rows];
    for (int row = 0; row < rows; row++) {
      records[row] = new LogRecord(row + 1, 0, sequence + " " + row * 7_919L % 10_007, List.of());
    }
    return Batches.of(records);
  }

  private void deliver(SinkQueue queue, int batches) throws IOException {
    QueueReader reader = new QueueReader(queue, new SinkCounters());
    for (int i = 0; i < batches; i++) {
      QueueReader.Item item = reader.read(queue.start(), Integer.MAX_VALUE);
      if (item == null) {
        return;
      }
      delivered.add(sequenceOf(item));
      queue.acknowledge(item.next());
    }
  }

  private static long sequenceOf(QueueReader.Item item) {
    String message = item.batch().record(0).message();
    return Long.parseLong(message.substring(0, message.indexOf(' ')));
  }

  private static void check(Path directory, Known known, String what) throws IOException {
    SinkCounters counters = new SinkCounters();
    try (SinkQueue queue = SinkQueue.open(directory, MAX_BYTES, 0, CLOCK)) {
      Set<Long> found = new TreeSet<>(known.delivered());
      QueueReader reader = new QueueReader(queue, counters);
      SinkQueue.Place place = queue.start();
      for (QueueReader.Item item = reader.read(place, Integer.MAX_VALUE);
          item != null;
          item = reader.read(place, Integer.MAX_VALUE)) {
        found.add(sequenceOf(item));
        place = item.next();
      }

      // The log was told that it need not keep these, or is not asked for them.
      long gone = Math.max(known.released(), queue.fed());
      for (long number = 1; number <= gone; number++) {
        assertThat(found).as(what + ", fed " + queue.fed()).contains(number);
      }
      assertThat(counters.dropped()).as(what).isEmpty();
    }
  }
}
