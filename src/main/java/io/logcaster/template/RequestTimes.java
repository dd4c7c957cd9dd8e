package io.logcaster.template;

import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.query.lang.Times;
import io.logcaster.record.Timestamps;
import io.logcaster.system.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Reads times of requests: those of the query paths, {@code last-mark}, and {@code mark:} with an
 * id.
 */
@Component
class RequestTimes {

  /** The last mark; rules call it by the shorter name. */
  private static final Set<String> LAST_MARK = Set.of("last-mark", "last");

  private static final String MARK = "mark:";

  private final Marks marks;

  private final Clock clock;

  RequestTimes(Marks marks, Clock clock) {
    this.marks = marks;
    this.clock = clock;
  }

  /** A moment; the alternative if it is missing. */
  Instant moment(String name, @Nullable String text, Instant otherwise) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    Instant now = clock.instant();
    Bound bound = Times.bound(text.strip());
    if (bound == null) {
      throw invalid(name, text, "must be a time such as 2026-01-31T12:00:00Z, 1h or 1767225600");
    }
    long nanos = bound.first(now.getEpochSecond() * Timestamps.SECOND + now.getNano());
    return KnownTemplate.instant(nanos);
  }

  /** As {@link #moment}, but also the time of a mark. */
  Instant sinceMark(String name, @Nullable String text, Instant otherwise) {
    String since = (text == null) ? "" : text.strip();
    if (LAST_MARK.contains(since)) {
      return marks
          .last(clock.instant())
          .map(Mark::time)
          .orElseThrow(
              () ->
                  new ProblemException(
                      HttpStatus.NOT_FOUND,
                      "unknown_mark",
                      "There is no mark yet. POST /api/v1/marks sets one."));
    }
    if (since.startsWith(MARK)) {
      return find(since.substring(MARK.length()))
          .orElseThrow(() -> MarkController.MARKS.unknown(since.substring(MARK.length())))
          .time();
    }
    return moment(name, text, otherwise);
  }

  private Optional<Mark> find(String id) {
    try {
      return marks.find(Long.parseLong(id));
    } catch (NumberFormatException ex) {
      return Optional.empty();
    }
  }

  static ProblemException invalid(String name, String value, String must) {
    return new ProblemException(
            HttpStatus.BAD_REQUEST,
            "invalid_parameter",
            "Parameter '%s' is '%s', but %s.".formatted(name, value, must))
        .with("parameter", name);
  }
}
