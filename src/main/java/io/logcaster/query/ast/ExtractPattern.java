package io.logcaster.query.ast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with places for fields: {@code user=<user> ip=<ip>}. {@code extract} takes texts apart
 * with it, {@code format} puts them together. Angle brackets and ampersands that are part of a text
 * are written as in HTML.
 *
 * @param steps in order
 */
public record ExtractPattern(List<Step> steps) {

  /** The error for a pattern that {@link #namesSeveral()}. */
  public static final String ONE_FIELD = "A place in a pattern names one field";

  /**
   * A text and the field after it.
   *
   * @param text what stands before the field
   * @param field the field's name; empty for a place without a name; null where the pattern ends
   *     with the text
   * @param option what stands before a colon in the place, empty for nothing
   */
  public record Step(String text, @Nullable String field, String option) {

    /** Whether the step has a named field. */
    boolean isNamed() {
      return field != null && !field.isEmpty();
    }
  }

  public ExtractPattern {
    steps = List.copyOf(steps);
  }

  /** Reads a pattern. */
  public static ExtractPattern parse(String pattern) {
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < pattern.length()) {
      int open = pattern.indexOf('<', at);
      int close = (open < 0) ? -1 : pattern.indexOf('>', open);
      if (close < 0) {
        steps.add(new Step(unescape(pattern.substring(at)), null, ""));
        break;
      }
      String text = unescape(pattern.substring(at, open));
      String place = pattern.substring(open + 1, close).strip();
      int colon = place.indexOf(':');
      String option = (colon < 0) ? "" : place.substring(0, colon).strip();
      String field = (colon < 0) ? place : place.substring(colon + 1).strip();
      steps.add(
          new Step(text, (field.equals("_") || field.equals("*")) ? "" : unescape(field), option));
      at = close + 1;
    }
    return new ExtractPattern(steps);
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  /** Whether a place names several fields, as in {@code <a*>}. No pipe accepts that. */
  public boolean namesSeveral() {
    return steps.stream().anyMatch((step) -> step.field() != null && step.field().endsWith("*"));
  }

  /** Why this pattern cannot extract anything; null if it can. */
  public @Nullable String problem() {
    boolean named = false;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (i > 0 && step.text().isEmpty()) {
        return "Two places in a pattern need a text between them";
      }
      named |= step.isNamed();
    }
    if (namesSeveral()) {
      return ONE_FIELD;
    }
    return named ? null : "A pattern needs a place with a name, such as <ip>";
  }
}
