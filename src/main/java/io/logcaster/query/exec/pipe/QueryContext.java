package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.Query.Options;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.filter.FilterCompiler;
import io.logcaster.query.exec.filter.RowMatcher;
import io.logcaster.query.exec.frame.RowSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of a running query share.
 *
 * @param minTime the earliest time of records, in nanoseconds since the epoch
 * @param maxTime the latest time
 * @param now the moment from which relative times count, the same for the whole query
 * @param present the time by the clock when the query began
 * @param workers how many threads may push at once
 * @param budget what the query may use
 * @param compiler compiles the conditions of pipes
 * @param counts what the scan has read so far
 * @param options how the query runs
 * @param subqueries runs queries within this one
 */
public record QueryContext(
    long minTime,
    long maxTime,
    long now,
    long present,
    int workers,
    Budget budget,
    FilterCompiler compiler,
    ScanCounts counts,
    Options options,
    Subqueries subqueries) {

  /** Runs queries within a query, with the same range and budget. */
  @FunctionalInterface
  public interface Subqueries {

    /** Runs a query and hands its rows over. */
    void run(Query query, RowSink sink) throws IOException;
  }

  public @Nullable RowMatcher condition(@Nullable Filter condition) {
    return compiler.condition(condition);
  }
}
