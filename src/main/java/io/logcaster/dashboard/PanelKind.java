package io.logcaster.dashboard;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a panel shows its data. */
enum PanelKind {
  /** A line for each group over time. */
  LINE,
  /** Stacked bars over time. */
  BAR,
  /** Stacked areas over time. */
  AREA,
  TABLE,
  /** One number in large type. */
  VALUE,
  /** Groups with the largest numbers, as bars. */
  TOP,
  /** Words of the author instead of data. */
  TEXT;

  /** Its name in the API. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return text();
  }
}
