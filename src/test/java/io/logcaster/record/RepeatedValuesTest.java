package io.logcaster.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a builder makes of values that repeat, or stop to. */
class RepeatedValuesTest {

  private final RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
  private final int host = builder.column("host");
  private final int app = builder.column("app");

  private void set(int column, String value) {
    builder.value(column, value);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 200, 255, 256, 257, 3000})
  void values_ofAnyNumberAndLength_comeBackOverManyBatches(int distinct) {
    Random random = new Random(distinct);
    List<String> values =
        IntStream.range(0, distinct)
            .mapToObj((i) -> "v" + i + "x".repeat(random.nextInt(20)))
            .toList();
    for (int batch = 0; batch < 40; batch++) {
      List<String> expected = new ArrayList<>();
      for (int row = 0; row < 500; row++) {
        String value = random.nextInt(9) == 0 ? "" : values.get(random.nextInt(distinct));
        set(host, value);
        builder.end();
        expected.add(value);
      }
      Column column = builder.build().column("host");
      assertThat(IntStream.range(0, 500).mapToObj(column::text)).isEqualTo(expected);
    }
  }

  @Test
  void valuesThatRepeat_areKeptAsNumbers_othersAsText() {
    int id = builder.column("id");
    for (int row = 0; row < 1000; row++) {
      set(host, "h" + row % 3);
      set(app, "one");
      set(id, "id-" + row);
      builder.end();
    }
    RecordBatch batch = builder.build();
    assertThat(batch.column("host")).isInstanceOf(DictionaryColumn.class);
    assertThat(batch.column("app")).isInstanceOf(ConstantColumn.class);
    assertThat(batch.column("id")).isInstanceOf(ArenaColumn.class);
    assertThat(batch.column("id").text(999)).isEqualTo("id-999");
  }

  @Test
  void columnWhoseValuesRepeatAgain_isNumberedAgain() {
    for (int batch = 0; batch < 50; batch++) {
      for (int row = 0; row < 300; row++) {
        set(host, batch == 0 ? "h" + row : "h");
        set(app, "a" + row % 2);
        builder.end();
      }
      builder.build();
    }
    set(host, "h");
    builder.end();
    set(host, "i");
    builder.end();
    assertThat(builder.build().column("host")).isInstanceOf(DictionaryColumn.class);
  }

  @Test
  void valueThatIsReplaced_orTakenBack_leavesNothing() {
    set(host, "first");
    set(host, "second");
    builder.end();
    set(host, "gone");
    set(host, "");
    builder.end();
    set(host, "never");
    set(app, "never");
    builder.rollback();
    builder.end();
    RecordBatch batch = builder.build();
    assertThat(batch.size()).isEqualTo(3);
    assertThat(IntStream.range(0, 3).mapToObj(batch.column("host")::text))
        .containsExactly("second", "", "");
    assertThat(batch.fieldNames()).containsExactly("host");
  }

  @Test
  void valueThatIsNotUtf8_isRepairedEachTime() {
    byte[] broken = {'a', (byte) 0xFF, 'b'};
    for (int row = 0; row < 3; row++) {
      builder.value(host, broken, 0, 3);
      builder.end();
    }
    assertThat(builder.repairedValues()).isEqualTo(3);
    assertThat(builder.build().column("host").text(2)).isEqualTo("a\uFFFDb");
  }

  @Test
  void values_thatDifferOnlyInZerosBehindThem_areDifferent() {
    for (String value : List.of("a", "a\0", "a\0\0", "aaaaaaa", "aaaaaaa\0", "aaaaaaaaa")) {
      set(host, value);
      builder.end();
    }
    Column column = builder.build().column("host");
    assertThat(IntStream.range(0, 6).mapToObj(column::text))
        .containsExactly("a", "a\0", "a\0\0", "aaaaaaa", "aaaaaaa\0", "aaaaaaaaa");
  }

  @Test
  void streams_ofNumberedAndOtherValues_areThoseOfTheirText() {
    Random random = new Random(1);
    for (int batch = 0; batch < 5; batch++) {
      for (int row = 0; row < 1000; row++) {
        set(host, "h" + random.nextInt(batch == 2 ? 400 : 20));
        if (random.nextBoolean()) {
          set(app, "a" + random.nextInt(30));
        }
        builder.end();
      }
      RecordBatch built = builder.build();
      for (int row = 0; row < built.size(); row++) {
        Stream stream = built.stream(built.streamOrdinal(row));
        assertThat(stream.value("host")).isEqualTo(built.column("host").text(row));
        assertThat(stream.value("app")).isEqualTo(built.column("app").text(row));
      }
    }
  }

  @Test
  void byStream_keepsRowsWhole_andTheOrderWithinAStream() {
    Random random = new Random(2);
    byte[] text = new byte[64];
    for (int row = 0; row < 2000; row++) {
      set(host, "h" + random.nextInt(7));
      int length = ("m" + row).getBytes(StandardCharsets.UTF_8).length;
      System.arraycopy(("m" + row).getBytes(StandardCharsets.UTF_8), 0, text, 0, length);
      builder.message(text, 0, length);
      builder.time(row);
      builder.severity(row % 24 + 1);
      builder.end();
    }
    RecordBatch batch = builder.build();
    RecordBatch sorted = batch.byStream();
    assertThat(sorted.records()).containsExactlyInAnyOrderElementsOf(batch.records());
    for (int row = 1; row < sorted.size(); row++) {
      int before = sorted.streamOrdinal(row - 1);
      assertThat(sorted.streamOrdinal(row)).isGreaterThanOrEqualTo(before);
      if (sorted.streamOrdinal(row) == before) {
        assertThat(sorted.times()[row]).isGreaterThan(sorted.times()[row - 1]);
      }
    }
  }
}
