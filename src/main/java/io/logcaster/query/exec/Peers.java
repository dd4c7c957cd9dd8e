package io.logcaster.query.exec;

import io.logcaster.query.ast.Query;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.StateInput;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Other servers whose records belong to the answer of a query. Each runs the first part of the
 * query on its own records; its rows, or the state of its last operator, are merged here.
 */
@FunctionalInterface
public interface Peers {

  /** No other servers. */
  Peers NONE = (question) -> null;

  /**
   * Begins to ask all servers, without waiting for any. To be closed, which cancels what runs.
   *
   * @return null if there are none
   */
  @Nullable Answers ask(Question question);

  /**
   * What a server is asked.
   *
   * @param query the first part of a query
   * @param minTime the earliest time of records, in nanoseconds since the epoch
   * @param maxTime the latest time
   * @param now the moment from which relative times count
   * @param present the time by the clock
   * @param subqueries the values of the queries within the query, by their canonical text
   * @param columns the fields that the rest of the query reads; null for all
   * @param state whether to answer with the state of the last operator rather than with rows
   */
  record Question(
      Query query,
      long minTime,
      long maxTime,
      long now,
      long present,
      Map<String, List<String>> subqueries,
      @Nullable Set<String> columns,
      boolean state) {}

  /** The answers of all servers, as they come. Used by one thread. */
  interface Answers extends AutoCloseable {

    /**
     * The next part of an answer; waits for it, but not long.
     *
     * @return null if none came
     */
    @Nullable Part next() throws InterruptedException;

    /** Whether no more parts will come. */
    boolean isDone();

    /** Stops what still runs. */
    @Override
    void close();
  }

  /** A part of an answer. */
  sealed interface Part {

    /** All rows of a frame. */
    record Rows(Frame frame) implements Part {}

    /** The state of the last operator. */
    record State(StateInput state, int bytes) implements Part {}

    /** What a server's scan met; the end of its answer. */
    record Ended(List<Long> counts, List<String> damage) implements Part {

      /** What a scan met, in the form for {@link ScanCounts#add}. */
      public static Ended of(ScanCounts counts) {
        return new Ended(counts.numbers(), counts.trace().damage());
      }
    }

    /** A server whose records are not in the answer, or not all of them, and why. */
    record Missing(String what) implements Part {

      /** What every such text begins with. */
      public static final String PREFIX = "node ";
    }

    /** A limit of a query was reached on a server, so that the whole query fails. */
    record Failed(String code, String detail) implements Part {}
  }
}
