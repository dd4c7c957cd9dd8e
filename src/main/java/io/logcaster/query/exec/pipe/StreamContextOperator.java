package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.StreamContextPipe;
import io.logcaster.query.ast.StreamIdFilter;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.StoredRow;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds the records before and after each row in its stream: {@code stream_context}. A record with
 * the message {@code ---} separates records that do not follow each other.
 */
public final class StreamContextOperator extends Operator {

  private static final String SEPARATOR = "---";

  private final StreamContextPipe pipe;

  private final QueryContext context;

  /** The times of rows by the identities of their streams. */
  private final Map<String, List<Long>> found = new TreeMap<>();

  public StreamContextOperator(StreamContextPipe pipe, QueryContext context, Operator next) {
    super(next);
    this.pipe = pipe;
    this.context = context;
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    Column ids = frame.column(Field.STREAM_ID);
    Column times = frame.column(Field.TIME);
    context.budget().reserve(32L * rows.cardinality());
    synchronized (found) {
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        long time =
            (times instanceof TimeColumn column)
                ? column.times()[row]
                : Timestamps.parse(times.text(row));
        if (time != Timestamps.INVALID) {
          found.computeIfAbsent(ids.text(row), (key) -> new ArrayList<>()).add(time);
        }
      }
    }
    return true;
  }

  @Override
  public void finish() throws IOException {
    RowList out = new RowList();
    boolean more = true;
    for (Map.Entry<String, List<Long>> stream : found.entrySet()) {
      if (more && !stream.getKey().isEmpty()) {
        context.budget().check();
        more = emit(stream.getKey(), stream.getValue(), out);
      }
    }
    out.flush(next(), 0);
    next().finish();
  }

  private record Near(long time, String stream, StoredRow row) {}

  /** The last record of a chunk; a separator follows it if another chunk comes. */
  private @Nullable Near chunkEnd;

  private String chunkStream = "";

  private void separate(Near end, String streamId, RowList out) {
    out.set(out.column(Field.TIME), Timestamps.format(end.time + 1))
        .set(out.column(Field.STREAM_ID), streamId)
        .set(out.column(Field.STREAM), end.stream)
        .set(out.column(Field.MESSAGE), SEPARATOR)
        .end();
  }

  private boolean emit(String stream, List<Long> times, RowList out) throws IOException {
    times.sort(null);
    List<Near> records = records(stream, times);
    boolean[] wanted = wanted(records, times);
    int last = -1;
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i]) {
        continue;
      }
      Near end = chunkEnd;
      if (end != null && (last < 0 || last < i - 1)) {
        separate(end, (last < 0) ? chunkStream : stream, out);
      }
      chunkEnd = records.get(i);
      chunkStream = stream;
      records.get(i).row.copyTo(out);
      out.end();
      last = i;
      if (out.isFull()) {
        context.budget().check();
        if (!out.flush(next(), 0)) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Marks the records around some times, in one pass: the ranges around ascending times begin and
   * end in ascending order.
   */
  private boolean[] wanted(List<Near> records, List<Long> times) {
    int size = records.size();
    boolean[] wanted = new boolean[size];
    int at = 0;
    int first = 0;
    int marked = 0;
    for (long time : times) {
      context.budget().check();
      while (at < size && records.get(at).time < time) {
        at++;
      }
      int same = at;
      while (same < size && records.get(same).time == time) {
        same++;
      }
      if (same == at) {
        continue;
      }
      while (first < at && time - records.get(first).time > pipe.window()) {
        first++;
      }
      int from = (int) Math.max(first, at - pipe.before());
      long end = same + Math.min((long) size - same, pipe.after());
      for (int i = Math.max(from, marked);
          i < end && records.get(i).time - time <= pipe.window();
          i++) {
        wanted[i] = true;
        marked = i + 1;
      }
      at = same; // the same time may occur again
    }
    return wanted;
  }

  /** The records of a stream from the window before the first row to the window after the last. */
  private List<Near> records(String stream, List<Long> times) throws IOException {
    // So that adding the window to a time cannot overflow.
    long window = Math.min(pipe.window(), Long.MAX_VALUE >> 1);
    long min = times.getFirst() - window;
    long max = times.getLast() + window;
    List<Near> records = new ArrayList<>();
    Query query =
        new Query(
            context.options().ofAllTimes(),
            stream.isEmpty() ? new AllFilter() : new StreamIdFilter(List.of(stream), null),
            List.of());
    context
        .subqueries()
        .run(
            query,
            (frame, rows, worker) -> {
              Column column = frame.column(Field.TIME);
              List<String> names = frame.names();
              Column[] columns = StoredRow.columns(frame, names, rows);
              int first = rows.next(0);
              String text = (first < 0) ? "" : frame.column(Field.STREAM).text(first);
              for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
                long time =
                    (column instanceof TimeColumn known)
                        ? known.times()[row]
                        : Timestamps.parse(column.text(row));
                if (time >= min && time <= max) {
                  StoredRow stored = StoredRow.of(names, columns, row);
                  context.budget().reserve(stored.memoryBytes());
                  synchronized (records) {
                    records.add(new Near(time, text, stored));
                  }
                }
              }
              return true;
            });
    records.sort(Comparator.comparingLong(Near::time));
    return records;
  }
}
