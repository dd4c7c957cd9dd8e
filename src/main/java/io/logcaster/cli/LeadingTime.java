package io.logcaster.cli;

import java.util.Locale;
import java.util.Set;

/**
 * Finds the time at the beginning of a line of a log file, in any format: words of digits and
 * names.
 */
final class LeadingTime {

  private static final Set<String> NAMES =
      Set.of(
          "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
          "tue", "wed", "thu", "fri", "sat", "sun");

  /** A time has no more words: {@code Sun Nov 29 10:00:00 UTC 2026}. */
  private static final int MAX_WORDS = 6;

  private LeadingTime() {}

  /** The length of the time and the blanks after it; 0 if a line begins without one. */
  static int length(String line) {
    boolean bracket = line.startsWith("[");
    int at = bracket ? 1 : 0;
    int end = 0;
    for (int words = 0; words < MAX_WORDS && at < line.length(); words++) {
      int stop = at;
      while (stop < line.length() && " \t]".indexOf(line.charAt(stop)) < 0) {
        stop++;
      }
      if (!isOfTime(line.substring(at, stop), end > 0)) {
        break;
      }
      while (stop < line.length() && " \t]".indexOf(line.charAt(stop)) >= 0) {
        stop++;
      }
      end = stop;
      at = stop;
    }
    return end;
  }

  /** A plain number belongs to a time only after another word of it. */
  private static boolean isOfTime(String word, boolean started) {
    if (NAMES.contains(word.toLowerCase(Locale.ROOT))) {
      return true;
    }
    int digits = 0;
    int separators = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if ("-/:.,+TZ".indexOf(c) >= 0) {
        separators++;
      } else {
        return false;
      }
    }
    return (digits >= 4 && separators > 0)
        || digits >= 6
        || (started && digits > 0 && (digits <= 2 || digits == 4) && separators == 0);
  }
}
