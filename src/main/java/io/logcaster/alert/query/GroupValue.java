package io.logcaster.alert.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a rule's query for one group.
 *
 * @param labels the by-fields and their values, by name
 * @param value NaN if the result is absent or not a number
 * @param text the result, if it is present but not a number; otherwise null
 * @param records how many records the group has; {@link #NOT_COUNTED} if that was not asked for
 */
public record GroupValue(
    Map<String, String> labels, double value, @Nullable String text, long records) {

  public static final long NOT_COUNTED = -1;

  /** Maximum number of characters of a value in an error. */
  private static final int MAX_SHOWN = 100;

  public GroupValue(Map<String, String> labels, double value) {
    this(labels, value, null, NOT_COUNTED);
  }

  public GroupValue(Map<String, String> labels, double value, @Nullable String text) {
    this(labels, value, text, NOT_COUNTED);
  }

  /** Describes a value that is not a number, so that the rule does not ignore it silently. */
  public static @Nullable String trouble(Iterable<GroupValue> values) {
    for (GroupValue value : values) {
      String text = value.text();
      if (text != null) {
        return "The value%s is '%s', which is not a number. Compare a count, a sum or a field of numbers."
            .formatted(
                value.labels().isEmpty() ? "" : " of " + value.labels(),
                text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text);
      }
    }
    return null;
  }
}
