package io.logcaster.cli;

/** Keeps what was logged from giving orders to the terminal it is shown on. */
final class Printable {

  private Printable() {}

  /** A text whose control characters, but line feed and tab, are shown as their pictures. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return replace(text);
      }
    }
    return text;
  }

  private static boolean isControl(char c) {
    return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
  }

  private static String replace(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // U+2400 and the following are pictures of the control characters.
      safe.append(!isControl(c) ? c : (c < ' ') ? (char) ('\u2400' + c) : '\uFFFD');
    }
    return safe.toString();
  }
}
