package io.logcaster.alert;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Reads and prints durations of rules: {@code 500ms 5s 1m 2h 7d}. */
public final class AlertDurations {

  private AlertDurations() {}

  /** Reads a duration; returns null if the text is not one. */
  public static @Nullable Duration parse(String text) {
    try {
      // Spring reads a number without a unit as milliseconds, but people may mean anything.
      boolean unitless = !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
      return unitless && !text.equals("0")
          ? null
          : DurationStyle.SIMPLE.parse(text.strip().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException | ArithmeticException ex) {
      return null;
    }
  }

  /** Prints a duration as a whole number of the largest possible unit. */
  public static String print(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
