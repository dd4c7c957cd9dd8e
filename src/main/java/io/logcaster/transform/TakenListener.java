package io.logcaster.transform;

import io.logcaster.record.RecordBatch;

/** Sees the records that are not stored, as long as somebody watches what is taken out. */
public interface TakenListener {

  /** Sees nothing. */
  TakenListener NOBODY =
      new TakenListener() {
        @Override
        public boolean isWatching() {
          return false;
        }

        @Override
        public void taken(RecordBatch records) {}
      };

  /** Whether anybody watches; if not, nothing is copied for {@link #taken}. */
  boolean isWatching();

  /** Called with marked copies, as of {@link Taken}. Must return at once and never throw. */
  void taken(RecordBatch records);
}
