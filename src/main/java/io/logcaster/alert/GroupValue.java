package io.logcaster.alert;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rule's query says of one group.
 *
 * @param labels the by-fields and their values, by name
 * @param value NaN where the query gives nothing that is a number
 * @param text the value as it was found where it is there, but no number; else null
 */
record GroupValue(Map<String, String> labels, double value, @Nullable String text) {

  GroupValue(Map<String, String> labels, double value) {
    this(labels, value, null);
  }
}
