package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Stream;
import io.logcaster.storage.RowFilter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the lines of a stream to records of several lines. The first line's record gets the text of
 * the others; these are no longer records.
 *
 * <p>The last record of each stream in a batch may go on in the next batch. If its sender does not
 * wait for an answer, that record waits a moment for further lines, outside of any batch. The
 * batches whose lines are in it are acknowledged only when it is durable.
 */
final class JoinStep extends Step {

  /** Records that wait, together. */
  private static final int MAX_HELD = 2_048;

  /** Bytes of records that wait, together. */
  private static final long MAX_HELD_BYTES = 8L << 20;

  /** Lines that keep coming hold a record back for so many times the wait. */
  private static final int MAX_WAITS = 5;

  /**
   * How lines are joined.
   *
   * @param start selects first lines; null where the rule decides
   */
  record Options(
      @Nullable RowFilter start, LineRule rule, long waitNanos, int maxLines, int maxBytes) {}

  /** A record whose lines may not all be here yet. */
  private static final class Open {

    /** The row of its first line; -1 if that came with an earlier batch. */
    int row;

    /** The whole message; null while it is the first line alone. */
    @Nullable ByteBuilder text;

    int lines = 1;
    int bytes;
    boolean inTrace;

    // Only of those that wait:

    @Nullable RecordBatch first;
    @Nullable Receipt owner;
    final Set<Receipt> receipts = new LinkedHashSet<>();
    final Set<Passage> passages = new LinkedHashSet<>();
    long since;
    long due;

    Open(int row) {
      this.row = row;
    }

    void hold(Work work) {
      if (passages.add(work.passage)) {
        work.passage.hold();
      }
      for (Receipt receipt : work.receipts) {
        if (receipts.add(receipt)) {
          receipt.hold();
        }
      }
    }
  }

  private final Options options;
  private final RecordBatchBuilder builder;

  /** In the order in which they are due, or nearly. */
  private final LinkedHashMap<Stream, Open> held = new LinkedHashMap<>();

  private long heldBytes;

  JoinStep(Options options, List<String> streamFields) {
    this.options = options;
    builder = RecordBatch.builder(streamFields);
    builder.limits(Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  @Override
  boolean takesRecords() {
    return true;
  }

  @Override
  void apply(Work work, Bitmap rows) {
    RecordBatch batch = work.batch;
    Column message = batch.column(Field.MESSAGE);
    byte[] bytes = message.bytes();
    int[] ordinals = batch.streamOrdinals();
    Bitmap starts = null;
    if (options.start() != null) {
      starts = rows.copy();
      options.start().retain(batch, starts);
    }
    Open[] open = new Open[batch.streamCount()];
    List<Open> grown = new ArrayList<>();
    List<Open> closed = new ArrayList<>();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int ordinal = ordinals[row];
      Open before = open[ordinal];
      if (before == null) {
        before = held.get(batch.stream(ordinal));
      }
      int from = message.start(row);
      int to = message.end(row);
      if (before != null && continues(before, starts, row, bytes, from, to)) {
        fold(before, message, row, work, grown);
        open[ordinal] = before;
        if (before.row < 0) {
          held.putLast(batch.stream(ordinal), before);
        }
        continue;
      }
      if (before != null && before.row < 0) {
        closed.add(take(batch.stream(ordinal)));
      }
      Open next = new Open(row);
      next.bytes = to - from;
      next.inTrace = options.rule().isTrace(bytes, from, to, false);
      open[ordinal] = next;
    }
    Patch texts = new Patch();
    for (Open record : grown) {
      if (record.row >= 0 && record.text != null) {
        texts.put(record.row, record.text.toByteArray());
      }
    }
    if (!texts.isEmpty()) {
      work.batch = Patch.with(batch, texts.over(message, batch.size()));
    }
    if (work.carries) {
      carry(work, open, ordinals);
    }
    while (held.size() > MAX_HELD || heldBytes > MAX_HELD_BYTES) {
      closed.add(take(held.keySet().iterator().next()));
    }
    emit(closed, work.emitted);
  }

  private boolean continues(
      Open before, @Nullable Bitmap starts, int row, byte[] bytes, int from, int to) {
    boolean continues =
        (starts != null)
            ? !starts.get(row)
            : options.rule().continues(bytes, from, to, before.inTrace);
    return continues
        && before.lines < options.maxLines()
        && before.bytes + 1 + (to - from) <= options.maxBytes();
  }

  private void fold(Open record, Column message, int row, Work work, List<Open> grown) {
    byte[] bytes = message.bytes();
    int from = message.start(row);
    int to = message.end(row);
    ByteBuilder text = record.text;
    if (text == null) {
      text = new ByteBuilder(1024);
      Column first = (record.first != null) ? record.first.column(Field.MESSAGE) : message;
      int at = (record.first != null) ? 0 : record.row;
      text.append(first.bytes(), first.start(at), first.end(at));
      record.text = text;
      grown.add(record);
    }
    text.append('\n').append(bytes, from, to);
    record.lines++;
    record.bytes += 1 + to - from;
    record.inTrace = options.rule().isTrace(bytes, from, to, record.inTrace);
    if (record.row < 0) {
      heldBytes += 1 + to - from;
      record.hold(work);
      record.due = Math.min(System.nanoTime(), record.since + MAX_WAITS * options.waitNanos());
      record.due += options.waitNanos();
    }
    work.remove(row, Removal.JOIN);
  }

  /** Takes the last record of each stream out of the batch. */
  private void carry(Work work, @Nullable Open[] open, int[] ordinals) {
    RecordBatch batch = work.batch;
    Set<Integer> seen = new LinkedHashSet<>();
    long now = System.nanoTime();
    for (int row = work.alive.next(0); row >= 0; row = work.alive.next(row + 1)) {
      Open record = open[ordinals[row]];
      if (record == null || record.row != row || !seen.add(ordinals[row])) {
        continue;
      }
      record.first = batch.gather(new int[] {row});
      record.owner = work.owner(row);
      record.hold(work);
      record.row = -1;
      record.since = now;
      record.due = now + options.waitNanos();
      heldBytes += record.bytes;
      held.put(batch.stream(ordinals[row]), record);
      work.alive.clear(row);
      work.carried++;
    }
  }

  private Open take(Stream stream) {
    Open record = held.remove(stream);
    if (record == null) {
      throw new IllegalStateException("no record of " + stream + " waits");
    }
    heldBytes -= record.bytes;
    return record;
  }

  /** Hands over complete records. */
  private void emit(List<Open> closed, List<Work> emitted) {
    if (closed.size() > 1) {
      closed.forEach(this::put);
      RecordBatch batch = builder.build();
      if (haveStreams(batch, closed)) {
        emitted.add(work(batch, closed));
        return;
      }
    }
    for (Open record : closed) {
      emitted.add(work(withText(record), List.of(record)));
    }
  }

  /** False if a sender has stream fields of its own. */
  private static boolean haveStreams(RecordBatch batch, List<Open> records) {
    for (int i = 0; i < records.size(); i++) {
      RecordBatch first = first(records.get(i));
      if (!batch.stream(batch.streamOrdinal(i)).equals(first.stream(first.streamOrdinal(0)))) {
        return false;
      }
    }
    return true;
  }

  private static RecordBatch first(Open record) {
    return Objects.requireNonNull(record.first);
  }

  private static Work work(RecordBatch batch, List<Open> records) {
    Set<Receipt> receipts = new LinkedHashSet<>();
    Receipt[] owners = new Receipt[records.size()];
    for (int i = 0; i < owners.length; i++) {
      receipts.addAll(records.get(i).receipts);
      owners[i] = records.get(i).owner;
    }
    Work work = new Work(batch, receipts, owners, false);
    for (Open record : records) {
      work.holds.addAll(record.receipts);
      work.heldPassages.addAll(record.passages);
    }
    return work;
  }

  private static RecordBatch withText(Open record) {
    RecordBatch first = first(record);
    if (record.text == null) {
      return first;
    }
    Patch text = new Patch();
    text.put(0, record.text.toByteArray());
    return Patch.with(first, text.over(first.column(Field.MESSAGE), 1));
  }

  private void put(Open record) {
    RecordBatch first = first(record);
    builder.time(first.times()[0]);
    builder.severity(first.severity(0));
    ByteBuilder text = record.text;
    if (text != null) {
      builder.message(text.array(), 0, text.length());
    } else {
      Column message = first.column(Field.MESSAGE);
      builder.message(message.bytes(), message.start(0), message.end(0));
    }
    for (String name : first.fieldNames()) {
      Column column = first.column(name);
      byte[] field = name.getBytes(StandardCharsets.UTF_8);
      builder.value(
          builder.column(field, 0, field.length), column.bytes(), column.start(0), column.end(0));
    }
    builder.end();
  }

  @Override
  long due() {
    return held.isEmpty() ? Long.MAX_VALUE : held.values().iterator().next().due;
  }

  @Override
  void expire(long now, boolean all, List<Work> emitted) {
    List<Open> closed = new ArrayList<>();
    Iterator<Open> records = held.values().iterator();
    while (records.hasNext()) {
      Open record = records.next();
      if (all || record.due <= now) {
        records.remove();
        heldBytes -= record.bytes;
        closed.add(record);
      }
    }
    emit(closed, emitted);
  }
}
