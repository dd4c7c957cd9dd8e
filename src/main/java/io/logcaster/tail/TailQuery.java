package io.logcaster.tail;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;

/** A reader's query, evaluated batch by batch on one thread at a time. */
@FunctionalInterface
interface TailQuery {

  /** The rows that the query selects from a batch. */
  Rows rows(RecordBatch batch);

  /** Rows that can be counted or printed one by one. */
  interface Rows {

    int size();

    /** Prints the next row as a JSON object; called at most {@link #size()} times. */
    void printNext(RecordJson json);
  }
}
