package io.logcaster.alert;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a rule's query for one group.
 *
 * @param labels the by-fields and their values, by name
 * @param value NaN if the result is absent or not a number
 * @param text the result, if it is present but not a number; otherwise null
 */
record GroupValue(Map<String, String> labels, double value, @Nullable String text) {

  GroupValue(Map<String, String> labels, double value) {
    this(labels, value, null);
  }
}
