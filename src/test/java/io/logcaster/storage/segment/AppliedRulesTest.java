package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import io.logcaster.storage.Batches;
import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.segment.file.BlockCache;
import io.logcaster.storage.segment.file.SegmentContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments to which a rule was applied are not read again, even after merges and restarts. */
class AppliedRulesTest {

  private static final RetentionRule DEBUG = rule("level:DEBUG");

  private static final RetentionRule SPACED = rule("app:\"a b\" 100% ü");

  @TempDir Path directory = Path.of("");

  private final List<SegmentHandle> opened = new ArrayList<>();

  private static RetentionRule rule(String text) {
    return new RetentionRule(text, RowFilter.ALL, Duration.ofDays(1));
  }

  private SegmentHandle segment(int number) throws IOException {
    Path file = directory.resolve(Partitions.file(number, number, Partitions.SUFFIX));
    SegmentContents.write(file, List.of(Batches.of(new LogRecord(number, 0, "m", List.of()))));
    SegmentHandle handle = new SegmentFiles(new BlockCache(0), null).open("1970-01-01", file);
    opened.add(handle);
    return handle;
  }

  @AfterEach
  void close() {
    opened.forEach(SegmentHandle::release);
  }

  private void write(AppliedRules rules, RetentionRule... inForce) throws IOException {
    rules.write(Set.copyOf(List.of(inForce).stream().map(RetentionRule::text).toList()), opened);
  }

  @Test
  void appliedTo_withoutAFile_isNever() throws IOException {
    assertThat(AppliedRules.read(directory).appliedTo(DEBUG, segment(1))).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void applied_afterARestart_isKnownByRuleAndSegment() throws IOException {
    AppliedRules rules = AppliedRules.read(directory);
    SegmentHandle first = segment(1);
    SegmentHandle second = segment(2);
    rules.applied(DEBUG, first, 10);
    rules.applied(SPACED, first, -20);
    rules.applied(SPACED, second, 30);
    rules.applied(SPACED, second, 31);
    write(rules, DEBUG, SPACED);

    AppliedRules read = AppliedRules.read(directory);

    assertThat(read.appliedTo(DEBUG, first)).isEqualTo(10);
    assertThat(read.appliedTo(DEBUG, second)).isEqualTo(Long.MIN_VALUE);
    assertThat(read.appliedTo(SPACED, first)).isEqualTo(-20);
    assertThat(read.appliedTo(SPACED, second)).isEqualTo(31);
  }

  @Test
  void replaced_byAMergedSegment_inheritsTheEarliestTime() throws IOException {
    AppliedRules rules = AppliedRules.read(directory);
    SegmentHandle first = segment(1);
    SegmentHandle second = segment(2);
    SegmentHandle merged = segment(3);
    rules.applied(DEBUG, first, 10);
    rules.applied(DEBUG, second, 5);
    rules.applied(SPACED, first, 10);

    rules.replaced(List.of(first, second), List.of(merged));

    assertThat(rules.appliedTo(DEBUG, merged)).isEqualTo(5);
    assertThat(rules.appliedTo(SPACED, merged)).as("the first record of the second").isEqualTo(2);
  }

  @Test
  void write_forgetsRulesAndSegmentsThatNoLongerExist() throws IOException {
    AppliedRules rules = AppliedRules.read(directory);
    SegmentHandle gone = segment(1);
    SegmentHandle kept = segment(2);
    rules.applied(DEBUG, gone, 10);
    rules.applied(DEBUG, kept, 20);
    rules.applied(SPACED, kept, 30);
    rules.write(Set.of(DEBUG.text()), List.of(kept));

    AppliedRules read = AppliedRules.read(directory);

    assertThat(read.appliedTo(DEBUG, gone)).isEqualTo(Long.MIN_VALUE);
    assertThat(read.appliedTo(DEBUG, kept)).isEqualTo(20);
    assertThat(read.appliedTo(SPACED, kept)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void read_damagedFile_isEmptyAndIsRewritten() throws IOException {
    AppliedRules rules = AppliedRules.read(directory);
    SegmentHandle segment = segment(1);
    rules.applied(DEBUG, segment, 10);
    write(rules, DEBUG);
    Path file = directory.resolve(AppliedRules.FILE);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    AppliedRules damaged = AppliedRules.read(directory);
    assertThat(damaged.appliedTo(DEBUG, segment)).isEqualTo(Long.MIN_VALUE);
    write(damaged, DEBUG);

    assertThat(AppliedRules.read(directory).appliedTo(DEBUG, segment)).isEqualTo(Long.MIN_VALUE);
    assertThat(Files.readAllBytes(file)).isNotEqualTo(bytes);
  }
}
