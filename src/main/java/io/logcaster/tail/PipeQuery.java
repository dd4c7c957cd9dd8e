package io.logcaster.tail;

import io.logcaster.query.LiveQuery;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A query with pipes that transform one row at a time. */
record PipeQuery(LiveQuery query) implements TailQuery {

  @Override
  public Rows rows(RecordBatch batch) {
    List<Map<String, String>> rows = query.rows(batch);
    Iterator<Map<String, String>> next = rows.iterator();
    return new Rows() {

      @Override
      public int size() {
        return rows.size();
      }

      @Override
      public void printNext(RecordJson json) {
        json.object(next.next());
      }
    };
  }
}
