package io.logcaster.alert.live;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.AnyFieldFilter;
import io.logcaster.query.ast.DayRangeFilter;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.FieldCompareFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.NotFilter;
import io.logcaster.query.ast.OrFilter;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.StreamIdFilter;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.ValueFilter;
import io.logcaster.query.ast.ValueTypeFilter;
import io.logcaster.query.ast.WeekRangeFilter;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all records must have that a filter selects: values and words that many filters ask for are
 * looked up once for all of them.
 *
 * @param exact values of fields
 * @param words words of the message
 * @param rest what else the records must match, as a filter's text; null for nothing
 */
record Requirements(List<ExactFilter> exact, List<String> words, @Nullable String rest) {

  static Requirements of(Filter filter) {
    List<ExactFilter> exact = new ArrayList<>();
    List<String> words = new ArrayList<>();
    List<Filter> others = new ArrayList<>();
    for (Filter part : filter instanceof AndFilter and ? and.filters() : List.of(filter)) {
      switch (part) {
        case ExactFilter value when !value.value().isEmpty() && !value.field().startsWith("_") ->
            exact.add(value);
        case PhraseFilter phrase when phrase.field().equals(Field.MESSAGE) -> {
          List<String> found = words(phrase.phrase());
          words.addAll(found);
          if (found.size() != 1 || !found.getFirst().equals(phrase.phrase())) {
            others.add(part);
          }
        }
        case AllFilter _ -> {}
        default -> others.add(part);
      }
    }
    return new Requirements(
        List.copyOf(exact),
        List.copyOf(words),
        others.isEmpty() ? null : new AndFilter(others).canonical());
  }

  private static List<String> words(String phrase) {
    List<String> words = new ArrayList<>();
    byte[] text = phrase.getBytes(StandardCharsets.UTF_8);
    Tokens.visit(
        text,
        0,
        text.length,
        (bytes, from, to) -> words.add(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
    return words;
  }

  /** Whether a filter can be applied to records as they arrive. */
  static boolean isLive(Filter filter) {
    return switch (filter) {
      case AndFilter and -> and.filters().stream().allMatch(Requirements::isLive);
      case OrFilter or -> or.filters().stream().allMatch(Requirements::isLive);
      case NotFilter not -> isLive(not.filter());
      case TimeFilter _ -> false; // relative to the present
      case ValueTypeFilter _ -> false; // depends on the encoding in the store
      case AllFilter _,
          AnyFieldFilter _,
          DayRangeFilter _,
          WeekRangeFilter _,
          FieldCompareFilter _,
          StreamFilter _,
          StreamIdFilter _,
          ValueFilter _ ->
          true;
    };
  }

  /** Where the values of batches have what is required. */
  Places in(BatchValues.Wanted wanted) {
    return new Places(
        exact.stream().map(ExactFilter::field).toArray(String[]::new),
        exact.stream().mapToInt(wanted::add).toArray(),
        words.stream().mapToInt(wanted::addWord).toArray());
  }

  /**
   * Where the values of batches have what is required.
   *
   * @param fields of the exact values
   * @param values the indexes of the exact values among those of their fields
   * @param words the indexes of the words
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and read for each batch
  record Places(String[] fields, int[] values, int[] words) {

    /** The rows that have everything, which belong to the caller; null for none. */
    @Nullable Bitmap rows(BatchValues batch, int size) {
      Bitmap rows = null;
      for (int i = 0; i < fields.length; i++) {
        Bitmap having = batch.having(fields[i])[values[i]];
        if (having == null) {
          return null;
        }
        rows = and(rows, having);
      }
      for (int word : words) {
        Bitmap having = batch.words()[word];
        if (having == null) {
          return null;
        }
        rows = and(rows, having);
      }
      return rows == null ? Bitmap.all(size) : rows;
    }

    private static Bitmap and(@Nullable Bitmap rows, Bitmap having) {
      if (rows == null) {
        return having.copy();
      }
      rows.and(having);
      return rows;
    }
  }
}
