package io.logcaster.query;

import io.logcaster.query.ast.Pipe;
import io.logcaster.query.exec.ScanCounts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Tells how a query is understood, and what running it met. */
@Component
class QueryExplanation {

  private final QueryEngine engine;

  private final QueryGate gate;

  private final QueryLimits limits;

  QueryExplanation(QueryEngine engine, QueryGate gate, QueryLimits limits) {
    this.engine = engine;
    this.gate = gate;
    this.limits = limits;
  }

  Map<String, Object> explain(HttpServletRequest request, QueryArguments arguments)
      throws IOException {
    Query query = arguments.query();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("canonical", query.canonical());
    answer.put("filter", query.tree().filter().canonical());
    answer.put("pipes", pipes(query.tree().pipes()));
    if (arguments.flag("run")) {
      answer.put("run", run(request, arguments, query));
    }
    return answer;
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

  private Map<String, Object> run(HttpServletRequest request, QueryArguments arguments, Query query)
      throws IOException {
    long[] rows = new long[1];
    gate.enter();
    try {
      long begin = System.nanoTime();
      ScanCounts counts =
          engine.run(
              query,
              arguments.range(),
              arguments.timeout(limits.time()),
              (found) -> {
                rows[0] += found.size();
                return true;
              },
              ConnectionWatch.closed(request));
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("blocksRead", counts.blocksRead());
      run.put("blocksPruned", counts.blocksPruned());
      run.put("rowsFound", counts.rowsFound());
      run.put("rowsReturned", rows[0]);
      run.put("millis", (System.nanoTime() - begin) / 1e6);
      return run;
    } finally {
      gate.leave();
    }
  }
}
