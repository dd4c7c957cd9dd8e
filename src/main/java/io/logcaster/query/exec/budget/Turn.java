package io.logcaster.query.exec.budget;

/** The turn of a query among others that share the processors. */
public interface Turn {

  /** The turn of a query that shares with no other. */
  Turn ALWAYS =
      new Turn() {
        @Override
        public void await(Runnable check) {}

        @Override
        public long waitedNanos() {
          return 0;
        }
      };

  /**
   * Waits until the query may continue. Called before each block that one of its threads reads.
   *
   * @param check throws if the query must end meanwhile; called often
   */
  void await(Runnable check);

  /** How long the query waited so far, which does not count as its time. */
  long waitedNanos();
}
