package io.logcaster.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesFileTest {

  @TempDir Path dir;

  private Path file() {
    return dir.resolve("a.series");
  }

  private static NavigableMap<Long, Map<Map<String, String>, Double>> contents(SeriesFile file)
      throws IOException {
    TreeMap<Long, Map<Integer, Double>> steps = new TreeMap<>();
    file.read(steps::put);
    TreeMap<Long, Map<Map<String, String>, Double>> named = new TreeMap<>();
    steps.forEach(
        (step, values) -> {
          Map<Map<String, String>, Double> byLabels = new HashMap<>();
          values.forEach((ordinal, value) -> byLabels.put(file.labels().get(ordinal), value));
          named.put(step, byLabels);
        });
    return named;
  }

  private static void put(SeriesFile file, long step, Map<Map<String, String>, Double> values)
      throws IOException {
    Map<Integer, Double> byOrdinal = new TreeMap<>();
    for (Map.Entry<Map<String, String>, Double> value : values.entrySet()) {
      byOrdinal.put(file.ordinal(value.getKey(), () -> true), value.getValue());
    }
    file.put(step, byOrdinal);
  }

  @Test
  void reopened_randomValues_areTheSame() throws IOException {
    long seed = Seeds.fresh();
    Random random = new Random(seed);
    double[] odd = {0, -1, 0.1, Double.MAX_VALUE, Long.MAX_VALUE, 1e15, -1e300, 1L << 53};
    TreeMap<Long, Map<Map<String, String>, Double>> model = new TreeMap<>();
    for (int session = 0; session < 5; session++) {
      try (SeriesFile file = SeriesFile.open(file())) {
        assertThat(contents(file)).as(Seeds.told(seed)).isEqualTo(model);
        for (int i = 0; i < 200; i++) {
          long step = random.nextInt(300);
          Map<Map<String, String>, Double> values = new HashMap<>();
          for (int j = random.nextInt(5); j > 0; j--) {
            double value =
                random.nextInt(4) == 0 ? odd[random.nextInt(odd.length)] : random.nextInt(10_000);
            values.put(Map.of("app", "a" + random.nextInt(20)), value);
          }
          put(file, step, values);
          model.put(step, values);
        }
        file.sync();
      }
    }
    try (SeriesFile file = SeriesFile.open(file())) {
      file.removeBefore(150);
      assertThat(contents(file)).as(Seeds.told(seed)).isEqualTo(model.tailMap(150L));
      assertThat(file.firstStep()).isEqualTo(model.ceilingKey(150L));
      put(file, 1_000, Map.of(Map.of("app", "new"), 7.0));
    }
    try (SeriesFile file = SeriesFile.open(file())) {
      assertThat(file.lastStep()).isEqualTo(1_000);
      assertThat(contents(file)).hasSize(model.tailMap(150L).size() + 1);
    }
  }

  @Test
  void open_cutAnywhere_keepsWholeStepsAndTakesMore() throws IOException {
    try (SeriesFile file = SeriesFile.open(file())) {
      for (int step = 0; step < 20; step++) {
        put(file, step, Map.of(Map.of("app", "x"), (double) step, Map.of("app", "y"), 0.5));
      }
    }
    byte[] whole = Files.readAllBytes(file());
    for (int length = 12; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      long last;
      try (SeriesFile file = SeriesFile.open(file())) {
        last = file.lastStep();
        contents(file)
            .forEach(
                (step, values) ->
                    assertThat(values).containsEntry(Map.of("app", "x"), (double) step));
        put(file, last + 1, Map.of(Map.of("app", "x"), 99.0));
      }
      try (SeriesFile file = SeriesFile.open(file())) {
        assertThat(contents(file).get(last + 1)).isEqualTo(Map.of(Map.of("app", "x"), 99.0));
      }
    }
  }

  @Test
  void open_flippedBit_keepsWhatIsBeforeIt() throws IOException {
    try (SeriesFile file = SeriesFile.open(file())) {
      for (int step = 0; step < 20; step++) {
        put(file, step, Map.of(Map.of("app", "x"), (double) step));
      }
    }
    byte[] damaged = Files.readAllBytes(file());
    damaged[damaged.length / 2] ^= 4;
    Files.write(file(), damaged);

    try (SeriesFile file = SeriesFile.open(file())) {
      assertThat(file.lastStep()).isBetween(5L, 15L);
      contents(file)
          .forEach((step, values) -> assertThat(values.values()).containsExactly((double) step));
    }
  }

  @Test
  void open_anotherVersion_isRefusedAndUntouched() throws IOException {
    SeriesFile.open(file()).close();
    try (var channel = Files.newByteChannel(file(), StandardOpenOption.WRITE)) {
      channel.position(11).write(java.nio.ByteBuffer.wrap(new byte[] {2}));
    }
    byte[] before = Files.readAllBytes(file());

    assertThatThrownBy(() -> SeriesFile.open(file())).hasMessageContaining("version 1");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void wholeNumbers_takeAFewBytesEach() throws IOException {
    try (SeriesFile file = SeriesFile.open(file())) {
      for (int step = 0; step < 10_000; step++) {
        put(file, 29_000_000 + step, Map.of(Map.of("app", "x"), 100.0 + step % 7));
      }
      assertThat(file.bytes()).isLessThan(10_000 * 18);
    }
  }
}
