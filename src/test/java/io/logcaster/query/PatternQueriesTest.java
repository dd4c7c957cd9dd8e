package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.exec.PatternMiner;
import io.logcaster.query.exec.TimeDivision;
import io.logcaster.query.exec.budget.Turn;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
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

  @Test
  void rowsDividedByTime_areThoseOfTwoScans() throws IOException {
    try (SegmentLogStorage segments =
        SegmentLogStorage.open(directory, SegmentOptions.defaults())) {
      RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
      Random random = new Random(9);
      for (int i = 0; i < RECORDS; i++) {
        builder.time(Records.START + random.nextInt(1_000) * 1_000_000L);
        String message = "step " + value(random.nextInt(14), random);
        builder.value(RecordBatchBuilder.MESSAGE, message);
        builder.end();
      }
      segments.append(builder.build()).join();
      segments.flushAll();
      long middle = Records.START + 400_000_000L;
      long end = Records.START + 800_000_000L;
      PatternMiner before = PatternMiner.counting(2);
      PatternMiner after = PatternMiner.counting(2);
      TimeDivision divided =
          new TimeDivision(
              List.of(
                  new TimeDivision.Part(Records.START, middle - 1, before),
                  new TimeDivision.Part(middle, end, after)));
      scan(segments, new QueryRange(Records.START, end), divided);
      PatternMiner onlyBefore = PatternMiner.counting(2);
      PatternMiner onlyAfter = PatternMiner.counting(2);
      scan(segments, new QueryRange(Records.START, middle - 1), onlyBefore);
      scan(segments, new QueryRange(middle, end), onlyAfter);

      assertThat(counts(before)).isEqualTo(counts(onlyBefore)).isNotEmpty();
      assertThat(counts(after)).isEqualTo(counts(onlyAfter)).isNotEmpty();
      assertThat(before.rows() + after.rows()).isLessThan(RECORDS);
    }
  }

  @Test
  void pipePattern_addsTheIdOfTheTemplate_alsoFromStoredTemplates() throws IOException {
    InMemoryLogStorage memory = new InMemoryLogStorage(Long.MAX_VALUE);
    try (SegmentLogStorage segments =
        SegmentLogStorage.open(directory, SegmentOptions.defaults())) {
      RecordBatchBuilder builder = RecordBatch.builder(List.of("app"));
      Random random = new Random(3);
      for (int i = 0; i < 600; i++) {
        builder.time(Records.START + i);
        String message = "step " + value(i % 14, random) + " of " + value(i % 3, random);
        builder.value(RecordBatchBuilder.MESSAGE, message);
        builder.end();
      }
      RecordBatch batch = builder.build();
      segments.append(batch).join();
      memory.append(batch).join();
      segments.flushAll();
      for (LogStorage storage : List.of(memory, segments)) {
        List<Map<String, String>> rows = Records.rows(storage, "* | pattern as t");
        assertThat(rows).hasSize(600);
        assertThat(rows)
            .allSatisfy((row) -> assertThat(row).containsEntry("t_id", idOf(row.get("t"))));
        String grouped = "* | pattern | stats by (_pattern, _pattern_id) count() n";
        assertThat(Records.rows(storage, grouped))
            .hasSizeGreaterThan(10)
            .allSatisfy(
                (row) -> assertThat(row).containsEntry("_pattern_id", idOf(row.get("_pattern"))));
        assertThat(Records.rows(storage, "* | pattern | uniq by (_pattern)").getFirst())
            .containsOnlyKeys("_pattern");
      }
    }
  }

  private static String idOf(@Nullable String template) {
    byte[] text = Objects.requireNonNull(template).getBytes(StandardCharsets.UTF_8);
    return TemplateNames.format(TemplateNames.id(text, 0, text.length));
  }

  private static List<String> counts(PatternMiner miner) {
    return miner.patterns(0, 1, Records.START, Records.START + 1).stream()
        .map((pattern) -> pattern.count() + " " + pattern.pattern())
        .toList();
  }

  private static void scan(LogStorage storage, QueryRange range, RowSink sink) throws IOException {
    QueryLimits limits = new QueryLimits(256L << 20, Duration.ofMinutes(1), 8, 32, 2, 1_000);
    QueryEngine engine = new QueryEngine(storage, Records.CLOCK, limits);
    engine.run(
        engine.parse("*"), range, Records.START, limits.time(), sink, () -> false, Turn.ALWAYS);
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
