package io.logcaster.alert.live;

import io.logcaster.query.ast.ExactFilter;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What many rules ask of one batch, found once: the rows that have a value, and the keys of groups.
 * Not thread-safe.
 */
final class BatchValues {

  private static final long KEY_FACTOR = 0x9E3779B97F4A7C15L;

  private final RecordBatch batch;
  private final Wanted wanted;
  private final Map<String, @Nullable Bitmap[]> having = new HashMap<>();
  private final Map<List<String>, long[]> keys = new HashMap<>();

  BatchValues(RecordBatch batch, Wanted wanted) {
    this.batch = batch;
    this.wanted = wanted;
  }

  /** The values that some rule asks for, by field. Immutable once it is used. */
  static final class Wanted {

    private final Map<String, Map<Value, Integer>> byField = new HashMap<>();

    /** Adds a value; returns its index among those of its field. */
    int add(ExactFilter filter) {
      Map<Value, Integer> values = byField.computeIfAbsent(filter.field(), (f) -> new HashMap<>());
      Integer known = values.putIfAbsent(Value.of(filter.value()), values.size());
      return known == null ? values.size() - 1 : known;
    }

    private Map<Value, Integer> of(String field) {
      return byField.getOrDefault(field, Map.of());
    }
  }

  /** The bytes of a value as a key. */
  private static final class Value {

    private byte[] bytes;
    private int from;
    private int to;
    private int hash;

    private Value(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      set(bytes, from, to);
    }

    static Value of(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Value(bytes, 0, bytes.length);
    }

    Value set(byte[] other, int start, int end) {
      bytes = other;
      from = start;
      to = end;
      hash = hashOf(other, start, end);
      return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Value value
          && Arrays.equals(bytes, from, to, value.bytes, value.from, value.to);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private static int hashOf(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash;
  }

  /** The rows that have each of the wanted values of a field, not to be changed; null for none. */
  @Nullable Bitmap[] having(String field) {
    Map<Value, Integer> values = wanted.of(field);
    @Nullable Bitmap[] known = having.get(field);
    if (known != null) {
      return known;
    }
    @Nullable Bitmap[] postings = new Bitmap[values.size()];
    int size = batch.size();
    int[] codes = new int[size];
    Value probe = Value.of("");
    batch
        .column(field)
        .encode(
            Bitmap.all(size),
            (bytes, from, to) -> values.getOrDefault(probe.set(bytes, from, to), -1),
            codes);
    for (int row = 0; row < size; row++) {
      if (codes[row] >= 0) {
        Bitmap rows = postings[codes[row]];
        if (rows == null) {
          rows = Bitmap.none(size);
          postings[codes[row]] = rows;
        }
        rows.set(row);
      }
    }
    having.put(field, postings);
    return postings;
  }

  /** A key of each row's group; rows of one group have the same one. */
  long[] keys(List<String> fields) {
    return keys.computeIfAbsent(new ArrayList<>(fields), this::makeKeys);
  }

  private long[] makeKeys(List<String> fields) {
    long[] made = new long[batch.size()];
    int[] codes = new int[batch.size()];
    for (String field : fields) {
      batch
          .column(field)
          .encode(Bitmap.all(batch.size()), (bytes, from, to) -> hashOf(bytes, from, to), codes);
      for (int row = 0; row < made.length; row++) {
        made[row] = (made[row] + codes[row]) * KEY_FACTOR;
      }
    }
    return made;
  }
}
