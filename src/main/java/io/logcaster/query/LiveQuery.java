package io.logcaster.query;

import io.logcaster.query.exec.LivePipeline;
import io.logcaster.record.RecordBatch;
import java.util.List;
import java.util.Map;

/** A query that runs on batches as they arrive: a filter and row-wise pipes. Not thread-safe. */
public final class LiveQuery {

  private final LivePipeline pipeline;

  LiveQuery(LivePipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** The rows of the query's result for a batch, as maps of their non-empty fields. */
  public List<Map<String, String>> rows(RecordBatch batch) {
    return pipeline.run(batch).stream()
        .flatMap((part) -> new ResultRows(part.frame(), part.rows()).toMaps().stream())
        .toList();
  }
}
