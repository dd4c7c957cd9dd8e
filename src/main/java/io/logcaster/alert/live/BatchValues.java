package io.logcaster.alert.live;

import io.logcaster.query.ast.ExactFilter;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What many rules ask of one batch, found once: the rows that have a value of a field or a word in
 * their message, and the keys of groups. Not thread-safe.
 */
final class BatchValues {

  private static final long KEY_FACTOR = 0x9E3779B97F4A7C15L;

  private final RecordBatch batch;
  private final Wanted wanted;
  private final Map<String, @Nullable Bitmap[]> having = new HashMap<>();
  private @Nullable Bitmap @Nullable [] words;
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

    private final Map<Value, Integer> words = new HashMap<>();

    /**
     * For each first byte, the lengths of the words that begin with it; the top bit: 63 or more.
     */
    private final long[] lengths = new long[256];

    /** Adds a word of messages; returns its index among the words. */
    int addWord(String word) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      lengths[bytes[0] & 0xff] |= 1L << Math.min(63, bytes.length);
      Integer known = words.putIfAbsent(Value.of(word), words.size());
      return known == null ? words.size() - 1 : known;
    }

    private boolean mayBeWord(byte first, int length) {
      return (lengths[first & 0xff] & (1L << Math.min(63, length))) != 0;
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

  /** The rows that have each of the wanted words, not to be changed; null for none. */
  @Nullable Bitmap[] words() {
    @Nullable Bitmap[] known = words;
    if (known == null) {
      known = findWords();
      words = known;
    }
    return known;
  }

  private @Nullable Bitmap[] findWords() {
    @Nullable Bitmap[] found = new Bitmap[wanted.words.size()];
    Column messages = batch.column(Field.MESSAGE);
    byte[] bytes = messages.bytes();
    Value probe = Value.of("");
    WordRows rows = new WordRows(wanted, probe, found, batch.size());
    for (int row = 0; row < batch.size(); row++) {
      rows.row = row;
      Tokens.visit(bytes, messages.start(row), messages.end(row), rows);
    }
    return found;
  }

  /** Notes the rows of words. */
  private static final class WordRows implements Tokens.Visitor {

    private final Wanted wanted;
    private final Value probe;
    private final @Nullable Bitmap[] found;
    private final int size;
    private int row;

    WordRows(Wanted wanted, Value probe, @Nullable Bitmap[] found, int size) {
      this.wanted = wanted;
      this.probe = probe;
      this.found = found;
      this.size = size;
    }

    @Override
    public void token(byte[] bytes, int from, int to) {
      if (!wanted.mayBeWord(bytes[from], to - from)) {
        return;
      }
      Integer index = wanted.words.get(probe.set(bytes, from, to));
      if (index != null) {
        Bitmap rows = found[index];
        if (rows == null) {
          rows = Bitmap.none(size);
          found[index] = rows;
        }
        rows.set(row);
      }
    }
  }

  /** A key of each row's group; rows of one group have the same one. */
  long[] keys(List<String> fields) {
    return keys.computeIfAbsent(new ArrayList<>(fields), this::makeKeys);
  }

  private long[] makeKeys(List<String> fields) {
    long[] made = new long[batch.size()];
    int[] codes = new int[batch.size()];
    int[] others = new int[batch.size()];
    Bitmap all = Bitmap.all(batch.size());
    for (String field : fields) {
      Column column = batch.column(field);
      column.encode(all, BatchValues::hashOf, codes);
      column.encode(all, BatchValues::otherHashOf, others);
      for (int row = 0; row < made.length; row++) {
        made[row] = join(made[row], codes[row], others[row]);
      }
    }
    return made;
  }

  /** The key of a group with labels; a missing one is empty. */
  static long key(List<String> fields, Map<String, String> labels) {
    long key = 0;
    for (String field : fields) {
      byte[] value = labels.getOrDefault(field, "").getBytes(StandardCharsets.UTF_8);
      key = join(key, hashOf(value, 0, value.length), otherHashOf(value, 0, value.length));
    }
    return key;
  }

  private static long join(long key, int hash, int other) {
    long both = ((long) hash << 32) | (other & 0xffff_ffffL);
    long mixed = (key ^ both) * KEY_FACTOR;
    return mixed ^ (mixed >>> 29);
  }

  /** Independent of {@link #hashOf}, so that both together tell groups apart. */
  private static int otherHashOf(byte[] bytes, int from, int to) {
    int hash = 0x811C9DC5;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * 0x01000193;
    }
    return hash;
  }
}
