package io.logcaster.storage.segment.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A grid counts the rows of a block by the finest step of time that needs few cells. */
class TimeGridTest {

  private static final long SECOND = 1_000_000_000L;

  private static ByteSink write(long... times) {
    long min = LongStream.of(times).min().orElseThrow();
    long max = LongStream.of(times).max().orElseThrow();
    TimeGrid.Counter counter = new TimeGrid.Counter();
    counter.begin(min, max);
    if (counter.isNeeded()) {
      LongStream.of(times).forEach(counter::add);
    }
    ByteSink bytes = new ByteSink(16);
    counter.writeTo(bytes);
    return bytes;
  }

  private static TimeGrid read(ByteSink bytes, long min, long max, int rows)
      throws MalformedException {
    ByteSource source = new ByteSource(bytes.array(), 0, bytes.length());
    TimeGrid grid = TimeGrid.read(source, min, max, rows);
    assertThat(source.remaining()).isZero();
    return grid;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "511, 1",
    "512, 5",
    "2559, 5",
    "2560, 15",
    "30719, 60",
    "86400, 300",
    "31536000, 86400",
    "44236800, 0"
  })
  void begin_rangeOfSeconds_choosesTheFinestStepWithFewCells(long seconds, long step)
      throws MalformedException {
    TimeGrid grid = read(write(0, seconds * SECOND), 0, seconds * SECOND, 2);

    assertThat(grid.step()).isEqualTo(step * SECOND);
    assertThat(grid.rows()).hasSizeLessThanOrEqualTo(TimeGrid.MAX_CELLS);
  }

  @Property(tries = 300)
  void grid_anyTimes_countsTheRowsOfEachStep(@ForAll long seed) throws MalformedException {
    Random random = new Random(seed);
    long[] times = new long[1 + random.nextInt(300)];
    long base = random.nextLong() >> 4;
    long range = 1 + (random.nextLong() >>> (8 + random.nextInt(50)));
    for (int i = 0; i < times.length; i++) {
      times[i] = base + random.nextLong(range);
    }
    long min = LongStream.of(times).min().orElseThrow();
    long max = LongStream.of(times).max().orElseThrow();

    TimeGrid grid = read(write(times), min, max, times.length);

    if (grid.step() == 0) {
      assertThat(grid.rows()).isEmpty();
      return;
    }
    for (int cell = 0; cell < grid.rows().length; cell++) {
      long start = grid.start(cell);
      long count =
          LongStream.of(times)
              .filter((time) -> time >= start && time - start < grid.step())
              .count();
      assertThat(grid.rows()[cell]).isEqualTo((int) count);
    }
    assertThat(LongStream.of(times).min().orElseThrow()).isGreaterThanOrEqualTo(grid.start(0));
  }

  @Test
  void read_countsThatDoNotSumUp_fails() {
    ByteSink bytes = write(0, 5 * SECOND, 9 * SECOND);

    assertThatThrownBy(() -> read(bytes, 0, 9 * SECOND, 4)).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> read(bytes, 0, 9 * SECOND, 2)).isInstanceOf(MalformedException.class);
  }

  @Test
  void read_moreCellsThanAllowed_fails() {
    ByteSink bytes = write(0, 5 * SECOND);

    assertThatThrownBy(() -> read(bytes, 0, 512 * SECOND, 2))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("513");
  }
}
