package io.logcaster.query;

import io.logcaster.query.exec.PatternMiner;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** The templates of messages: what programs print again and again. */
@RestController
@RequestMapping(
    path = {"/api/v1", "/select/logsql"},
    method = {RequestMethod.GET, RequestMethod.POST})
class PatternsController {

  private static final long DEFAULT_LIMIT = 50;

  private static final long DEFAULT_PARTS = 30;

  private static final long MAX_PARTS = 1_000;

  private final HttpQueries queries;

  private final Clock clock;

  PatternsController(HttpQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * Templates, the most frequent first.
   *
   * @param total how many records the query selects
   */
  record Patterns(List<PatternMiner.Pattern> patterns, long total) {}

  @Operation(
      summary = "The templates of the messages that a query selects",
      description = "With their counts, trend and an example")
  @RequestMapping("/patterns")
  Patterns patterns(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    long limit = arguments.number("limit", DEFAULT_LIMIT);
    int parts = (int) Math.clamp(arguments.number("parts", DEFAULT_PARTS), 1, MAX_PARTS);
    QueryRange range = arguments.range();
    PatternMiner miner = new PatternMiner(queries.workers());
    queries.run(request, arguments, arguments.query().tree(), range, arguments.moment(), miner);
    List<PatternMiner.Pattern> patterns = miner.patterns(limit, parts, range.start(), range.end());
    return new Patterns(patterns, miner.rows());
  }
}
