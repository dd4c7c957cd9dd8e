package io.logcaster.template;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.query.lang.Times;
import io.logcaster.record.Timestamps;
import io.logcaster.system.ApiResource;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of marks. */
@RestController
@RequestMapping("/api/v1/marks")
@Tag(name = "marks", description = "Named moments, such as deploys.")
final class MarkController {

  static final ApiResource MARKS = new ApiResource("/api/v1/marks", "mark", "marks");

  private static final int MAX_TEXT = 1_000;

  /** A mark is set when something happens; clocks differ, and maintenance is announced. */
  private static final Duration MOST_AHEAD = Duration.ofDays(2);

  private final MarkStore store;
  private final RequestTimes times;
  private final Clock clock;

  MarkController(MarkStore store, RequestTimes times, Clock clock) {
    this.store = store;
    this.times = times;
    this.clock = clock;
  }

  /**
   * A mark in a request.
   *
   * @param text what happened
   * @param time when, in the format of the query paths; now if missing
   */
  @Schema(name = "NewMark")
  record MarkBody(@Nullable String text, @Nullable String time) {}

  @Operation(summary = "The marks of a range, oldest first")
  @GetMapping
  List<Mark> list(
      @RequestParam(required = false) @Nullable String start,
      @RequestParam(required = false) @Nullable String end) {
    return store.between(
        times.moment("start", start, Instant.MIN), times.moment("end", end, Instant.MAX));
  }

  @GetMapping("/{id}")
  Mark get(@PathVariable String id) {
    return store.find(number(id)).orElseThrow(() -> MARKS.unknown(id));
  }

  @Operation(
      summary = "Set a mark",
      description = "Needs the scope ingest, so that a deploy script needs no more.")
  @PostMapping
  ResponseEntity<Mark> add(@RequestBody MarkBody body) {
    String text = body.text();
    if (text == null || text.isBlank()) {
      throw invalidProperty("text", "is required: what happened, such as 'deploy 1.4.2'");
    }
    if (text.strip().length() > MAX_TEXT) {
      throw invalidProperty("text", "must not have more than " + MAX_TEXT + " characters");
    }
    Mark mark = store.add(text.strip(), time(body.time()));
    return MARKS.created(Long.toString(mark.id()), mark);
  }

  private Instant time(@Nullable String text) {
    Instant now = clock.instant();
    if (text == null || text.isBlank()) {
      return now;
    }
    Bound bound = Times.bound(text.strip());
    if (bound == null) {
      throw invalidProperty(
          "time", "must be a time such as 2026-01-31T12:00:00Z, or 5m for that long ago");
    }
    Instant time =
        KnownTemplate.instant(
            bound.first(now.getEpochSecond() * Timestamps.SECOND + now.getNano()));
    if (time.isBefore(Instant.EPOCH) || time.isAfter(now.plus(MOST_AHEAD))) {
      throw invalidProperty("time", "must be between 1970 and two days from now");
    }
    return time;
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    if (!store.delete(number(id))) {
      throw MARKS.unknown(id);
    }
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException ex) {
      throw MARKS.unknown(id);
    }
  }
}
