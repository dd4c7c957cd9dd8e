package io.logcaster.tail;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;

/** What a reader wants to see, evaluated batch by batch on one thread at a time. */
@FunctionalInterface
interface TailQuery {

  /** The rows that the query makes of a batch. */
  Rows rows(RecordBatch batch);

  /** Some rows, to be counted, or to be printed one after the other. */
  interface Rows {

    int size();

    /** Prints the next row as a JSON object; called at most {@link #size()} times. */
    void printNext(RecordJson json);
  }
}
