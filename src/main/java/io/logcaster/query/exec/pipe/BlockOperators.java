package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.ValueIds;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** The pipes that show how rows are stored: {@code blocks_count} and {@code block_stats}. */
public final class BlockOperators {

  private BlockOperators() {}

  /** Counts the blocks that rows come from. */
  public static final class Count extends Operator {

    private final String result;

    private final LongAdder blocks = new LongAdder();

    public Count(String result, Operator next) {
      super(next);
      this.result = result;
    }

    @Override
    public boolean push(Frame frame, Bitmap rows, int worker) {
      blocks.increment();
      return true;
    }

    @Override
    public void finish() throws IOException {
      RowList out = new RowList();
      out.set(out.column(result), Long.toString(blocks.sum())).end();
      out.flush(next(), 0);
      next().finish();
    }
  }

  /** Describes, for each field in each block, the kind and the size of its column. */
  public static final class Stats extends Operator {

    public Stats(Operator next) {
      super(next);
    }

    @Override
    public boolean push(Frame frame, Bitmap rows, int worker) {
      RowList out = new RowList();
      for (String name : frame.names()) {
        Column column = frame.column(name);
        boolean dictionary = column.type().equals("dict");
        out.set(out.column("field"), name)
            .set(out.column("type"), column.type())
            .set(out.column("rows"), Integer.toString(frame.size()))
            .set(out.column("values_bytes"), Long.toString(column.memoryBytes()))
            .set(out.column("bloom_bytes"), "0")
            .set(
                out.column("dict_bytes"),
                dictionary ? Integer.toString(column.bytes().length) : "0")
            .set(
                out.column("dict_items"),
                dictionary ? Integer.toString(items(column, frame.size())) : "0")
            .end();
      }
      return out.flush(next(), worker);
    }

    private static int items(Column column, int size) {
      ValueIds ids = new ValueIds();
      column.encode(Bitmap.all(size), ids::id, new int[size]);
      return ids.size();
    }
  }
}
