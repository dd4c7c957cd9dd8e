package io.logcaster.query.exec.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.query.exec.compare.ValueComparison.Difference;
import io.logcaster.query.exec.compare.ValueComparison.Numbered;
import io.logcaster.query.exec.compare.ValueComparison.Quantiles;
import io.logcaster.query.exec.filter.FilterCompiler;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.lang.Parser;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValueComparisonTest {

  private static final int WORKERS = 3;

  /** Batches of records whose fields are given by their number, and a tally of them. */
  private record Side(List<RecordBatch> batches, FieldCounts counts) {

    static Side of(int records, IntFunction<List<Field>> fields) {
      FieldCounts counts = new FieldCounts(WORKERS);
      List<RecordBatch> batches = new ArrayList<>();
      for (int from = 0; from < records; from += 1_000) {
        RecordBatch batch =
            Batches.of(
                IntStream.range(from, Math.min(records, from + 1_000))
                    .mapToObj((i) -> new LogRecord(i, 0, "m" + i, fields.apply(i)))
                    .toArray(LogRecord[]::new));
        counts.push(Frame.of(batch), Bitmap.all(batch.size()), batches.size() % WORKERS);
        batches.add(batch);
      }
      return new Side(batches, counts);
    }

    /** How many records a filter selects. */
    long count(Difference difference) {
      StringBuilder text = new StringBuilder();
      difference.filter().print(text);
      RowMatcher matcher =
          new FilterCompiler(
                  () -> 0,
                  (query) -> {
                    throw new AssertionError("no subquery");
                  })
              .matcher(Parser.parse(text.toString()).filter());
      long count = 0;
      for (RecordBatch batch : batches) {
        Bitmap rows = Bitmap.all(batch.size());
        matcher.retain(Frame.of(batch), rows);
        count += rows.cardinality();
      }
      return count;
    }
  }

  private static List<String> described(List<Difference> differences) {
    return differences.stream()
        .map((found) -> found.field() + " " + found.value() + " " + found.inside())
        .toList();
  }

  private static Field field(String name, Object value) {
    return new Field(name, value.toString());
  }

  @Test
  void valuesWithAnotherShare_areFound_theMostSurprisingFirst() {
    Side inside =
        Side.of(
            1_000,
            (i) ->
                List.of(
                    field("host", (i < 900) ? "web-7" : "web-" + i % 4),
                    field("zone", (i % 3 == 0) ? "a" : "b"),
                    field("level", (i < 300) ? "ERROR" : "INFO"),
                    field("always", "here")));
    Side outside =
        Side.of(
            5_000,
            (i) ->
                List.of(
                    field("host", "web-" + i % 8),
                    field("zone", "ab".charAt(Math.min(1, i % 3))),
                    field("level", (i % 100 == 0) ? "ERROR" : "INFO"),
                    field("always", "here")));
    List<Difference> differences = ValueComparison.of(inside.counts(), outside.counts());
    assertThat(described(differences)).startsWith("host web-7 900", "level ERROR 300");
    assertThat(differences)
        .extracting(Difference::field)
        .contains("host", "level")
        .doesNotContain("zone", "always", "_msg", "_time");
    assertThat(differences.getFirst().outside()).isEqualTo(625);
    assertThat(differences.getFirst().ratio()).isBetween(7.0, 7.3);
  }

  @Test
  void numbers_areComparedByTheBoundThatTellsThemApart() {
    Side inside = Side.of(2_000, (i) -> List.of(field("ms", (i < 1_500) ? 500 + i : i % 200)));
    Side outside = Side.of(8_000, (i) -> List.of(field("ms", i % 400)));
    assertThat(described(ValueComparison.of(inside.counts(), outside.counts())))
        .containsExactly("ms >=500 1500");
    assertThat(described(ValueComparison.of(outside.counts(), inside.counts())))
        .containsExactly("ms <500 8000");
  }

  /** Far more numbers than are counted by themselves, on one side or on both. */
  @Test
  void manyNumbers_areComparedByIntervals_whoseCountsAreExact() {
    Random random = new Random(3);
    Side many = Side.of(40_000, (i) -> List.of(field("ns", 1_000_000 + random.nextInt(1 << 30))));
    Side below =
        Side.of(40_000, (i) -> List.of(field("ns", -1_000_000L - random.nextInt(1 << 30))));
    Side few = Side.of(9_000, (i) -> List.of(field("ns", -10 * i)));
    assertExact(many, below);
    assertExact(many, few);
    assertExact(few, many);
  }

  private static void assertExact(Side inside, Side outside) {
    assertThat(ValueComparison.of(inside.counts(), outside.counts()))
        .isNotEmpty()
        .allSatisfy(
            (found) -> {
              assertThat(inside.count(found)).isEqualTo(found.inside());
              assertThat(outside.count(found)).isEqualTo(found.outside());
            });
  }

  @Test
  void identifiers_areComparedByTheirPresence() {
    Side inside = Side.of(15_000, (i) -> List.of(field("trace", "t" + i), field("a", "b")));
    Side outside =
        Side.of(15_000, (i) -> List.of(field("trace", (i < 100) ? "t" + i : ""), field("a", "b")));
    assertThat(described(ValueComparison.of(inside.counts(), outside.counts())))
        .containsExactly("trace * 15000");
    assertThat(ValueComparison.of(outside.counts(), inside.counts()).getFirst().inside())
        .isEqualTo(100);
  }

  @Test
  void nothing_differsFromNothing() {
    FieldCounts none = new FieldCounts(WORKERS);
    assertThat(ValueComparison.of(none, none)).isEmpty();
    Side some = Side.of(100, (i) -> List.of(field("a", "b")));
    assertThat(ValueComparison.of(some.counts(), none)).isEmpty();
  }

  /** Whatever the fields hold, each filter selects the records that its difference counts. */
  @ParameterizedTest
  @MethodSource("seeds")
  void eachFilter_selectsWhatItsDifferenceCounts(long seed) {
    Random random = new Random(seed);
    int kinds = 1 + random.nextInt(12_000);
    Side inside = Side.of(9_000, (i) -> mixed(random, kinds, 3));
    Side outside = Side.of(14_000, (i) -> mixed(random, kinds, 2));
    for (Difference found : ValueComparison.of(inside.counts(), outside.counts())) {
      assertThat(List.of(inside.count(found), outside.count(found)))
          .as(() -> found + ", " + Seeds.told(seed))
          .containsExactly(found.inside(), found.outside());
    }
  }

  private static List<Field> mixed(Random random, int kinds, int skew) {
    int number = (int) (kinds * Math.pow(random.nextDouble(), skew));
    return List.of(
        field("text", (number % 7 == 0) ? "" : "a \"b\" " + number),
        field("number", (number - kinds / 2) * 0.5),
        field("measure", number % 50 + "ms"),
        field("mixed", (random.nextInt(5_000) == 0) ? "none" : number),
        field("long", "x".repeat((number % 5 == 0) ? 300 : number % 40)));
  }

  private static LongStream seeds() {
    return Seeds.with(1, 2);
  }

  @Test
  void bound_tellsWhereTheNumbersOfBothSidesLie() {
    Side inside = Side.of(1_000, (i) -> List.of(field("ms", i % 100 + 100)));
    Side outside = Side.of(1_000, (i) -> List.of(field("ms", i % 100)));
    Difference found = ValueComparison.of(inside.counts(), outside.counts()).getFirst();
    assertThat(found.value()).isEqualTo(">=100");
    assertThat(found.numbers())
        .isEqualTo(new Numbered(new Quantiles(149, 189, 198), new Quantiles(49, 89, 98)));
    Side none = Side.of(1_000, (i) -> List.of());
    assertThat(ValueComparison.of(inside.counts(), none.counts()))
        .extracting(Difference::numbers)
        .contains(new Numbered(new Quantiles(149, 189, 198), null));
  }
}
