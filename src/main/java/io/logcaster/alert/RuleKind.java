package io.logcaster.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What a rule watches for. */
public enum RuleKind {

  /** A value of a stats query passes a fixed number. */
  THRESHOLD("threshold"),

  /** A group that was seen before, or is expected, sends nothing. */
  ABSENCE("absence"),

  /** A value of a stats query differs from what it was before. */
  CHANGE("change"),

  /** A message whose template was never seen before. */
  NEW_TEMPLATE("new-template"),

  /** The quotient of two stats queries passes a fixed number. */
  RATIO("ratio");

  private final String text;

  RuleKind(String text) {
    this.text = text;
  }

  /** Its name in the API and in the control database. */
  @JsonValue
  public String text() {
    return text;
  }

  public static Optional<RuleKind> of(String text) {
    return Arrays.stream(values()).filter((kind) -> kind.text.equals(text)).findFirst();
  }
}
