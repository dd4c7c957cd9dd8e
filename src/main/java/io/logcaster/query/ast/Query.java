package io.logcaster.query.ast;

import io.logcaster.query.value.Durations;
import java.util.ArrayList;
import java.util.List;

/** A query: options, a filter, and pipes. */
public record Query(Options options, Filter filter, List<Pipe> pipes) implements RowSource {

  /**
   * How to run a query.
   *
   * @param concurrency how many threads may work at once, 0 for as many as there are
   * @param ignoreGlobalTime whether to ignore the time range given beside the query
   * @param timeOffset how far the times of records are shifted into the future, in nanoseconds
   * @param hidden the fields that are hidden from the query; set by the request, not by the query's
   *     text
   */
  public record Options(
      int concurrency, boolean ignoreGlobalTime, long timeOffset, List<FieldPattern> hidden) {

    /** The options of a query that gives none. */
    public static final Options DEFAULT = new Options(0, false, 0, List.of());

    public Options {
      hidden = List.copyOf(hidden);
    }

    /** The same with one worker and all times. */
    public Options ofAllTimes() {
      return new Options(1, true, timeOffset, hidden);
    }

    void print(StringBuilder out) {
      List<String> options = new ArrayList<>();
      if (concurrency > 0) {
        options.add("concurrency=" + concurrency);
      }
      if (ignoreGlobalTime) {
        options.add("ignore_global_time_filter=true");
      }
      if (timeOffset != 0) {
        options.add("time_offset=" + Durations.format(timeOffset));
      }
      if (!options.isEmpty()) {
        out.append("options(").append(String.join(", ", options)).append(") ");
      }
    }
  }

  public Query {
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
  public Query with(Pipe pipe) {
    List<Pipe> more = new ArrayList<>(pipes);
    more.add(pipe);
    return new Query(options, filter, more);
  }

  /** The same query up to its first pipe that is not a filter. */
  public Query filters() {
    int end = 0;
    while (end < pipes.size() && pipes.get(end) instanceof FilterPipe) {
      end++;
    }
    return new Query(options, filter, pipes.subList(0, end));
  }
}
