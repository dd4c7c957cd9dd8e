package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.exec.PatternMiner;
import io.logcaster.query.exec.budget.Turn;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages stored as templates give the same patterns as their text. */
class PatternQueriesTest {

  private static final int RECORDS = 6_000;

  @TempDir Path directory = Path.of("");

  /** Values whose template depends on what they begin with, on what follows, on their letters. */
  private static String value(int kind, Random random) {
    int number = random.nextInt(2_000);
    return switch (kind) {
      case 0 -> number + " ms";
      case 1 -> Integer.toHexString(random.nextInt() | 0x10000000) + " MB";
      case 2 -> (random.nextBoolean() ? "a" : "") + number + " bytes";
      case 3 -> "/a/b?x=" + number + (random.nextBoolean() ? "\u00e9" : "") + "7&y=1, done";
      case 4 -> "user=u" + number + "\u00e9";
      case 5 -> "for user " + (random.nextBoolean() ? "ann" : "u" + number);
      case 6 -> "Jan " + number % 28;
      case 7 -> "list " + number + ",2," + number % 7 + ".";
      case 8 -> "v1." + number % 9 + ".3-rc" + number % 4;
      case 9 -> "10.0." + number % 250 + ".1:" + number;
      case 10 -> "call () took -" + number + "% of  it";
      case 11 -> "eth" + number % 4 + ": " + (random.nextBoolean() ? "" : "x") + number + " s";
      case 12 -> "0x" + Integer.toHexString(number) + "?";
      default -> "ready";
    };
  }

  @Test
  void patternsOfSegments_areThoseOfText() throws IOException {
    InMemoryLogStorage memory = new InMemoryLogStorage(Long.MAX_VALUE);
    Random random = new Random(5);
    List<int[]> programs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      programs.add(random.ints(1 + random.nextInt(3), 0, 14).toArray());
    }
    try (SegmentLogStorage segments =
        SegmentLogStorage.open(directory, SegmentOptions.defaults())) {
      RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
      int app = builder.column("app");
      for (int i = 0; i < RECORDS; i++) {
        builder.time(Records.START + i * 100_000_000L);
        builder.value(app, "app-" + random.nextInt(3));
        StringBuilder message = new StringBuilder("step");
        for (int kind : programs.get(random.nextInt(programs.size()))) {
          message.append(' ').append(value(kind, random));
        }
        builder.value(RecordBatchBuilder.MESSAGE, message.toString());
        builder.end();
      }
      RecordBatch batch = builder.build();
      segments.append(batch).join();
      memory.append(batch).join();
      segments.flushAll();
      List<String> mined = patterns(segments);
      assertThat(mined).isEqualTo(patterns(memory)).hasSizeGreaterThan(20);
    }
  }

  /** Patterns, counts and trends; any message that has the pattern is a good example. */
  private static List<String> patterns(LogStorage storage) throws IOException {
    QueryEngine engine = new QueryEngine(storage, Records.CLOCK, QueryLimits.defaults());
    PatternMiner miner = PatternMiner.withTrends(engine.workers());
    engine.run(
        engine.parse("*"),
        new QueryRange(Long.MIN_VALUE, Long.MAX_VALUE),
        Records.START,
        QueryLimits.defaults().time(),
        miner,
        () -> false,
        Turn.ALWAYS);
    assertThat(miner.rows()).isEqualTo(RECORDS);
    return miner.patterns(0, 10, Long.MIN_VALUE, Long.MAX_VALUE).stream()
        .peek((pattern) -> assertThat(pattern.example()).startsWith("step"))
        .map((pattern) -> pattern.count() + " " + pattern.pattern() + " " + pattern.trend())
        .toList();
  }
}
