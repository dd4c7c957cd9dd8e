package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Folds records into an equal one that came shortly before. The first is stored at once; when the
 * window ends, a copy of the last says in {@code _folded} how many were not stored. That copy is a
 * record of the server's own, because every received record is in the accounts already.
 */
final class DeduplicateStep extends Step {

  static final String FOLDED = "_folded";

  /** Records that are remembered; beyond, the oldest are forgotten. */
  private static final int MAX_ENTRIES = 50_000;

  /** Copies of records that are kept for the count, in bytes. */
  private static final long MAX_COPIES = 8L << 20;

  private static final class Entry {

    final long ends;

    /** The first's way to the disk. */
    final Passage first;

    /** A copy of a folded record; null while none was folded, or if there was no room. */
    @Nullable RecordBatch copy;

    long folded;
    long lastTime;

    Entry(long ends, Passage first) {
      this.ends = ends;
      this.first = first;
    }
  }

  private final RecordKeys keys;
  private final long window;
  private final LongSupplier nanoTime;

  /** In the order in which windows end. */
  private final LinkedHashMap<RecordKeys.Key, Entry> entries = new LinkedHashMap<>();

  private long copyBytes;

  /**
   * @param fields the fields in which records are equal
   * @param window nanoseconds
   */
  DeduplicateStep(List<String> fields, long window, LongSupplier nanoTime) {
    keys = new RecordKeys(fields);
    this.window = window;
    this.nanoTime = nanoTime;
  }

  /** The fields where none are named. */
  static List<String> usualFields() {
    return List.of(Field.STREAM, Field.MESSAGE);
  }

  @Override
  void apply(Work work, Bitmap rows) {
    RecordBatch batch = work.batch;
    RecordKeys.Reader reader = keys.new Reader(batch);
    long now = nanoTime.getAsLong();
    expire(now, false, work.emitted);
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      RecordKeys.Key key = reader.key(row);
      Entry entry = entries.get(key);
      if (entry != null && !entry.first.isFailed()) {
        fold(entry, work, batch, row);
        continue;
      }
      if (entry != null) {
        forget(key, entry, work.emitted);
      }
      entries.put(key, new Entry(now + window, work.passage));
    }
    while (entries.size() > MAX_ENTRIES) {
      Map.Entry<RecordKeys.Key, Entry> oldest = entries.entrySet().iterator().next();
      forget(oldest.getKey(), oldest.getValue(), work.emitted);
    }
  }

  private void fold(Entry entry, Work work, RecordBatch batch, int row) {
    entry.folded++;
    entry.lastTime = batch.times()[row];
    if (entry.copy == null && copyBytes < MAX_COPIES) {
      entry.copy = batch.gather(new int[] {row});
      copyBytes += entry.copy.memoryBytes();
    }
    if (entry.first.isOpen() && !entry.first.equals(work.passage)) {
      work.awaited.add(entry.first);
    }
    work.remove(row, Removal.DEDUPLICATE);
  }

  private void forget(RecordKeys.Key key, Entry entry, List<Work> emitted) {
    entries.remove(key);
    RecordBatch copy = entry.copy;
    if (copy != null) {
      copyBytes -= copy.memoryBytes();
      emitted.add(summary(copy, entry));
    }
  }

  private static Work summary(RecordBatch copy, Entry entry) {
    Patch folded = new Patch();
    folded.put(0, Long.toString(entry.folded));
    RecordBatch counted = Patch.with(copy, folded.over(copy.column(FOLDED), 1));
    RecordBatch timed =
        counted.withColumns(
            new long[] {entry.lastTime}, counted.column(Field.MESSAGE), Patch.fields(counted));
    return new Work(timed, Set.of(), null, false);
  }

  @Override
  long due() {
    return entries.isEmpty() ? Long.MAX_VALUE : entries.values().iterator().next().ends;
  }

  @Override
  void expire(long now, boolean all, List<Work> emitted) {
    List<Entry> ended = new ArrayList<>();
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (!all && entry.ends > now) {
        break;
      }
      oldest.remove();
      if (entry.copy != null) {
        ended.add(entry);
      }
    }
    for (Entry entry : ended) {
      RecordBatch copy = Objects.requireNonNull(entry.copy);
      copyBytes -= copy.memoryBytes();
      emitted.add(summary(copy, entry));
    }
  }
}
