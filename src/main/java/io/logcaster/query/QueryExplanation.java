package io.logcaster.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells how the server understands a query, and what running it costs. */
@Component
class QueryExplanation {

  private final HttpQueries queries;

  QueryExplanation(HttpQueries queries) {
    this.queries = queries;
  }

  /**
   * How a query is understood.
   *
   * @param canonical the whole query as the server spells it
   * @param filter its filter alone
   * @param pipes its pipes, each as the server spells it
   * @param run what running it cost; only where asked for
   */
  record Explanation(
      String canonical,
      String filter,
      List<String> pipes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> run) {}

  Explanation explain(HttpServletRequest request, QueryArguments arguments) throws IOException {
    ParsedQuery query = arguments.query();
    return new Explanation(
        query.canonical(),
        query.tree().filter().canonical(),
        pipes(query.tree().pipes()),
        arguments.flag("run") ? run(request, arguments, query) : null);
  }

  private static List<String> pipes(List<Pipe> pipes) {
    return pipes.stream()
        .map(
            (pipe) -> {
              StringBuilder text = new StringBuilder();
              pipe.print(text);
              return text.toString();
            })
        .toList();
  }

  private Map<String, Object> run(
      HttpServletRequest request, QueryArguments arguments, ParsedQuery query) throws IOException {
    long[] rows = new long[1];
    long begin = System.nanoTime();
    ScanCounts counts =
        queries.measure(
            request,
            arguments,
            query,
            arguments.range(),
            (found) -> {
              rows[0] += found.size();
              return true;
            });
    double millis = (System.nanoTime() - begin) / 1e6;
    Map<String, Object> run = new LinkedHashMap<>();
    ScanTrace trace = counts.trace();
    run.put("segments", trace.get(Count.SEGMENTS));
    run.put("segmentsOutOfTime", trace.get(Count.SEGMENTS_OUT_OF_TIME));
    run.put("blocks", trace.get(Count.BLOCKS));
    run.put("blocksOutOfTime", trace.get(Count.BLOCKS_OUT_OF_TIME));
    run.put("blocksNotWanted", counts.blocksNotWanted());
    run.put("blocksPruned", counts.blocksPruned());
    run.put("blocksCounted", trace.get(Count.BLOCKS_COUNTED));
    run.put("blocksRead", counts.blocksRead() - trace.get(Count.BLOCKS_COUNTED));
    run.put("bytesRead", trace.get(Count.BYTES_READ));
    run.put("bytesFetched", trace.get(Count.BYTES_FETCHED));
    run.put("valuesDecoded", trace.get(Count.VALUES_DECODED));
    run.put("rowsFound", counts.rowsFound());
    run.put("rowsReturned", rows[0]);
    run.put("millis", millis);
    Map<String, Object> stages = new LinkedHashMap<>();
    stages.put("chooseMillis", trace.get(Count.CHOOSE_NANOS) / 1e6);
    stages.put("filterMillis", trace.get(Count.FILTER_NANOS) / 1e6);
    stages.put("pipesMillis", trace.get(Count.TAKE_NANOS) / 1e6);
    run.put("workers", stages);
    if (trace.lookup() != null) {
      Map<String, Object> lookup = new LinkedHashMap<>();
      lookup.put("query", trace.lookup());
      lookup.put("filter", trace.isLookupWhole() ? "whole" : "part");
      lookup.put("pipes", trace.get(Count.BLOCKS_COUNTED) > 0 ? "aggregations" : "LogCaster");
      if (trace.get(Count.BLOCKS_COUNTED) > 0 && trace.aggregations() != null) {
        lookup.put("aggregations", trace.aggregations());
      }
      run.put("lookup", lookup);
    }
    if (!trace.damage().isEmpty()) {
      run.put("damage", trace.damage());
    }
    return run;
  }
}
