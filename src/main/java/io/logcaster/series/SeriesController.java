package io.logcaster.series;

import io.logcaster.record.Timestamps;
import io.logcaster.series.RunningSeries.Progress;
import io.logcaster.series.SeriesData.Aggregation;
import io.logcaster.system.ApiResource;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of stats as series. */
@RestController
@RequestMapping("/api/v1/series")
@Tag(name = "series", description = "Stats that are kept as series, beyond their records.")
final class SeriesController {

  private static final ApiResource SERIES = new ApiResource("/api/v1/series", "series", "series");

  private static final int MAX_DEFINITIONS = 200;
  private static final int MAX_QUERY = 10_000;

  /** As in Prometheus. */
  private static final long MAX_POINTS = 11_000;

  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]{0,199}");

  private final AllSeries series;
  private final Clock clock;

  SeriesController(AllSeries series, Clock clock) {
    this.series = series;
    this.clock = clock;
  }

  /**
   * What a client sends.
   *
   * @param name the name of the metric: letters, digits, underscores and colons
   * @param query ends in a stats pipe
   * @param step the length of a step, 10s to 1d; 1m if absent
   */
  record SeriesBody(
      @Nullable String id, @Nullable String name, @Nullable String query, @Nullable String step) {}

  /**
   * A definition with its progress.
   *
   * @param from the start of the first step; absent before the first evaluation
   * @param until the end of the last evaluated step
   * @param series how many series there are, one for each group
   * @param leftOut how many values were left out since the start, because there are too many series
   * @param bytes the size of its file
   * @param error why the last evaluation failed
   */
  record SeriesView(
      String id,
      String name,
      String query,
      String step,
      @Nullable Instant from,
      @Nullable Instant until,
      int series,
      long leftOut,
      long bytes,
      @Nullable String error) {

    static SeriesView of(RunningSeries one) throws IOException {
      SeriesDefinition definition = one.definition();
      Progress progress = one.progress();
      return new SeriesView(
          definition.id(),
          definition.name(),
          definition.query(),
          definition.stepMillis() / 1_000 + "s",
          progress.from(),
          progress.until(),
          progress.series(),
          progress.leftOut(),
          progress.bytes(),
          progress.error());
    }
  }

  @GetMapping
  @Operation(summary = "List all series, by name")
  List<SeriesView> list() throws IOException {
    List<SeriesView> views = new ArrayList<>();
    for (RunningSeries one : series.all()) {
      views.add(SeriesView.of(one));
    }
    return views;
  }

  @GetMapping("/{id}")
  @Operation(summary = "Describe a series")
  SeriesView get(@PathVariable String id) throws IOException {
    return SeriesView.of(find(id));
  }

  private RunningSeries find(String id) {
    return series.find(id).orElseThrow(() -> SERIES.unknown(id));
  }

  @PostMapping
  @Operation(
      summary = "Create a series",
      description = "Its values are computed from the records that exist, the oldest first.")
  ResponseEntity<SeriesView> add(@RequestBody SeriesBody body) throws IOException {
    SERIES.requireRoom(series.all().size(), MAX_DEFINITIONS, "Delete one.");
    String id = UUID.randomUUID().toString();
    return SERIES.created(id, SeriesView.of(series.put(definition(id, body))));
  }

  @PutMapping("/{id}")
  @Operation(
      summary = "Replace a series",
      description = "With another query or step, its values are removed and computed anew.")
  SeriesView replace(@PathVariable String id, @RequestBody SeriesBody body) throws IOException {
    SeriesDefinition definition = definition(id, body);
    find(id);
    return SeriesView.of(series.put(definition));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a series and its values")
  void delete(@PathVariable String id) throws IOException {
    if (!series.remove(id)) {
      throw SERIES.unknown(id);
    }
  }

  private SeriesDefinition definition(String id, SeriesBody body) {
    ApiResource.requireSameId(id, body.id());
    String name = body.name();
    if (name == null || !NAME.matcher(name).matches()) {
      throw ProblemException.invalidProperty(
          "name", "must be letters, digits, underscores and colons, at most 200, as of a metric");
    }
    String query = body.query();
    if (query == null || query.isBlank() || query.length() > MAX_QUERY) {
      throw ProblemException.invalidProperty(
          "query", "is required, with at most " + MAX_QUERY + " characters");
    }
    Duration step = duration(body.step() == null ? "1m" : body.step());
    boolean right =
        step != null
            && step.compareTo(SHORTEST) >= 0
            && step.compareTo(LONGEST) <= 0
            && step.toMillis() % 1_000 == 0;
    if (step == null || !right) {
      throw ProblemException.invalidProperty("step", "must be whole seconds, 10s to 1d");
    }
    return new SeriesDefinition(id, name, query.strip(), step.toMillis(), clock.instant());
  }

  private static @Nullable Duration duration(String text) {
    try {
      return DurationStyle.SIMPLE.parse(text.strip().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException | ArithmeticException ex) {
      return null;
    }
  }

  @GetMapping("/{id}/data")
  @Operation(
      summary = "The values of a range, as Prometheus answers query_range",
      description =
          "Times are RFC 3339 or seconds since the epoch; a point has the time of the start of its"
              + " step. With a longer step, agg says how values become one: avg, sum, min, max or"
              + " last.")
  Map<String, Object> data(
      @PathVariable String id,
      @RequestParam @Nullable String start,
      @RequestParam @Nullable String end,
      @RequestParam @Nullable String step,
      @RequestParam(defaultValue = "avg") String agg)
      throws IOException {
    RunningSeries one = find(id);
    long length = one.definition().stepMillis();
    Instant to = (end == null) ? clock.instant() : time("end", end);
    Instant from = (start == null) ? to.minus(Duration.ofDays(1)) : time("start", start);
    long first = one.step(from);
    long last = one.step(to);
    Aggregation aggregation = Aggregation.of(agg);
    if (aggregation == null) {
      throw invalid("agg", "is avg, sum, min, max or last", agg);
    }
    long least = Math.max(1, (last - first) / MAX_POINTS + 1);
    long steps = least;
    if (step != null) {
      Duration wanted = duration(step.matches("\\d+") ? step + "s" : step);
      if (wanted == null || wanted.isZero() || wanted.isNegative()) {
        throw invalid("step", "is a duration such as 5m, or seconds", step);
      }
      steps = Math.max(1, wanted.toMillis() / length);
      if (steps < least) {
        throw invalid(
            "step", "gives more than " + MAX_POINTS + " points; choose a longer one", step);
      }
    }
    return SeriesData.matrix(one.definition(), one.lines(first, last), steps, aggregation);
  }

  private static Instant time(String name, String text) {
    try {
      if (text.matches("-?\\d{1,12}(\\.\\d{1,9})?")) {
        return Instant.ofEpochMilli((long) (Double.parseDouble(text) * 1_000));
      }
      long nanos = Timestamps.parse(text);
      if (nanos != Timestamps.INVALID) {
        return Instant.ofEpochMilli(Math.floorDiv(nanos, 1_000_000L));
      }
    } catch (NumberFormatException ex) {
      // reported below
    }
    throw invalid(name, "is RFC 3339 or seconds since the epoch", text);
  }

  private static ProblemException invalid(String name, String rule, String given) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        "invalid_argument",
        "The argument '%s' %s, not '%s'.".formatted(name, rule, given));
  }

  /** The latest values, for a scraper. */
  @GetMapping(path = "/metrics", produces = "text/plain; version=0.0.4; charset=utf-8")
  @Operation(summary = "The latest values as gauges, for Prometheus to scrape")
  String metrics() {
    return SeriesData.text(series.all());
  }
}
