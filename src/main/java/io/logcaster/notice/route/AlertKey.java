package io.logcaster.notice.route;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alert, as matchers see it.
 *
 * @param rule the rule's id
 * @param name the rule's name
 * @param labels its group's fields and their values
 */
public record AlertKey(
    String rule, String name, String severity, SortedMap<String, String> labels) {

  public AlertKey {
    labels = new TreeMap<>(labels);
  }

  public static AlertKey of(String rule, String name, String severity, Map<String, String> labels) {
    return new AlertKey(rule, name, severity, new TreeMap<>(labels));
  }

  /**
   * The value of a label, empty if it has none; {@code rule}, {@code name} and {@code severity} are
   * the rule's.
   */
  public String label(String label) {
    return switch (label) {
      case "rule" -> rule;
      case "name" -> name;
      case "severity" -> severity;
      default -> labels.getOrDefault(label, "");
    };
  }

  /** The same for the same alert, whatever its rule is called and how severe it is. */
  public String id() {
    return rule + labels;
  }
}
