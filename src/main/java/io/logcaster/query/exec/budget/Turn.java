package io.logcaster.query.exec.budget;

/** The place of a query among others that want to go on. */
public interface Turn {

  /** The turn of a query that shares with nobody. */
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
   * Waits until the query may go on. Called before each block that one of its threads reads.
   *
   * @param check throws where the query ends meanwhile; called often
   */
  void await(Runnable check);

  /** How long the query waited so far, which does not count as its time. */
  long waitedNanos();
}
