package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.FieldNamesPipe;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.frame.TimeColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.storage.BlockSummary;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts, for each field, the rows that have a value in it: {@code field_names}. */
public final class FieldNamesOperator extends Operator implements Mergeable, SummaryReader {

  private final String filter;

  private final String result;

  private final Map<String, Long> counts = new HashMap<>();

  private @Nullable Consumer<StateOutput> target;

  public FieldNamesOperator(FieldNamesPipe pipe, Operator next) {
    super(next);
    filter = pipe.filter();
    result = pipe.result();
  }

  @Override
  public boolean push(Frame frame, Bitmap rows, int worker) {
    Map<String, Long> found = new HashMap<>();
    for (String name : frame.names()) {
      if (!name.contains(filter)) {
        continue;
      }
      Column column = frame.column(name);
      long count = rows.cardinality();
      if (!(column instanceof TimeColumn)) {
        Bitmap filled = rows.copy();
        column.retain(filled, BytesPredicate.FILLED);
        count = filled.cardinality();
      }
      if (count > 0) {
        found.put(name, count);
      }
    }
    synchronized (counts) {
      found.forEach((name, count) -> counts.merge(name, count, Long::sum));
    }
    return true;
  }

  @Override
  public long pushSummary(BlockSummary block, int worker) {
    Map<String, Long> found = block.fieldCounts();
    if (found == null) {
      return -1;
    }
    synchronized (counts) {
      found.forEach(
          (name, count) -> {
            if (count > 0 && name.contains(filter)) {
              counts.merge(name, count, Long::sum);
            }
          });
    }
    return found.getOrDefault(Field.TIME, 0L);
  }

  @Override
  public void handOver(Consumer<StateOutput> elsewhere) {
    target = elsewhere;
  }

  @Override
  public void merge(StateInput state) {
    int size = state.count(2);
    synchronized (counts) {
      for (int i = 0; i < size; i++) {
        counts.merge(state.string(), state.number(), Long::sum);
      }
    }
  }

  private StateOutput state() {
    StateOutput out = new StateOutput().number(counts.size());
    counts.forEach((name, count) -> out.text(name).number(count));
    return out;
  }

  @Override
  public void finish() throws IOException {
    Consumer<StateOutput> elsewhere = target;
    if (elsewhere != null) {
      elsewhere.accept(state());
      next().finish();
      return;
    }
    RowList out = new RowList();
    int name = out.column(result);
    int hits = out.column(result.equals("hits") ? "hitss" : "hits");
    for (Map.Entry<String, Long> entry : new TreeMap<>(counts).entrySet()) {
      out.set(name, entry.getKey()).set(hits, entry.getValue().toString()).end();
    }
    out.flush(next(), 0);
    next().finish();
  }
}
