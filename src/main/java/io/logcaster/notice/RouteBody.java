package io.logcaster.notice;

import static io.logcaster.system.ProblemException.invalidProperty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.logcaster.alert.AlertDurations;
import io.logcaster.notice.route.Route;
import io.logcaster.notice.route.WeekHours;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route in JSON.
 *
 * @param name unique
 * @param match which alerts, such as {@code severity=critical}; all by default
 * @param channels ids of channels; {@code *}, the default, means all that are enabled
 * @param groupBy {@code ["rule"]} by default
 * @param groupWait {@code 10s} by default
 * @param groupInterval {@code 1m} by default
 * @param repeatInterval {@code 4h} by default; {@code 0s} for never
 * @param sendResolved true by default
 * @param quietHours none by default
 * @param escalateAfter never by default
 * @param escalateTo required with {@code escalateAfter}
 * @param proceed whether matching alerts go on to the next routes; called {@code continue} in JSON,
 *     false by default
 */
record RouteBody(
    @Nullable String name,
    @Nullable List<String> match,
    @Nullable List<String> channels,
    @Nullable List<String> groupBy,
    @Nullable String groupWait,
    @Nullable String groupInterval,
    @Nullable String repeatInterval,
    @Nullable Boolean sendResolved,
    @Nullable List<HoursBody> quietHours,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String escalateAfter,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<String> escalateTo,
    @JsonProperty("continue") @Nullable Boolean proceed) {

  private static final int MAX_ELEMENTS = 50;

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(30);

  static RouteBody of(Route route) {
    return new RouteBody(
        route.name(),
        Matchers.print(route.matchers()),
        route.channels(),
        route.groupBy(),
        AlertDurations.print(route.groupWait()),
        AlertDurations.print(route.groupInterval()),
        AlertDurations.print(route.repeatInterval()),
        route.sendResolved(),
        route.quietHours().stream().map(HoursBody::of).toList(),
        route.escalateAfter() == null ? null : AlertDurations.print(route.escalateAfter()),
        route.escalateTo(),
        route.proceed());
  }

  /**
   * Checks a route, except for whether its channels exist.
   *
   * @param property where it is in the request
   * @throws io.logcaster.system.ProblemException 400 {@code invalid_property}
   */
  Route checked(String property) {
    if (name == null || name.isBlank() || name.length() > 100) {
      throw invalidProperty(property + ".name", "is required, with at most 100 characters");
    }
    List<WeekHours> hours = new ArrayList<>();
    List<HoursBody> given = quietHours == null ? List.of() : quietHours;
    for (int i = 0; i < given.size(); i++) {
      hours.add(given.get(i).checked("%s.quietHours[%d]".formatted(property, i)));
    }
    List<String> others = texts(property + ".escalateTo", escalateTo, List.of());
    boolean escalates = escalateAfter != null && !escalateAfter.isBlank();
    if (escalates == others.isEmpty()) {
      throw invalidProperty(
          property + ".escalateTo", "is required with 'escalateAfter', and only with it");
    }
    return new Route(
        name.strip(),
        Matchers.parse(property + ".match", match),
        texts(property + ".channels", channels, List.of(Route.ALL)),
        texts(property + ".groupBy", groupBy, List.of("rule")),
        duration(property + ".groupWait", groupWait, "10s", Duration.ZERO, LONGEST_WAIT),
        duration(property + ".groupInterval", groupInterval, "1m", Duration.ofSeconds(1), LONGEST),
        duration(property + ".repeatInterval", repeatInterval, "4h", Duration.ZERO, LONGEST),
        sendResolved == null || sendResolved,
        hours,
        escalates
            ? duration(
                property + ".escalateAfter", escalateAfter, "", Duration.ofSeconds(1), LONGEST)
            : null,
        others,
        proceed != null && proceed);
  }

  private static List<String> texts(
      String property, @Nullable List<String> given, List<String> fallback) {
    if (given == null) {
      return fallback;
    }
    if (given.size() > MAX_ELEMENTS
        || given.stream().anyMatch((text) -> text == null || text.isBlank())) {
      throw invalidProperty(
          property, "must be a list of at most " + MAX_ELEMENTS + " texts that are not empty");
    }
    return given;
  }

  private static Duration duration(
      String property, @Nullable String text, String fallback, Duration least, Duration most) {
    Duration duration = AlertDurations.parse(text == null ? fallback : text);
    if (duration == null || duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw invalidProperty(
          property,
          "must be a duration between %s and %s, such as 30s, 5m or 4h"
              .formatted(AlertDurations.print(least), AlertDurations.print(most)));
    }
    return duration;
  }
}
