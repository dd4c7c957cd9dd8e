package io.logcaster.query.ast;

import io.logcaster.record.Field;
import java.util.Collection;

/** Writes names and values as canonical text spells them. */
final class Text {

  private Text() {}

  /** Appends a name or value, in quotes where it could be read as something else. */
  static void quote(StringBuilder out, String text) {
    if (isPlain(text)) {
      out.append(text);
    } else {
      alwaysQuote(out, text);
    }
  }

  /** A name or value, in quotes where it could be read as something else. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder();
    quote(out, text);
    return out.toString();
  }

  /** Appends names or values with a separator between them. */
  static void quoteAll(StringBuilder out, Collection<String> texts, String separator) {
    String before = "";
    for (String text : texts) {
      out.append(before);
      quote(out, text);
      before = separator;
    }
  }

  /** Appends a text in double quotes. */
  static void alwaysQuote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f) {
            out.append("\\x")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Appends the name of the field that a filter looks at; the message's name is left out. */
  static void field(StringBuilder out, String field) {
    if (!field.equals(Field.MESSAGE)) {
      quote(out, field);
      out.append(':');
    }
  }

  /** Appends the prefix of the names of the fields that a filter looks at. */
  static void namesBefore(StringBuilder out, String beginning) {
    if (!beginning.isEmpty()) {
      quote(out, beginning);
    }
    out.append("*:");
  }

  /** A pattern of field names, see {@link FieldPattern}. */
  static void pattern(StringBuilder out, FieldPattern pattern) {
    if (!pattern.prefix()) {
      quote(out, pattern.name());
    } else if (pattern.name().isEmpty() || isWord(pattern.name())) {
      out.append(pattern.name()).append('*');
    } else {
      alwaysQuote(out, pattern.name() + "*");
    }
  }

  private static boolean isPlain(String text) {
    return isWord(text) && !Keywords.isReserved(text);
  }

  private static boolean isWord(String text) {
    if (text.isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '.') {
        return false;
      }
    }
    return true;
  }
}
