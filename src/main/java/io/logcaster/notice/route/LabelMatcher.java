package io.logcaster.notice.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a label, written as in Alertmanager: {@code app=web}, {@code app!=web}, {@code
 * app=~web.*} or {@code app!~web.*}, with or without double quotes around the value. A regular
 * expression must match the whole value. A label that an alert does not have is empty.
 */
public final class LabelMatcher {

  private static final List<String> OPERATORS = List.of("=~", "!~", "!=", "=");

  private static final int MAX_LENGTH = 1_000;

  private final String text;
  private final String label;
  private final String value;
  private final boolean negative;
  private final @Nullable Pattern pattern;

  private LabelMatcher(
      String text, String label, String value, boolean negative, @Nullable Pattern pattern) {
    this.text = text;
    this.label = label;
    this.value = value;
    this.negative = negative;
    this.pattern = pattern;
  }

  /**
   * Reads a matcher.
   *
   * @throws IllegalArgumentException if it is malformed; the message completes a sentence that
   *     starts with the matcher
   */
  public static LabelMatcher parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("is longer than 1,000 characters");
    }
    int at = 0;
    while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != '!') {
      at++;
    }
    String label = text.substring(0, at).strip();
    String rest = text.substring(at);
    String operator =
        OPERATORS.stream()
            .filter(rest::startsWith)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("needs one of = != =~ !~, such as app=web"));
    if (label.isEmpty()) {
      throw new IllegalArgumentException("needs the name of a label before " + operator);
    }
    String value = unquoted(rest.substring(operator.length()).strip());
    boolean negative = operator.startsWith("!");
    try {
      Pattern pattern = operator.endsWith("~") ? Pattern.compile(value, Pattern.DOTALL) : null;
      return new LabelMatcher(text, label, value, negative, pattern);
    } catch (PatternSyntaxException ex) {
      throw new IllegalArgumentException(
          "has an invalid regular expression: " + ex.getDescription(), ex);
    }
  }

  /** Matches alerts whose label has a value. */
  public static LabelMatcher equal(String label, String value) {
    return new LabelMatcher(label + "=" + value, label, value, false, null);
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    return value.substring(1, value.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
  }

  public boolean matches(AlertKey alert) {
    String found = alert.label(label);
    boolean equal = pattern == null ? found.equals(value) : pattern.matches(found);
    return equal != negative;
  }

  /** Whether all of some matchers match. */
  public static boolean all(List<LabelMatcher> matchers, AlertKey alert) {
    return matchers.stream().allMatch((matcher) -> matcher.matches(alert));
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
