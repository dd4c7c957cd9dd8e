package io.logcaster.notice.route;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hours on some days of the week. Hours that end before they start last until the next day and
 * belong to the day on which they start; equal ones last a whole day.
 *
 * @param days the days on which they start; none means every day
 */
public record WeekHours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

  public WeekHours {
    days = Set.copyOf(days);
  }

  public boolean contains(Instant time) {
    return end(time) != null;
  }

  /** When the hours that contain a time end; null if none do. */
  public @Nullable Instant end(Instant time) {
    LocalDate today = time.atZone(zone).toLocalDate();
    for (LocalDate day : new LocalDate[] {today.minusDays(1), today}) {
      ZonedDateTime start = ZonedDateTime.of(day, from, zone);
      if (startsOn(day) && !time.isBefore(start.toInstant()) && time.isBefore(end(start))) {
        return end(start);
      }
    }
    return null;
  }

  /** When they start next after a time. */
  public Instant next(Instant time) {
    LocalDate day = time.atZone(zone).toLocalDate();
    while (!startsOn(day) || !ZonedDateTime.of(day, from, zone).toInstant().isAfter(time)) {
      day = day.plusDays(1);
    }
    return ZonedDateTime.of(day, from, zone).toInstant();
  }

  private boolean startsOn(LocalDate day) {
    return days.isEmpty() || days.contains(day.getDayOfWeek());
  }

  private Instant end(ZonedDateTime start) {
    LocalDate day = start.toLocalDate();
    return ZonedDateTime.of(to.isAfter(from) ? day : day.plusDays(1), to, zone).toInstant();
  }
}
