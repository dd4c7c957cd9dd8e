package io.logcaster.query;

import io.logcaster.query.exec.PatternComparison;
import io.logcaster.query.exec.PatternComparison.Change;
import io.logcaster.query.exec.PatternComparison.Kind;
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

  private final TemplateIds ids;

  private final Clock clock;

  PatternsController(HttpQueries queries, TemplateIds ids, Clock clock) {
    this.queries = queries;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A template.
   *
   * @param id under which {@code /api/v1/templates} knows it, or the most frequent of the templates
   *     that it stands for
   * @param pattern the text, with {@code <*>} for what varies
   * @param count how many records have it
   * @param trend counts over equal parts of the range, oldest first
   * @param example a message
   */
  record Pattern(String id, String pattern, long count, List<Long> trend, String example) {}

  /**
   * Templates, the most frequent first.
   *
   * @param total how many records the query selects
   */
  record Patterns(List<Pattern> patterns, long total) {}

  @Operation(
      summary = "The templates of the messages that a query selects",
      description = "With their counts, trend and an example")
  @RequestMapping("/patterns")
  Patterns patterns(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    long limit = arguments.number("limit", DEFAULT_LIMIT);
    int parts = (int) Math.clamp(arguments.number("parts", DEFAULT_PARTS), 1, MAX_PARTS);
    QueryRange range = arguments.range();
    PatternMiner miner = PatternMiner.withTrends(queries.workers());
    queries.run(request, arguments, arguments.query().tree(), range, arguments.moment(), miner);
    List<Pattern> patterns =
        miner.patterns(limit, parts, range.start(), range.end()).stream()
            .map(
                (found) ->
                    new Pattern(
                        ids.idOf(found.pattern(), found.member()),
                        found.pattern(),
                        found.count(),
                        found.trend(),
                        found.example()))
            .toList();
    return new Patterns(patterns, miner.rows());
  }

  /**
   * A template whose share of the records differs between two ranges.
   *
   * @param id under which {@code /api/v1/templates} knows it, or the most frequent of the templates
   *     that it stands for
   * @param template the text, with {@code <*>} for what varies
   * @param count how many records of the range have it
   * @param baseCount how many records of the base have it
   * @param ratio its share of the range divided by that of the base, each with half a record added
   * @param score the log-likelihood ratio: above 10.83, one in a thousand is due to chance
   * @param example a message
   */
  record ChangedPattern(
      String id,
      String template,
      long count,
      long baseCount,
      double ratio,
      double score,
      String example) {}

  /**
   * What differs, the highest scores first.
   *
   * @param total the records of the range
   * @param baseTotal the records of the base
   */
  record Comparison(
      List<ChangedPattern> appeared,
      List<ChangedPattern> vanished,
      List<ChangedPattern> grew,
      List<ChangedPattern> shrank,
      long total,
      long baseTotal) {}

  @Operation(
      summary = "The templates that differ between two ranges",
      description =
          "Compares the range of start and end, by default now, with that of baseStart and baseEnd,"
              + " by default the range of the same length before. A template grew or shrank if its"
              + " share of the records did: the score is the log-likelihood ratio, of which 10.83"
              + " is the least, and the ratio of the shares is at least 1.25 in one direction."
              + " limit applies to each of the four lists.")
  @RequestMapping("/patterns/compare")
  Comparison compare(HttpServletRequest request) throws IOException {
    QueryArguments arguments = new QueryArguments(request, clock);
    long limit = arguments.number("limit", DEFAULT_LIMIT);
    ComparedRanges ranges = ComparedRanges.of(arguments);
    PatternMiner now = PatternMiner.counting(queries.workers());
    PatternMiner before = PatternMiner.counting(queries.workers());
    queries.run(
        request,
        arguments,
        arguments.query().tree(),
        List.of(
            new HttpQueries.Side(ranges.range(), now),
            new HttpQueries.Side(ranges.base(), before)));
    List<Change> changes = PatternComparison.of(now, before);
    return new Comparison(
        some(changes, Kind.APPEARED, limit),
        some(changes, Kind.VANISHED, limit),
        some(changes, Kind.GREW, limit),
        some(changes, Kind.SHRANK, limit),
        now.rows(),
        before.rows());
  }

  private List<ChangedPattern> some(List<Change> changes, Kind kind, long limit) {
    return changes.stream()
        .filter((change) -> change.kind() == kind)
        .limit((limit == 0) ? Long.MAX_VALUE : limit)
        .map(
            (change) ->
                new ChangedPattern(
                    ids.idOf(change.pattern(), change.member()),
                    change.pattern(),
                    change.count(),
                    change.baseCount(),
                    change.ratio(),
                    change.score(),
                    change.example()))
        .toList();
  }
}
