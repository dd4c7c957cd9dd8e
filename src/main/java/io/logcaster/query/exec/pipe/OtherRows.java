package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.InlineRows;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.RowSource;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.record.Bitmap;
import java.io.IOException;
import java.util.Map;

/**
 * Produces the rows of a {@link RowSource}: runs a subquery, or takes the rows that are written in
 * the query.
 */
final class OtherRows {

  private OtherRows() {}

  static void run(RowSource source, QueryContext context, RowSink sink) throws IOException {
    switch (source) {
      case Query query -> context.subqueries().run(query, sink);
      case InlineRows inline -> {
        RowList out = new RowList();
        for (Map<String, String> row : inline.rows()) {
          row.forEach((name, value) -> out.set(out.column(name), value));
          out.end();
        }
        int size = out.size();
        if (size > 0) {
          sink.push(out.take(), Bitmap.all(size), 0);
        }
      }
    }
  }
}
