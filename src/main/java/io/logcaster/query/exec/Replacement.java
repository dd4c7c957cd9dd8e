package io.logcaster.query.exec;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What takes the place of a match: texts and groups. A group is written {@code $1}, {@code $name},
 * <code>${1}</code> or <code>${name}</code>; {@code $$} is a dollar sign. Groups that are not there
 * are empty.
 */
record Replacement(List<Part> parts) {

  /**
   * A text, or a group.
   *
   * @param group the number or name of a group, empty for a text
   */
  record Part(String text, String group) {}

  static Replacement parse(String template) {
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
    if (!Character.isDigit(name.charAt(0))) {
      Integer number = matcher.pattern().namedGroups().get(name);
      return (number == null) ? null : matcher.group(number);
    }
    int number = (name.length() > 4) ? Integer.MAX_VALUE : Integer.parseInt(name);
    return (number <= matcher.groupCount()) ? matcher.group(number) : null;
  }
}
