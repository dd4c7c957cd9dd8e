package io.logcaster.system;

/**
 * Makes untrusted text safe to print: it can neither control the terminal nor imitate a log line.
 * Control characters become their pictures (U+2400 and following), characters that change the
 * direction of text become U+FFFD.
 */
public final class Printable {

  private Printable() {}

  /** Keeps line feeds and tabs. */
  public static String of(String text) {
    return printable(text, true);
  }

  /** Puts a text on one line. */
  public static String line(String text) {
    return printable(text, false);
  }

  /**
   * Escapes such characters in JSON, which keeps its meaning.
   *
   * @param json JSON whose strings have line feeds and tabs escaped, as the format requires
   */
  public static String json(String json) {
    StringBuilder safe = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean harmful = isHarmful(c) && c != '\n' && c != '\t';
      if (harmful && safe == null) {
        safe = new StringBuilder(json.length() + 64).append(json, 0, i);
      }
      if (safe != null) {
        safe.append(harmful ? escape(c) : c);
      }
    }
    return (safe == null) ? json : safe.toString();
  }

  private static String escape(char c) {
    return "\\u" + Integer.toHexString(0x10000 | c).substring(1);
  }

  private static String printable(String text, boolean lines) {
    StringBuilder safe = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean harmful = isHarmful(c) && !(lines && (c == '\n' || c == '\t'));
      if (harmful && safe == null) {
        safe = new StringBuilder(text.length()).append(text, 0, i);
      }
      if (safe != null) {
        safe.append(!harmful ? c : (c < ' ') ? (char) ('\u2400' + c) : '\uFFFD');
      }
    }
    return (safe == null) ? text : safe.toString();
  }

  private static boolean isHarmful(char c) {
    if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
      return true;
    }
    return switch (c) {
      // Arabic letter mark, left-to-right and right-to-left marks, line and paragraph separators
      case '\u061C', '\u200E', '\u200F', '\u2028', '\u2029' -> true;
      // embeddings, overrides and isolates
      default -> (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    };
  }
}
