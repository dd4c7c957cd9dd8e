package io.logcaster.query.ast;

import java.util.ArrayList;
import java.util.List;

/** A query: options, a filter, and pipes. */
public record QueryTree(Options options, Filter filter, List<Pipe> pipes) implements RowSource {

  /**
   * How to run a query.
   *
   * @param concurrency how many threads may work at once, 0 for as many as there are
   * @param ignoreGlobalTime whether the time range beside the query does not hold
   */
  public record Options(int concurrency, boolean ignoreGlobalTime) {

    /** Nothing said. */
    public static final Options DEFAULT = new Options(0, false);

    void print(StringBuilder out) {
      if (equals(DEFAULT)) {
        return;
      }
      out.append("options(");
      if (concurrency > 0) {
        out.append("concurrency=").append(concurrency);
      }
      if (ignoreGlobalTime) {
        out.append((concurrency > 0) ? ", " : "").append("ignore_global_time_filter=true");
      }
      out.append(") ");
    }
  }

  public QueryTree {
    pipes = List.copyOf(pipes);
  }

  /** Appends the canonical text. */
  public void print(StringBuilder out) {
    options.print(out);
    filter.print(out);
    for (Pipe pipe : pipes) {
      out.append(" | ");
      pipe.print(out);
    }
  }

  /** The canonical text. */
  public String canonical() {
    StringBuilder out = new StringBuilder();
    print(out);
    return out.toString();
  }

  /** The same query with one more pipe at its end. */
  public QueryTree with(Pipe pipe) {
    List<Pipe> more = new ArrayList<>(pipes);
    more.add(pipe);
    return new QueryTree(options, filter, more);
  }
}
