package io.logcaster.notice;

import io.logcaster.notice.route.AlertKey;
import io.logcaster.notice.route.LabelMatcher;
import io.logcaster.notice.route.WeekHours;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time in which nobody is told of some alerts: once, or in hours of the week.
 *
 * @param match which alerts; none means all
 * @param start null if it recurs
 * @param hours null if it does not
 */
record Maintenance(
    String id,
    String name,
    List<LabelMatcher> match,
    @Nullable Instant start,
    @Nullable Instant end,
    @Nullable WeekHours hours) {

  /** When it ends, if it is on at a time; otherwise null. */
  @Nullable Instant until(Instant time) {
    if (hours != null) {
      return hours.end(time);
    }
    boolean within = start != null && end != null && !time.isBefore(start) && time.isBefore(end);
    return within ? end : null;
  }

  /** When it starts next; null if it will not. */
  @Nullable Instant next(Instant time) {
    if (hours != null) {
      return hours.next(time);
    }
    return start != null && start.isAfter(time) ? start : null;
  }

  boolean covers(AlertKey alert, Instant time) {
    return until(time) != null && LabelMatcher.all(match, alert);
  }

  MaintenanceBody body() {
    return new MaintenanceBody(
        id, name, Matchers.print(match), start, end, hours == null ? null : HoursBody.of(hours));
  }
}
