package io.logcaster.storage.opensearch;

import io.logcaster.record.Field;
import io.logcaster.record.Stream;
import io.logcaster.storage.BlockCounts;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.FieldValueCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All records that a request selects as one block, whose counts come from aggregations. The counts
 * are given only where they are exact: no value is too long for the index, no bucket was left out.
 */
final class CountedRange implements BlockSummary {

  /** The buckets of a field; with more, reading the records costs less memory. */
  private static final int MAX_BUCKETS = 10_000;

  /** Fields without a field of their own in the index that are counted together. */
  private static final int MAX_PAIRS = 2;

  private static final long MILLI = 1_000_000;

  private final Aggregations aggregations;
  private final long minTime;
  private final long maxTime;

  CountedRange(Aggregations aggregations, long minTime, long maxTime) {
    this.aggregations = aggregations;
    this.minTime = Math.max(0, minTime);
    this.maxTime = maxTime;
  }

  @Override
  public int rows() {
    return 0;
  }

  @Override
  public boolean isFiltered() {
    return true;
  }

  @Override
  public long minTime() {
    return minTime;
  }

  @Override
  public long maxTime() {
    return maxTime;
  }

  @Override
  public @Nullable Stream stream() {
    return null;
  }

  @Override
  public ColumnSummary column(String name) {
    return ColumnSummary.UNKNOWN;
  }

  @Override
  public @Nullable BlockCounts counts(Set<String> fields, long step, long offset) {
    List<Level> levels = levels(fields, step, offset);
    if (levels == null) {
      return null;
    }
    String inner = aggregations(levels, 0);
    // A value that is too long for the index looks like none: where there is always one, or
    // nobody asks, there is nothing to look for.
    boolean isSure = aggregations.isSure();
    JsonNode answer =
        aggregations.ask(
            inner.isEmpty() ? List.of() : List.of(inner), isSure ? Set.of() : values(fields));
    if (answer == null) {
      return null;
    }
    Cells cells = new Cells(levels);
    long total = answer.path("hits").path("total").path("value").asLong();
    boolean isExact =
        cells.add(answer.path("aggregations"), total, 0)
            && (!isSure || !cells.lackValues() || aggregations.areIndexed(values(fields)));
    return isExact ? cells.build() : null;
  }

  @Override
  public @Nullable Map<String, Long> fieldCounts() {
    return new FieldAggregations(aggregations).names();
  }

  @Override
  public @Nullable Map<String, FieldValueCounts> valueCounts(
      Set<String> fields, int limit, int maxLength) {
    return new FieldAggregations(aggregations).values(fields, limit, maxLength);
  }

  /**
   * What is grouped by, outermost first.
   *
   * @param field the field of the index; {@code pairs} for those that share it
   * @param name the field of the records
   * @param step the width of buckets of time in milliseconds; 0 for a field
   */
  private record Level(String field, String name, long step, long offset) {

    boolean isPair() {
      return field.equals(RecordIndex.PAIRS);
    }
  }

  private static @Nullable List<Level> levels(Set<String> fields, long step, long offset) {
    List<Level> levels = new ArrayList<>();
    if (step > 0) {
      if (step % MILLI != 0 || offset % MILLI != 0) {
        return null;
      }
      levels.add(
          new Level(
              RecordIndex.TIME,
              Field.TIME,
              step / MILLI,
              Math.floorMod(offset / MILLI, step / MILLI)));
    }
    List<Level> pairs = new ArrayList<>();
    boolean byStream = fields.contains(Field.STREAM) || fields.contains(Field.STREAM_ID);
    if (byStream) {
      levels.add(new Level(RecordIndex.STREAM, Field.STREAM, 0, 0));
    }
    for (String field : new TreeSet<>(fields)) {
      if (RecordIndex.COLUMNS.contains(field)) {
        levels.add(new Level(field, field, 0, 0));
      } else if (field.equals(Field.MESSAGE) || !RecordIndex.isIndexed(field)) {
        return null;
      } else if (!field.equals(Field.STREAM) && !field.equals(Field.STREAM_ID)) {
        pairs.add(new Level(RecordIndex.PAIRS, field, 0, 0));
      }
    }
    levels.addAll(pairs);
    return (pairs.size() > MAX_PAIRS) ? null : levels;
  }

  /** The fields whose values are counted. */
  private static Set<String> values(Set<String> fields) {
    Set<String> names = new TreeSet<>(fields);
    if (names.remove(Field.STREAM_ID)) {
      names.add(Field.STREAM);
    }
    return names;
  }

  private static String aggregations(List<Level> levels, int at) {
    if (at == levels.size()) {
      return "";
    }
    Level level = levels.get(at);
    String inner = aggregations(levels, at + 1);
    String nested = inner.isEmpty() ? "" : ",\"aggs\":{" + inner + "}";
    if (level.step() > 0) {
      return "\"g\":{\"date_histogram\":{\"field\":\"%s\",\"fixed_interval\":\"%dms\",\"offset\":\"%dms\",\"min_doc_count\":1}%s}"
          .formatted(level.field(), level.step(), level.offset(), nested);
    }
    // At the last level, what no bucket counts has no value: asking for it as well costs a visit
    // to each document.
    boolean isLast = inner.isEmpty();
    if (level.isPair()) {
      String terms =
          "\"g\":{\"terms\":{\"field\":\"pairs\",\"size\":%d,\"include\":%s}%s}"
              .formatted(
                  MAX_BUCKETS, Dsl.text(CriterionQuery.quoted(level.name() + "=") + ".*"), nested);
      return isLast
          ? terms
          : terms
              + ",\"none\":{\"filter\":%s%s}"
                  .formatted(Dsl.not(Dsl.term(RecordIndex.NAMES, level.name())), nested);
    }
    return "\"g\":{\"terms\":{\"field\":\"%s\",\"size\":%d%s}%s}"
        .formatted(level.field(), MAX_BUCKETS, isLast ? "" : ",\"missing\":\"\"", nested);
  }

  /** The cells of the answer. */
  private static final class Cells {

    private final List<Level> levels;
    private final boolean byStream;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final RowsBuilder rows = new RowsBuilder();
    private final StreamTexts streams = new StreamTexts();
    private long[] counts = new long[64];
    private long time;
    private Stream stream = Stream.EMPTY;
    private boolean lackValues;

    Cells(List<Level> levels) {
      this.levels = levels;
      byStream = levels.stream().anyMatch((level) -> level.name().equals(Field.STREAM));
    }

    /** Whether a record has no value of one of the fields, as far as the index knows. */
    boolean lackValues() {
      return lackValues;
    }

    /** Adds the cells of an aggregation; returns whether they are complete. */
    boolean add(JsonNode aggregations, long count, int at) {
      if (at == levels.size()) {
        end(count);
        return true;
      }
      Level level = levels.get(at);
      JsonNode group = aggregations.path("g");
      if (group.path("sum_other_doc_count").asLong() > 0
          || group.path("doc_count_error_upper_bound").asLong() > 0) {
        return false;
      }
      long rest = count;
      for (JsonNode bucket : group.path("buckets")) {
        set(level, bucket);
        long rows = bucket.path("doc_count").asLong();
        rest -= rows;
        if (!add(bucket, rows, at + 1)) {
          return false;
        }
      }
      if (level.step() > 0) {
        return rest == 0;
      }
      boolean isLast = at == levels.size() - 1;
      if (isLast && rest != 0) {
        clear(level);
        return rest > 0 && add(aggregations, rest, at + 1);
      }
      if (!isLast && level.isPair()) {
        clear(level);
        JsonNode none = aggregations.path("none");
        return add(none, none.path("doc_count").asLong(), at + 1);
      }
      return true;
    }

    /** Sets that a field has no value. */
    private void clear(Level level) {
      if (level.name().equals(Field.STREAM)) {
        stream = Stream.EMPTY;
      } else {
        values.put(level.name(), "");
      }
    }

    private void set(Level level, JsonNode bucket) {
      if (level.step() > 0) {
        time = bucket.path("key").asLong() * MILLI;
      } else if (level.name().equals(Field.STREAM)) {
        String text = bucket.path("key").asString();
        stream = text.isEmpty() ? Stream.EMPTY : streams.get(text);
      } else {
        String key = bucket.path("key").asString();
        values.put(level.name(), level.isPair() ? key.substring(level.name().length() + 1) : key);
      }
    }

    private void end(long count) {
      if (count == 0) {
        return;
      }
      lackValues |= values.containsValue("") || (byStream && stream.equals(Stream.EMPTY));
      if (rows.rows() == counts.length) {
        counts = Arrays.copyOf(counts, counts.length * 2);
      }
      counts[rows.rows()] = count;
      values.forEach(
          (name, value) -> {
            if (!value.isEmpty()) {
              rows.value(name, value);
            }
          });
      rows.end(time, 0, stream);
    }

    BlockCounts build() {
      return new BlockCounts(rows.build(), Arrays.copyOf(counts, rows.rows()));
    }
  }
}
