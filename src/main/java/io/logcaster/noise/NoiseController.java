package io.logcaster.noise;

import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.query.lang.Times;
import io.logcaster.record.Timestamps;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The noise bill over HTTP. */
@RestController
@RequestMapping("/api/v1/noise")
@Tag(name = "noise", description = "What messages cost, and who reads them.")
final class NoiseController {

  private static final int MAX_LIMIT = 500;

  private final NoiseBill bill;
  private final Clock clock;

  NoiseController(NoiseBill bill, Clock clock) {
    this.bill = bill;
    this.clock = clock;
  }

  @Operation(
      summary = "Templates of messages by their size on disk, the largest first",
      description =
          "With who asked for them in the last 30 days, and what sampling, shortening or dropping"
              + " them would save. Only admins see names and queries of other people. start is 24h"
              + " ago unless it is given.")
  @GetMapping
  List<NoiseBill.Item> noise(
      @RequestParam(defaultValue = "24h") String start,
      @RequestParam(required = false) @Nullable String end,
      @RequestParam(defaultValue = "50") int limit,
      HttpServletRequest request)
      throws IOException {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit", Integer.toString(limit), "must be between 1 and " + MAX_LIMIT);
    }
    Instant instant = clock.instant();
    long now = instant.getEpochSecond() * Timestamps.SECOND + instant.getNano();
    long from = time("start", start, now);
    long to = (end == null) ? now : time("end", end, now);
    if (from > to) {
      throw invalid("start", start, "must be before 'end'");
    }
    String viewer =
        request.isUserInRole("admin")
            ? null
            : Objects.requireNonNullElse(request.getRemoteUser(), "");
    return bill.items(from, to, now, limit, viewer);
  }

  private static long time(String name, String text, long now) {
    Bound bound = Times.bound(text.strip());
    if (bound == null) {
      throw invalid(
          name, text, "must be a time such as 2026-01-31T12:00:00Z, or 5m for that long ago");
    }
    return bound.first(now);
  }

  private static ProblemException invalid(String name, String value, String reason) {
    return new ProblemException(
            HttpStatus.BAD_REQUEST,
            "invalid_parameter",
            "Parameter '%s' has '%s', but %s.".formatted(name, value, reason))
        .with("parameter", name);
  }
}
