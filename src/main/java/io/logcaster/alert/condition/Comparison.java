package io.logcaster.alert.condition;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a rule compares a value with its threshold. A value that is not a number never passes. */
public enum Comparison {
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  EQUAL("=="),
  NOT_EQUAL("!=");

  /** All spellings, for error messages. */
  static final String SPELLINGS =
      Arrays.stream(values()).map(Comparison::symbol).collect(Collectors.joining(" "));

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  static Optional<Comparison> of(String symbol) {
    return Arrays.stream(values()).filter((known) -> known.symbol.equals(symbol)).findFirst();
  }

  /** Whether smaller values pass and larger ones do not. */
  public boolean isBelow() {
    return this == LESS || this == LESS_OR_EQUAL;
  }

  /** Whether larger values pass and smaller ones do not. */
  boolean isAbove() {
    return this == GREATER || this == GREATER_OR_EQUAL;
  }

  public boolean test(double value, double threshold) {
    return switch (this) {
      case GREATER -> value > threshold;
      case GREATER_OR_EQUAL -> value >= threshold;
      case LESS -> value < threshold;
      case LESS_OR_EQUAL -> value <= threshold;
      case EQUAL -> value == threshold;
      case NOT_EQUAL -> !Double.isNaN(value) && value != threshold;
    };
  }
}
