package io.logcaster.notice;

import static io.logcaster.system.ProblemException.invalidProperty;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.notice.route.WeekHours;
import io.logcaster.system.ProblemException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the week in JSON.
 *
 * @param days {@code mon} to {@code sun}; every day by default
 * @param from when they start, such as {@code 22:00}
 * @param to when they end, on the next day if it is not after the start
 * @param timeZone such as {@code Europe/Berlin}; UTC by default
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HoursBody(
    @Nullable List<String> days,
    @Nullable String from,
    @Nullable String to,
    @Nullable String timeZone) {

  static HoursBody of(WeekHours hours) {
    return new HoursBody(
        hours.days().stream().sorted().map(HoursBody::name).toList(),
        hours.from().toString(),
        hours.to().toString(),
        hours.zone().getId());
  }

  /**
   * Checks hours.
   *
   * @throws ProblemException 400 {@code invalid_property}
   */
  WeekHours checked(String property) {
    Set<DayOfWeek> chosen = EnumSet.noneOf(DayOfWeek.class);
    for (String day : days == null ? List.<String>of() : days) {
      chosen.add(
          Arrays.stream(DayOfWeek.values())
              .filter((one) -> name(one).equalsIgnoreCase(day))
              .findFirst()
              .orElseThrow(
                  () ->
                      invalidProperty(
                          property + ".days", "must consist of mon tue wed thu fri sat sun")));
    }
    return new WeekHours(
        chosen, time(property + ".from", from), time(property + ".to", to), zone(property));
  }

  private static String name(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static LocalTime time(String property, @Nullable String text) {
    try {
      return LocalTime.parse(text == null ? "" : text);
    } catch (DateTimeException ex) {
      throw invalidProperty(property, "must be a time of day such as 22:00");
    }
  }

  private ZoneId zone(String property) {
    try {
      return ZoneId.of(timeZone == null ? "UTC" : timeZone);
    } catch (DateTimeException ex) {
      throw invalidProperty(
          property + ".timeZone", "must be a time zone such as Europe/Berlin or UTC");
    }
  }
}
