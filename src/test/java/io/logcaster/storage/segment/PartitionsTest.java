package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Bitmap;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.Batches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row is in the partition of its day, month or year. */
class PartitionsTest {

  /** 2026-11-21. */
  private static final long DAY = 20_778;

  private static RecordBatch batch(long... times) {
    LogRecord[] records = new LogRecord[times.length];
    for (int i = 0; i < times.length; i++) {
      records[i] = new LogRecord(times[i], 0, "m", List.of());
    }
    return Batches.of(records);
  }

  private static RecordBatch rows(long day, int count) {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = day * Timestamps.DAY + i;
    }
    return batch(times);
  }

  @Test
  void split_rowsOfOneDay_keepsTheBatchWhole() {
    RecordBatch batch = rows(DAY, 3);

    Map<String, Partitions.Rows> split = Partitions.split(List.of(batch));

    assertThat(split).containsOnlyKeys("2026-11-21");
    assertThat(split.get("2026-11-21").batches).containsExactly(batch);
    assertThat(split.get("2026-11-21").keep).containsOnlyNulls();
  }

  @Test
  void split_rowsAcrossMidnight_splitsAtMidnight() {
    long midnight = DAY * Timestamps.DAY;

    Map<String, Partitions.Rows> split =
        Partitions.split(List.of(batch(midnight - 1, midnight, midnight + 1)));

    assertThat(split).containsOnlyKeys("2026-11-20", "2026-11-21");
    assertThat(split.get("2026-11-20").keep.getFirst().toArray()).containsExactly(0);
    assertThat(split.get("2026-11-21").keep.getFirst().toArray()).containsExactly(1, 2);
  }

  @Test
  void split_timesBefore1970_haveTheirOwnDay() {
    assertThat(Partitions.split(List.of(batch(-1, 0))))
        .containsOnlyKeys("1969-12-31", "1970-01-01");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 4", "5, 1", "20, 1"})
  void split_daysOfFewRows_sharesTheirYearOnlyIfThereAreMany(int days, int partitions) {
    List<RecordBatch> batches = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      batches.add(rows(DAY - day, 2));
    }

    assertThat(Partitions.split(batches)).hasSize(partitions);
  }

  @Test
  void split_manyDays_keepsDaysAndMonthsOfManyRows() {
    List<RecordBatch> batches = new ArrayList<>();
    batches.add(rows(DAY, 4_000));
    for (int day = 1; day <= 10; day++) {
      batches.add(rows(DAY - 40 - day, 400));
    }
    batches.add(rows(DAY - 300, 5));

    assertThat(Partitions.split(batches)).containsOnlyKeys("2026", "2026-10", "2026-11-21");
  }

  @Property(tries = 100)
  void split_anyRows_putsEachRowIntoOnePartitionOfItsDay(@ForAll long seed) {
    Random random = new Random(seed);
    int spread = 1 + random.nextInt(800);
    List<RecordBatch> batches = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      long[] times = new long[1 + random.nextInt(2_000)];
      for (int row = 0; row < times.length; row++) {
        long day = DAY - random.nextInt(random.nextInt(spread) + 1);
        times[row] = day * Timestamps.DAY + random.nextLong(Timestamps.DAY);
      }
      batches.add(batch(times));
    }
    Set<List<Object>> seen = new HashSet<>();
    int rows = 0;
    for (Map.Entry<String, Partitions.Rows> entry : Partitions.split(batches).entrySet()) {
      for (int i = 0; i < entry.getValue().batches.size(); i++) {
        RecordBatch batch = entry.getValue().batches.get(i);
        Bitmap keep = entry.getValue().keep.get(i);
        for (int row : (keep != null ? keep : Bitmap.all(batch.size())).toArray()) {
          assertThat(Timestamps.format(batch.times()[row])).startsWith(entry.getKey());
          assertThat(seen.add(List.of(batches.indexOf(batch), row))).isTrue();
          rows++;
        }
      }
    }
    assertThat(rows).isEqualTo(batches.stream().mapToInt(RecordBatch::size).sum());
  }

  @Test
  void file_containsNumberAndSequence() {
    Path file = Path.of("2026-11-21", Partitions.file(42, 7_000_000_000L, Partitions.SUFFIX));

    assertThat(file).hasFileName("0000000042-7000000000.seg");
    assertThat(Partitions.number(file)).isEqualTo(42);
    assertThat(Partitions.sequence(file)).isEqualTo(7_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({"MANIFEST", "1-1.seg", "0000000001-1.seg.tmp", "000000000a-1.seg", "0000000001-.seg"})
  void number_ofAnotherFile_isNegative(String name) {
    assertThat(Partitions.number(Path.of(name))).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21, true, true",
    "2026-11, true, false",
    "2026, true, false",
    "backup, false, false",
    "2026-1, false, false"
  })
  void of_fileInADirectory_isItsPartition(String directory, boolean partition, boolean day) {
    assertThat(Partitions.of(Path.of(directory, "a.seg"))).isEqualTo(partition ? directory : null);
    assertThat(partition && Partitions.isDay(directory)).isEqualTo(day);
  }
}
