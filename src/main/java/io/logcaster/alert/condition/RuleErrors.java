package io.logcaster.alert.condition;

import io.logcaster.alert.AlertDurations;
import io.logcaster.system.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with a rule, so that a client can correct it at once. */
public final class RuleErrors {

  private final List<Map<String, String>> found = new ArrayList<>();

  public void add(String property, String reason) {
    found.add(Map.of("property", property, "reason", reason));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Reads a duration between two limits; reports one that is wrong. */
  public Duration duration(
      String property, @Nullable String text, Duration missing, Duration min, Duration max) {
    Duration duration = text == null ? missing : AlertDurations.parse(text);
    if (duration == null) {
      add(property, "is not a duration such as 500ms, 5s, 1m, 2h or 7d");
      return missing;
    }
    if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
      add(
          property,
          "must be between %s and %s"
              .formatted(AlertDurations.print(min), AlertDurations.print(max)));
    }
    return duration;
  }

  /**
   * @throws ProblemException 400 {@code invalid_property} with the first error, and with all of
   *     them as {@code errors}
   */
  public void throwAny() {
    if (!found.isEmpty()) {
      Map<String, String> first = found.getFirst();
      throw ProblemException.invalidProperty(
              String.valueOf(first.get("property")), String.valueOf(first.get("reason")))
          .with("errors", found);
    }
  }
}
