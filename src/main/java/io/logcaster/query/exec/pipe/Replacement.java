package io.logcaster.query.exec.pipe;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of a match: texts and groups. A group is written {@code $1}, {@code $name},
 * <code>${1}</code> or <code>${name}</code>; {@code $$} is a dollar sign. Groups that do not exist
 * are empty.
 */
public record Replacement(List<Part> parts) {

  /** No expression has more groups; larger numbers are names. */
  private static final int MAX_GROUP = 100_000;

  /**
   * A text, or a group.
   *
   * @param group the number or name of a group, empty for a text
   */
  record Part(String text, String group) {}

  public static Replacement parse(String template) {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$' || at + 1 == template.length()) {
        text.append(c);
        at++;
        continue;
      }
      if (template.charAt(at + 1) == '$') {
        text.append('$');
        at += 2;
        continue;
      }
      boolean braces = template.charAt(at + 1) == '{';
      int start = at + (braces ? 2 : 1);
      int end = start;
      while (end < template.length() && isName(template.charAt(end))) {
        end++;
      }
      if (end == start || (braces && (end == template.length() || template.charAt(end) != '}'))) {
        text.append(c);
        at++;
        continue;
      }
      parts.add(new Part(text.toString(), template.substring(start, end)));
      text.setLength(0);
      at = braces ? end + 1 : end;
    }
    parts.add(new Part(text.toString(), ""));
    return new Replacement(parts);
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  void append(Matcher matcher, StringBuilder target) {
    for (Part part : parts) {
      target.append(part.text);
      if (!part.group.isEmpty()) {
        String value = group(matcher, part.group);
        target.append((value == null) ? "" : value);
      }
    }
  }

  private static @Nullable String group(Matcher matcher, String name) {
    int number = 0;
    for (int i = 0; i < name.length() && number >= 0; i++) {
      int digit = name.charAt(i) - '0';
      number = (digit < 0 || digit > 9 || number > MAX_GROUP) ? -1 : number * 10 + digit;
    }
    // 1a and 01 are names, not numbers.
    if (number < 0 || (name.length() > 1 && name.charAt(0) == '0')) {
      Integer named = matcher.pattern().namedGroups().get(name);
      return (named == null) ? null : matcher.group(named);
    }
    return (number <= matcher.groupCount()) ? matcher.group(number) : null;
  }
}
