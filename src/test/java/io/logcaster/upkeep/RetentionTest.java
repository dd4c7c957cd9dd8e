package io.logcaster.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.TestClock;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryLimits;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.Batches;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.config.RetentionProperties;
import io.logcaster.storage.config.RetentionProperties.Rule;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import io.logcaster.system.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RetentionTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static final long HOUR = 3_600 * Timestamps.SECOND;

  private static final SegmentOptions OPTIONS =
      SegmentOptions.defaults().withFlush(1 << 20, Duration.ofDays(1)).withMergeFan(2);

  @TempDir Path directory;

  private final TestClock clock = new TestClock(NOW);

  @Test
  void rules_deleteSelectedOldRecords_andKeepTheRest() throws IOException {
    try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
      // Every hour of the last ten days, one of each level.
      append(storage, 240);
      storage.flushAll();
      Retention retention = retention(storage, rule("level:<WARN", 3), rule("level:=WARN", 6));
      retention.run();
      assertThat(count(storage, "DEBUG")).isBetween(72L, 72 + 18L);
      assertThat(count(storage, "WARN")).isBetween(144L, 144 + 24L);
      assertThat(count(storage, "ERROR")).isEqualTo(240);
      clock.advance(Duration.ofDays(8));
      retention.run();
      assertThat(count(storage, "DEBUG")).isZero();
      assertThat(count(storage, "WARN")).isZero();
      assertThat(count(storage, "ERROR")).isEqualTo(240);
    }
  }

  @Test
  void rules_rewriteASegmentOnlyWhenEnoughOfItIsOld() throws IOException {
    try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
      append(storage, 240);
      storage.flushAll();
      Retention retention = retention(storage, rule("level:<WARN", 3));
      retention.run();
      clock.advance(Duration.ofMinutes(1));
      retention.run();
      List<Path> after = segments();
      for (int minute = 0; minute < 120; minute++) {
        clock.advance(Duration.ofMinutes(1));
        retention.run();
      }
      assertThat(segments()).as("two hours later").isEqualTo(after);
      clock.advance(Duration.ofDays(1));
      retention.run();
      assertThat(segments()).as("a day later").isNotEqualTo(after);
    }
  }

  @Test
  void rules_areRememberedThroughMergesAndRestarts() throws IOException {
    try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
      append(storage, 240);
      storage.flushAll();
      retention(storage, rule("level:<WARN", 3)).run();
    }
    List<Path> before = segments();
    try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
      // This filter fails if the segments are read again.
      Retention retention =
          new Retention(
              storage,
              new RetentionProperties(null, null, null),
              List.of(
                  new RetentionRule(
                      "level:<WARN",
                      (batch, rows) -> {
                        throw new AssertionError("read again");
                      },
                      Duration.ofDays(3))),
              1 << 30,
              clock);
      retention.run();
      assertThat(segments()).isEqualTo(before);
      // The rule also applies to late records.
      append(storage, 100);
      storage.flushAll();
      retention(storage, rule("level:<WARN", 3)).run();
      assertThat(count(storage, "DEBUG")).isBetween(144L, 144 + 36L);
    }
  }

  @Test
  void rules_dropASegmentWithoutRemainingRecords() throws IOException {
    try (SegmentLogStorage storage = SegmentLogStorage.open(directory, OPTIONS)) {
      append(storage, 48);
      storage.flushAll();
      clock.advance(Duration.ofDays(9));
      retention(storage, rule("*", 3)).run();
      assertThat(storage.stats().records()).isZero();
      assertThat(segments()).isEmpty();
    }
  }

  @Test
  void rules_workOnAnyStorage() throws IOException {
    try (InMemoryLogStorage storage = new InMemoryLogStorage(1 << 30)) {
      append(storage, 240);
      retention(storage, rule("level:<WARN", 3)).run();
      assertThat(count(storage, "DEBUG")).as("hours 0 to 72").isEqualTo(73);
      assertThat(count(storage, "ERROR")).isEqualTo(240);
    }
  }

  @Test
  void ruleThatDoesNotParse_isRefusedWithSettingAndColumn() {
    QueryEngine queries = queries(new InMemoryLogStorage(1));
    assertThatThrownBy(() -> Retention.compile(List.of(rule("a", 1), rule("level:=(", 1)), queries))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("logcaster.retention.rules[1].filter")
        .hasMessageContaining("line 1, column");
  }

  @Test
  void settings_areBound() {
    RetentionProperties bound =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of(
                        "logcaster.retention.max-age", "30d",
                        "logcaster.retention.max-bytes", "5GB",
                        "logcaster.retention.rules[0].filter", "level:<WARN",
                        "logcaster.retention.rules[0].max-age", "3d")))
            .bind("logcaster.retention", RetentionProperties.class)
            .get();
    assertThat(bound.maxAge()).isEqualTo(Duration.ofDays(30));
    assertThat(bound.rules()).containsExactly(rule("level:<WARN", 3));
    assertThat(new RetentionProperties(null, null, null).rules()).isEmpty();
    assertThatThrownBy(() -> new Rule(" ", Duration.ofDays(1))).hasMessageContaining("no filter");
    assertThatThrownBy(() -> new Rule("a", null)).hasMessageContaining("'a'", "max-age");
  }

  private Retention retention(LogStorage storage, Rule... rules) {
    return new Retention(
        storage,
        new RetentionProperties(null, null, List.of(rules)),
        Retention.compile(List.of(rules), queries(storage)),
        1L << 40,
        clock);
  }

  private QueryEngine queries(LogStorage storage) {
    return new QueryEngine(storage, clock, QueryLimits.defaults());
  }

  private static Rule rule(String filter, int days) {
    return new Rule(filter, Duration.ofDays(days));
  }

  private static void append(LogStorage storage, int hours) {
    long now = NOW.getEpochSecond() * Timestamps.SECOND;
    for (int from = 0; from < hours; from += 24) {
      List<LogRecord> records = new ArrayList<>();
      for (int hour = from; hour < Math.min(hours, from + 24); hour++) {
        for (String level : List.of("DEBUG", "WARN", "ERROR")) {
          records.add(
              new LogRecord(now - hour * HOUR, 0, "m" + hour, List.of(new Field("level", level))));
        }
      }
      storage.append(Batches.of(records.toArray(LogRecord[]::new))).join();
      if (storage instanceof SegmentLogStorage segments) {
        try {
          segments.flushAll();
        } catch (IOException ex) {
          throw new AssertionError(ex);
        }
      }
    }
  }

  private static long count(LogStorage storage, String level) throws IOException {
    long[] count = new long[1];
    storage.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            count[0] += batch.column("level").text(row).equals(level) ? 1 : 0;
          }
          return true;
        });
    return count[0];
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("records"))) {
      return files.filter((file) -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }
}
