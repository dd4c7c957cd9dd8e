package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.storage.segment.MergePolicy.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For all sizes of flushes, merging ends with few segments and rewrites each record rarely. */
class MergePolicyTest {

  private static final int FAN = 8;

  /** The number of levels below half of the largest segment, with a fan of 8. */
  private static final int LEVELS = 4;

  private MergePolicy policy = MergePolicy.within(1L << 30, FAN);
  private final List<Measure> segments = new ArrayList<>();
  private long flushed;
  private long flushes;
  private long rewritten;

  /** Records rewritten by merges that stay in the first level, each of which takes milliseconds. */
  private long rewrittenSmall;

  private int most;

  /** The number of all streams; most segments have the same ones. */
  private long allStreams = 300;

  private void flush(String partition, long records, long streams) {
    segments.add(new Measure(partition, records, streams, flushed));
    flushed += records;
    flushes++;
  }

  private boolean merge() {
    List<Measure> group = policy.choose(segments, Function.identity());
    if (group.isEmpty()) {
      return false;
    }
    assertThat(group).hasSizeBetween(2, policy.together());
    assertThat(group).extracting(Measure::partition).containsOnly(group.getFirst().partition());
    long records = group.stream().mapToLong(Measure::records).sum();
    long streams = group.stream().mapToLong(Measure::streams).sum();
    assertThat(records).isLessThanOrEqualTo(policy.maxRecords());
    assertThat(streams).isLessThanOrEqualTo(policy.maxStreams());
    if (records >= MergePolicy.FIRST_LEVEL) {
      rewritten += records;
    } else {
      rewrittenSmall += records;
    }
    segments.removeAll(group);
    segments.add(
        new Measure(
            group.getFirst().partition(),
            records,
            Math.min(streams, allStreams),
            group.getFirst().minTime()));
    return true;
  }

  private void mergeAll() {
    while (merge()) {
      most = Math.max(most, segments.size());
    }
  }

  private void checkBounds(int partitions, String what) {
    long done = 2 * flushed / policy.maxRecords();
    assertThat(segments)
        .as("segments of %s", what)
        .hasSizeLessThanOrEqualTo((int) (done + (long) partitions * LEVELS * (FAN - 1)));
    // Once for each level, and once if a level is too large for one segment.
    assertThat(rewritten).as("rewritten of %s", what).isLessThanOrEqualTo(flushed * (LEVELS + 1));
    assertThat(rewrittenSmall)
        .as("rewritten in the first level of %s", what)
        .isLessThanOrEqualTo(flushes * MergePolicy.FIRST_LEVEL / (FAN - 1));
    assertThat(segments.stream().mapToLong(Measure::records).sum()).isEqualTo(flushed);
  }

  /** The sizes of flushes in small and large heaps, and sizes at the edges of levels. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        37, 5_000, 9_999, 10_000, 40_000, 79_999, 80_000, 150_000, 312_499, 312_500, 312_501,
        320_000, 420_000, 639_999, 640_000, 1_000_000, 1_249_999, 1_250_000, 2_499_999, 3_000_000
      })
  void flushesOfOneSize_endInFewSegments(long records) {
    long total = Math.min(50_000_000, records * 20_000);
    while (flushed < total) {
      flush("day", records, 256);
      mergeAll();
    }
    checkBounds(1, records + " records a flush");
    assertThat(most).isLessThanOrEqualTo((int) (2 * flushed / policy.maxRecords()) + 40);
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000, 60_000, 320_000, 400_000, 900_000})
  void segmentsThatAccumulatedWithoutMerges_endInFewSegments(long records) {
    while (flushed < 50_000_000) {
      flush("day", records, 256);
    }
    mergeAll();
    checkBounds(1, records + " records a flush");
  }

  @Property(tries = 200)
  void flushesOfAnySizes_endInFewSegments(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int partitions) {
    segments.clear();
    flushed = 0;
    flushes = 0;
    rewritten = 0;
    rewrittenSmall = 0;
    Random random = new Random(seed);
    long total = 1_000_000L + random.nextInt(49_000_000);
    double least = random.nextDouble(1, 5);
    double spread = random.nextDouble(0, 6.5 - least);
    boolean lazy = random.nextInt(4) == 0;
    for (int flush = 0; flushed < total && flush < 20_000; flush++) {
      long records = (long) Math.pow(10, least + random.nextDouble() * spread);
      flush("day " + random.nextInt(partitions), Math.max(1, records), 1 + random.nextInt(300));
      if (!lazy || flush % 100 == 99) {
        mergeAll();
      }
    }
    mergeAll();
    checkBounds(partitions, "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {10_000, 40_000, 60_000, 200_000})
  void segmentsOfManyStreams_areMergedUpToTheLimitOfStreams(long streams) {
    allStreams = Long.MAX_VALUE;
    LongStream.range(0, 100).forEach((i) -> flush("day", streams, streams));
    mergeAll();
    assertThat(segments)
        .hasSizeLessThanOrEqualTo(
            (int) (2 * 100 * streams / MergePolicy.MAX_STREAMS) + LEVELS * (FAN - 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8 << 20, 16 << 20, 50 << 20})
  void merge_inLittleMemory_readsFewerSegmentsAndEndsInFew(long bytes) {
    policy = MergePolicy.within(bytes, FAN);
    while (flushed < 10_000_000) {
      flush("day", 25_000, 256);
      mergeAll();
    }
    assertThat(policy.together()).isBetween(2, FAN);
    assertThat(segments)
        .hasSizeLessThanOrEqualTo((int) (2 * flushed / policy.maxRecords()) + LEVELS * (FAN - 1));
  }

  @Test
  void policy_inEnoughMemory_hasTheLargestLimits() {
    assertThat(policy)
        .isEqualTo(new MergePolicy(FAN, FAN, MergePolicy.MAX_RECORDS, MergePolicy.MAX_STREAMS));
  }
}
