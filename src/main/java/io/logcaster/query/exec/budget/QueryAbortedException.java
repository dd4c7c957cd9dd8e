package io.logcaster.query.exec.budget;

/** A query reached one of its limits or was cancelled. */
public final class QueryAbortedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** More memory than a query may use. */
  public static final String MEMORY = "query_memory_limit";

  /** More memory than all queries together may use. */
  public static final String BUSY = "too_many_queries";

  /** More time than a query may take. */
  public static final String TIMEOUT = "query_timeout";

  /** The client no longer waits for the result. */
  public static final String CANCELLED = "query_cancelled";

  private final String code;

  public QueryAbortedException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  /** A result that is held in memory has more rows than it may. */
  public static QueryAbortedException tooManyRows(int limit) {
    return new QueryAbortedException(
        MEMORY, "The result has more than " + limit + " rows; add a limit pipe or group the rows");
  }

  /** The stable code of what happened. */
  public String code() {
    return code;
  }
}
