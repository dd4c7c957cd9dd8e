package io.logcaster.notice;

import io.logcaster.notice.route.LabelMatcher;
import io.logcaster.system.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matchers in request bodies: texts such as {@code app=~web.*}. */
final class Matchers {

  private static final int MAX_MATCHERS = 50;

  private Matchers() {}

  /**
   * Reads matchers.
   *
   * @throws ProblemException 400 {@code invalid_property} that names the first malformed one
   */
  static List<LabelMatcher> parse(String property, @Nullable List<String> texts) {
    List<String> given = texts == null ? List.of() : texts;
    if (given.size() > MAX_MATCHERS) {
      throw ProblemException.invalidProperty(
          property, "must not have more than " + MAX_MATCHERS + " matchers");
    }
    return given.stream().map((text) -> parse(property, text)).toList();
  }

  private static LabelMatcher parse(String property, @Nullable String text) {
    if (text == null) {
      throw ProblemException.invalidProperty(property, "must consist of texts such as app=web");
    }
    try {
      return LabelMatcher.parse(text);
    } catch (IllegalArgumentException ex) {
      throw ProblemException.invalidProperty(
          property, "has '%s', which %s".formatted(text, ex.getMessage()));
    }
  }

  static List<String> print(List<LabelMatcher> matchers) {
    return matchers.stream().map(LabelMatcher::toString).toList();
  }
}
