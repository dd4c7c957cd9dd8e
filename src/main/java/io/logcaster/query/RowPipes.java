package io.logcaster.query;

import io.logcaster.query.ast.CopyPipe;
import io.logcaster.query.ast.DecolorizePipe;
import io.logcaster.query.ast.DeletePipe;
import io.logcaster.query.ast.DropEmptyFieldsPipe;
import io.logcaster.query.ast.ExtractPipe;
import io.logcaster.query.ast.ExtractRegexpPipe;
import io.logcaster.query.ast.FormatPipe;
import io.logcaster.query.ast.MathPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.RenamePipe;
import io.logcaster.query.ast.ReplacePipe;
import io.logcaster.query.ast.ReplaceRegexpPipe;
import io.logcaster.query.ast.UnpackPairsPipe;
import io.logcaster.query.ast.UnpackSyslogPipe;
import io.logcaster.query.exec.LivePipeline;
import io.logcaster.query.exec.LivePipeline.Part;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.budget.MemoryPool;
import io.logcaster.query.exec.filter.FilterCompiler;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.Overlay;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pipes that change the fields of records on their way in, each record by itself. A column that no
 * pipe touches stays the same object, so what is not changed costs nothing. Not thread-safe.
 */
public final class RowPipes {

  /** Pipes read the date when they are made: syslog times have no year. */
  private static final long RENEWED_NANOS = 3_600 * Timestamps.SECOND;

  private static final Set<String> BUILT_IN =
      Set.of(Field.TIME, Field.STREAM, Field.STREAM_ID, Field.MESSAGE);

  private final Query query;
  private final FilterCompiler compiler;
  private final LongSupplier clock;
  private @Nullable LivePipeline pipeline;
  private long made;

  RowPipes(Query query, FilterCompiler compiler, LongSupplier clock) {
    this.query = query;
    this.compiler = compiler;
    this.clock = clock;
    made = clock.getAsLong();
    pipeline = make();
  }

  static void check(List<Pipe> pipes, String text) {
    if (pipes.isEmpty()) {
      throw new QuerySyntaxException("Expected a pipe", text, text.length());
    }
    for (Pipe pipe : pipes) {
      if (!changesRecord(pipe)) {
        StringBuilder printed = new StringBuilder();
        pipe.print(printed);
        throw new QuerySyntaxException(
            "The pipe '" + printed + "' does not change the fields of a record", text, 0);
      }
    }
  }

  private static boolean changesRecord(Pipe pipe) {
    return pipe instanceof ExtractPipe
        || pipe instanceof ExtractRegexpPipe
        || pipe instanceof UnpackPairsPipe
        || pipe instanceof UnpackSyslogPipe
        || pipe instanceof RenamePipe
        || pipe instanceof CopyPipe
        || pipe instanceof DeletePipe
        || pipe instanceof FormatPipe
        || pipe instanceof ReplacePipe
        || pipe instanceof ReplaceRegexpPipe
        || pipe instanceof MathPipe
        || pipe instanceof DropEmptyFieldsPipe
        || pipe instanceof DecolorizePipe;
  }

  /**
   * Records after the pipes.
   *
   * @param batch as many rows as before, in the same order
   * @param failed rows whose new {@code _time} is not a time, so that they keep the old one; null
   *     if there are none
   */
  public record Changed(RecordBatch batch, @Nullable Bitmap failed) {}

  private LivePipeline make() {
    Budget budget =
        new Budget(
            new MemoryPool(Long.MAX_VALUE >> 1),
            Long.MAX_VALUE >> 1,
            Long.MAX_VALUE >> 1,
            System::nanoTime,
            () -> false);
    return new LivePipeline(query, compiler, clock, budget);
  }

  /**
   * Runs the pipes on some rows. The work is limited by the {@link io.logcaster.record.WorkLimit}
   * of the thread.
   *
   * @param rows the rows to change; not changed itself
   * @param all the rows that matter; values of others are lost
   */
  public Changed apply(RecordBatch batch, Bitmap rows, Bitmap all) {
    long now = clock.getAsLong();
    LivePipeline current = pipeline;
    if (current == null || now - made > RENEWED_NANOS) {
      made = now;
      current = make();
    }
    // A pipeline that failed is not used again.
    pipeline = null;
    Changed changed = new Changed(batch, null);
    for (Part part : current.run(batch, rows.copy())) {
      changed = merge(changed.batch, part.frame(), part.rows(), all);
    }
    pipeline = current;
    return changed;
  }

  private static Changed merge(RecordBatch batch, Frame frame, Bitmap rows, Bitmap all) {
    boolean whole = rows.equals(all);
    Set<String> names = Set.copyOf(frame.names());
    Map<String, Column> fields = new LinkedHashMap<>();
    for (String name : batch.fieldNames()) {
      Column column = names.contains(name) ? frame.column(name) : ConstantColumn.empty(name);
      put(fields, merged(name, column, batch.column(name), rows, all, whole));
    }
    for (String name : frame.names()) {
      if (!BUILT_IN.contains(name) && !fields.containsKey(name)) {
        put(fields, merged(name, frame.column(name), batch.column(name), rows, all, whole));
      }
    }
    Column message =
        merged(
            Field.MESSAGE,
            frame.column(Field.MESSAGE),
            batch.column(Field.MESSAGE),
            rows,
            all,
            whole);
    long[] times = batch.times();
    Bitmap failed = null;
    if (names.contains(Field.TIME) && !(frame.column(Field.TIME) instanceof TimeColumn)) {
      failed = Bitmap.none(batch.size());
      times = times(frame.column(Field.TIME), times, rows, failed);
      failed = failed.isEmpty() ? null : failed;
    }
    return new Changed(batch.withColumns(times, message, fields), failed);
  }

  private static void put(Map<String, Column> fields, Column column) {
    if (!(column instanceof ConstantColumn && column.isEmpty(0))) {
      fields.put(column.name(), column);
    }
  }

  @SuppressWarnings("ReferenceEquality") // an untouched column is the same object
  private static Column merged(
      String name, Column fresh, Column old, Bitmap rows, Bitmap all, boolean whole) {
    if (fresh == old) {
      return old;
    }
    if (!whole) {
      return Overlay.choose(name, all, rows, fresh, old);
    }
    if (fresh instanceof ArenaColumn
        || fresh instanceof DictionaryColumn
        || fresh instanceof ConstantColumn) {
      return fresh.name().equals(name)
          ? fresh
          : fresh.map(name, rows, (bytes, from, to, target) -> target.append(bytes, from, to));
    }
    return Overlay.choose(name, all, rows, fresh, fresh);
  }

  private static long[] times(Column texts, long[] old, Bitmap rows, Bitmap failed) {
    long[] times = Arrays.copyOf(old, rows.size());
    byte[] bytes = texts.bytes();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      long time = time(bytes, texts.start(row), texts.end(row));
      if (time != Timestamps.INVALID) {
        times[row] = time;
      } else if (!texts.isEmpty(row)) {
        failed.set(row);
      }
    }
    return times;
  }

  /** RFC 3339, or a number of seconds, milliseconds, microseconds or nanoseconds by its length. */
  private static long time(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length != 10 && length != 13 && length != 16 && length != 19) {
      return Timestamps.parse(bytes, from, to);
    }
    long number = 0;
    for (int at = from; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || number > Long.MAX_VALUE / 10 - 1) {
        return Timestamps.parse(bytes, from, to);
      }
      number = number * 10 + digit;
    }
    for (int at = length; at < 19; at += 3) {
      number *= 1_000;
    }
    return number;
  }
}
