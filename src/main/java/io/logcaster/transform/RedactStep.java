package io.logcaster.transform;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import io.logcaster.transform.redact.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces secrets in fields. A field in which nothing is found is not copied. */
final class RedactStep extends Step {

  /** What takes the place of a value that could not be searched: it may hold anything. */
  private static final byte[] UNSEARCHED = "[redacted:error]".getBytes(StandardCharsets.UTF_8);

  /** Field names for which the patterns of the user are compiled. */
  private static final int MAX_FILTERS = 1_000;

  /**
   * Which fields are searched.
   *
   * @param named the fields; null for all but the spared ones
   * @param spared fields that are not searched unless they are named
   */
  record Fields(@Nullable List<String> named, Set<String> spared) {

    private List<String> of(RecordBatch batch) {
      if (named != null) {
        return named;
      }
      List<String> all = new ArrayList<>(batch.fieldNames());
      all.removeAll(spared);
      all.add(Field.MESSAGE);
      return all;
    }
  }

  private final Redactor redactor;
  private final Fields fields;
  private final Function<String, RowFilter> ownFilter;
  private final TransformCounters counters;
  private final ErrorMarks marks;
  private final Map<String, RowFilter> filters = new HashMap<>();
  private final String[] names;
  private final long[] found;
  private final ByteBuilder value = new ByteBuilder(256);

  /** Rows of the batch with a value that could not be searched. */
  private @Nullable Bitmap failed;

  /**
   * @param ownFilter gives the filter of records that may have a pattern of the user in a field
   */
  RedactStep(
      Redactor redactor,
      Fields fields,
      Function<String, RowFilter> ownFilter,
      TransformCounters counters,
      ErrorMarks marks) {
    this.redactor = redactor;
    this.fields = fields;
    this.ownFilter = ownFilter;
    this.counters = counters;
    this.marks = marks;
    names = redactor.names();
    found = new long[names.length];
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // an untouched column is the same object
  void apply(Work work, Bitmap rows) {
    failed = null;
    RecordBatch batch = work.batch;
    Column message = batch.column(Field.MESSAGE);
    Map<String, Column> changed = null;
    for (String name : fields.of(batch)) {
      Column column = batch.column(name);
      if (column instanceof ConstantColumn && column.isEmpty(0)) {
        continue;
      }
      Column redacted = redacted(batch, column, rows);
      if (redacted == column) {
        continue;
      }
      if (changed == null) {
        changed = Patch.fields(batch);
      }
      if (name.equals(Field.MESSAGE)) {
        message = redacted;
      } else {
        changed.put(name, redacted);
      }
    }
    if (changed != null) {
      work.batch = batch.withColumns(batch.times(), message, changed);
    }
    for (int kind = 0; kind < names.length; kind++) {
      if (found[kind] > 0 && !work.isCopy) {
        counters.redacted(names[kind], found[kind]);
      }
      found[kind] = 0;
    }
    if (failed != null && !work.isCopy) {
      counters.error(failed.cardinality());
      marks.mark(work, failed, "a value could not be searched");
    }
  }

  private Column redacted(RecordBatch batch, Column column, Bitmap rows) {
    Bitmap own = null;
    if (redactor.hasOwn()) {
      own = rows.copy();
      filter(column.name()).retain(batch, own);
    }
    if (column instanceof DictionaryColumn dictionary) {
      return dictionary(dictionary, rows, own);
    }
    return plain(column, rows, own, batch.size());
  }

  private RowFilter filter(String name) {
    RowFilter known = filters.get(name);
    if (known == null) {
      known = ownFilter.apply(name);
      if (filters.size() < MAX_FILTERS) {
        filters.put(name, known);
      }
    }
    return known;
  }

  /** Searches a value; false if nothing was found. What replaces it is in {@link #value}. */
  private boolean search(byte[] bytes, int from, int to, boolean own, int row, int size) {
    value.truncate(0);
    try {
      return redactor.redact(bytes, from, to, own, value);
    } catch (RuntimeException | StackOverflowError ex) {
      value.truncate(0);
      value.append(UNSEARCHED);
      if (failed == null) {
        failed = Bitmap.none(size);
      }
      failed.set(row);
      return true;
    }
  }

  private void count(long times) {
    long[] counts = redactor.counts();
    for (int kind = 0; kind < counts.length; kind++) {
      if (counts[kind] != 0) {
        found[kind] += counts[kind] * times;
        counts[kind] = 0;
      }
    }
  }

  /** Searches each distinct value once. */
  private Column dictionary(DictionaryColumn column, Bitmap rows, @Nullable Bitmap own) {
    ArenaColumn entries = column.entries();
    int size = rows.size();
    int[] uses = new int[column.cardinality()];
    int[] firsts = new int[uses.length];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      if (uses[column.code(row)]++ == 0) {
        firsts[column.code(row)] = row;
      }
    }
    byte[][] replaced = new byte[uses.length][];
    boolean any = false;
    for (int entry = 0; entry < uses.length; entry++) {
      if (uses[entry] > 0
          && search(
              entries.bytes(),
              entries.start(entry),
              entries.end(entry),
              own != null && own.get(firsts[entry]),
              firsts[entry],
              size)) {
        replaced[entry] = value.toByteArray();
        any = true;
        count(uses[entry]);
      }
    }
    if (!any) {
      return column;
    }
    Patch patch = new Patch();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      byte[] fresh = replaced[column.code(row)];
      if (fresh != null) {
        patch.put(row, fresh);
      }
    }
    return patch.over(column, size);
  }

  private Column plain(Column column, Bitmap rows, @Nullable Bitmap own, int size) {
    byte[] bytes = column.bytes();
    ByteBuilder text = null;
    int[] ends = new int[0];
    int done = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int from = column.start(row);
      int to = column.end(row);
      if (from == to || !search(bytes, from, to, own != null && own.get(row), row, size)) {
        continue;
      }
      count(1);
      if (text == null) {
        text = new ByteBuilder((int) Math.min(column.textBytes(size) * 5 / 4, 1 << 24));
        ends = new int[size];
      }
      copy(column, bytes, done, row, text, ends);
      text.append(value.array(), 0, value.length());
      ends[row] = text.length();
      done = row + 1;
    }
    if (text == null) {
      return column;
    }
    copy(column, bytes, done, size, text, ends);
    return new ArenaColumn(column.name(), text.array(), ends, size);
  }

  private static void copy(
      Column column, byte[] bytes, int from, int to, ByteBuilder text, int[] ends) {
    for (int row = from; row < to; row++) {
      text.append(bytes, column.start(row), column.end(row));
      ends[row] = text.length();
    }
  }
}
