package io.logcaster.dashboard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the numbers of a panel measure, which decides how they are written. */
enum PanelUnit {
  NUMBER,
  BYTES,
  MILLISECONDS,
  SECONDS,
  PERCENT,
  PER_SECOND;

  /** Its name in the API, such as {@code per-second}. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return text();
  }
}
