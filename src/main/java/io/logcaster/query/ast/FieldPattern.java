package io.logcaster.query.ast;

import java.util.List;

/**
 * A field's name, or a prefix of field names: {@code host}, {@code k8s.*}.
 *
 * @param name the name or the prefix
 * @param prefix whether it is a prefix
 */
public record FieldPattern(String name, boolean prefix) {

  /** Every field. */
  public static final FieldPattern ALL = new FieldPattern("", true);

  public boolean matches(String field) {
    return prefix ? field.startsWith(name) : field.equals(name);
  }

  /** Whether a list of patterns has one for every field. */
  public static boolean isAll(List<FieldPattern> patterns) {
    return patterns.contains(ALL);
  }

  /** Whether some pattern matches a field. */
  public static boolean anyMatches(List<FieldPattern> patterns, String field) {
    for (FieldPattern pattern : patterns) {
      if (pattern.matches(field)) {
        return true;
      }
    }
    return false;
  }

  static void print(StringBuilder out, List<FieldPattern> patterns) {
    String separator = "";
    for (FieldPattern pattern : patterns) {
      out.append(separator);
      Text.pattern(out, pattern);
      separator = ", ";
    }
  }
}
