package io.logcaster.query;

import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.exec.StageTaps;
import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.lang.Parser;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What each stage of a query takes in and gives on: its filter, and each of its pipes. */
@RestController
class StagesController {

  /** The records that are read, and the rows that a stage may give on. */
  private static final long MOST_RECORDS = 10_000_000;

  private static final long USUAL_SECONDS = 5;

  private static final int USUAL_ROWS = 5;

  private static final int MOST_ROWS = 100;

  private final HttpQueries queries;

  private final Clock clock;

  StagesController(HttpQueries queries, Clock clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * A query to see through.
   *
   * @param query the query
   * @param start the earliest time; open if missing
   * @param end the latest time; open if missing
   * @param rows how many rows of each stage to show, up to 100
   * @param off the positions of stages to leave out, 0 for the filter
   * @param reading for how long records are read, such as {@code 5s}
   */
  record StagesBody(
      @Nullable String query,
      @Nullable String start,
      @Nullable String end,
      @Nullable Integer rows,
      @Nullable List<Integer> off,
      @Nullable String reading) {}

  /**
   * A stage.
   *
   * @param text its text as the server spells it
   * @param off whether it was left out
   * @param rowsIn the rows it took; of the filter, the records of the range that it tested or ruled
   *     out by their index
   * @param rowsOut the rows it gave on
   * @param millis its own time, added up over all threads
   * @param rows the first rows it gave on
   */
  record QueryStage(
      String text,
      boolean off,
      long rowsIn,
      long rowsOut,
      double millis,
      List<Map<String, String>> rows) {}

  /**
   * The stages of a query.
   *
   * @param complete whether all records of the range were read
   */
  record QueryStages(List<QueryStage> stages, boolean complete) {}

  @Operation(
      summary = "What each stage of a query takes in and gives on",
      description =
          "Runs the query once and reports for its filter and for each of its pipes the rows in and"
              + " out, its own time and its first rows. Reads up to 10 million records for up to 5"
              + " seconds, the newest first; after that, complete is false.")
  @PostMapping("/api/v1/query/stages")
  QueryStages stages(@RequestBody StagesBody body, HttpServletRequest request) throws IOException {
    HttpServletRequest asked = new BodyRequest(request, body);
    QueryArguments arguments = new QueryArguments(asked, clock);
    Query written = HttpQueryReader.asWritten(asked);
    List<String> texts = texts(arguments.required("query"));
    Set<Integer> off = off(body.off(), texts.size());
    int rows = Objects.requireNonNullElse(body.rows(), USUAL_ROWS);
    if (rows < 0 || rows > MOST_ROWS) {
      throw QueryArguments.problem(
          "invalid_parameter",
          "rows",
          "Parameter 'rows' is " + rows + ", but must be from 0 to " + MOST_ROWS);
    }
    long nanos = arguments.duration("reading", TimeUnit.SECONDS.toNanos(USUAL_SECONDS));
    Query query = runnable(written, off, asked);
    long begin = System.nanoTime();
    StageTaps taps =
        new StageTaps(
            query.pipes().size(), rows, MOST_RECORDS, () -> System.nanoTime() - begin > nanos);
    try {
      queries.run(asked, arguments, query, taps);
    } catch (QueryAbortedException ex) {
      throw placed(ex, taps.failedStage(), texts, off);
    }
    return new QueryStages(answer(texts, off, taps.stages()), taps.isComplete());
  }

  /** The texts of the stages, without the filters that the request adds. */
  private static List<String> texts(String text) {
    Query own = Parser.parseAsWritten(text, List.of(), List.of());
    List<String> texts = new ArrayList<>(List.of(own.filter().canonical()));
    for (Pipe pipe : own.pipes()) {
      StringBuilder out = new StringBuilder();
      pipe.print(out);
      texts.add(out.toString());
    }
    return texts;
  }

  private static Set<Integer> off(@Nullable List<Integer> given, int stages) {
    for (Integer position : (given == null) ? List.<Integer>of() : given) {
      if (position == null || position < 0 || position >= stages) {
        throw QueryArguments.problem(
            "invalid_parameter",
            "off",
            "Parameter 'off' has "
                + position
                + ", but the stages of the query are 0 to "
                + (stages - 1));
      }
    }
    return (given == null) ? Set.of() : Set.copyOf(given);
  }

  private static Query runnable(Query written, Set<Integer> off, HttpServletRequest request) {
    List<Pipe> pipes = new ArrayList<>();
    for (int i = 0; i < written.pipes().size(); i++) {
      if (!off.contains(i + 1)) {
        pipes.add(written.pipes().get(i));
      }
    }
    for (int i = 0; i + 1 < pipes.size(); i++) {
      if (pipes.get(i) instanceof SortPipe sort) {
        pipes.set(i, bounded(sort, pipes.subList(i + 1, pipes.size())));
      }
    }
    return new Query(
        written.options(),
        off.contains(0) ? HttpQueryReader.all(request).filter() : written.filter(),
        pipes);
  }

  /** Lets a sort keep no more rows than a limit after it passes on: it would hold all of them. */
  private static SortPipe bounded(SortPipe sort, List<Pipe> after) {
    long skipped = 0;
    Pipe next = after.getFirst();
    if (next instanceof OffsetPipe offset && after.size() > 1) {
      skipped = offset.offset();
      next = after.get(1);
    }
    boolean plain = sort.partition().isEmpty() && sort.rank() == null && sort.limit() == 0;
    return (plain && next instanceof LimitPipe limit && limit.limit() > 0)
        ? new SortPipe(
            sort.keys(),
            sort.descending(),
            sort.partition(),
            sort.offset(),
            Math.min(skipped, Long.MAX_VALUE - limit.limit()) + limit.limit(),
            null)
        : sort;
  }

  private static List<QueryStage> answer(
      List<String> texts, Set<Integer> off, List<StageTaps.Stage> ran) {
    List<QueryStage> stages = new ArrayList<>();
    Iterator<StageTaps.Stage> next = ran.iterator();
    long passed = 0;
    for (int i = 0; i < texts.size(); i++) {
      boolean left = off.contains(i);
      // The filter always runs: left out, it selects everything.
      if (left && i > 0) {
        stages.add(new QueryStage(texts.get(i), true, passed, passed, 0, List.of()));
        continue;
      }
      StageTaps.Stage stage = next.next();
      passed = stage.rowsOut();
      stages.add(
          new QueryStage(
              texts.get(i), left, stage.rowsIn(), passed, stage.nanos() / 1e6, stage.rows()));
    }
    return stages;
  }

  /** Names the stage that reached a limit. */
  private static QueryAbortedException placed(
      QueryAbortedException failure, int ran, List<String> texts, Set<Integer> off) {
    int left = ran;
    for (int i = 0; i < texts.size() && ran >= 0; i++) {
      if ((i == 0 || !off.contains(i)) && left-- == 0) {
        QueryAbortedException placed =
            new QueryAbortedException(
                failure.code(), "Stage " + i + ", '" + texts.get(i) + "': " + failure.getMessage());
        placed.initCause(failure);
        return placed;
      }
    }
    return failure;
  }

  /** Gives the properties of a body as arguments; others come from the address. */
  private static final class BodyRequest extends HttpServletRequestWrapper {

    private final StagesBody body;

    BodyRequest(HttpServletRequest request, StagesBody body) {
      super(request);
      this.body = body;
    }

    @Override
    public @Nullable String getParameter(String name) {
      return switch (name) {
        case "query" -> body.query();
        case "start" -> body.start();
        case "end" -> body.end();
        case "reading" -> body.reading();
        default -> super.getParameter(name);
      };
    }
  }
}
