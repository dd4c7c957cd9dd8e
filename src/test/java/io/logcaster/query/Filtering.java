package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of one field, and which of them a filter selects. */
public final class Filtering {

  private final String field;

  private final List<String> values;

  private Filtering(String field, List<String> values) {
    this.field = field;
    this.values = values;
  }

  /** Records with these messages, some of which may be empty. */
  public static Filtering messages(String... values) {
    return new Filtering("_msg", List.of(values));
  }

  /** Records with these values in the field {@code f}, some of which may be empty. */
  public static Filtering values(String... values) {
    return new Filtering("f", List.of(values));
  }

  /** The numbers of the values that a filter selects, from 0. */
  public List<Integer> select(String filter) {
    Records records = new Records();
    for (int i = 0; i < values.size(); i++) {
      records.add(Map.of(field, values.get(i), "row", Integer.toString(i)));
    }
    return select(records, filter);
  }

  /** The numbers in the field {@code row} of the records that a filter selects. */
  private static List<Integer> select(Records records, String filter) {
    try {
      return records.rows("(" + filter + ") | fields row").stream()
          .map((row) -> Integer.valueOf(row.get("row")))
          .sorted()
          .toList();
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  /**
   * Asserts which values a filter selects.
   *
   * @param numbers their numbers, with spaces between them; null for none, as a table gives it
   */
  public void assertSelects(String filter, @Nullable String numbers) {
    assertThat(select(filter)).as(filter).isEqualTo(parse(numbers));
  }

  /** As {@link #assertSelects(String, String)}, for records numbered in the field {@code row}. */
  public static void assertSelects(Records records, String filter, @Nullable String numbers) {
    assertThat(select(records, filter)).as(filter).isEqualTo(parse(numbers));
  }

  private static List<Integer> parse(@Nullable String numbers) {
    return (numbers == null)
        ? List.of()
        : Stream.of(numbers.split(" ")).map(Integer::valueOf).toList();
  }
}
