package io.logcaster.ingest.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads labels as Loki's clients write them: <code>{app="shop", env="a\"b"}</code>. */
final class LokiLabels {

  private final String text;
  private int at;

  private LokiLabels(String text) {
    this.text = text;
  }

  /** The names and values in turn. */
  static List<byte[]> parse(String text) throws RefusedException {
    return new LokiLabels(text).read();
  }

  private List<byte[]> read() throws RefusedException {
    List<byte[]> labels = new ArrayList<>();
    space();
    expect('{');
    space();
    while (at < text.length() && text.charAt(at) != '}') {
      labels.add(name().getBytes(StandardCharsets.UTF_8));
      space();
      expect('=');
      space();
      labels.add(value().getBytes(StandardCharsets.UTF_8));
      space();
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
        space();
      }
    }
    expect('}');
    return labels;
  }

  /** A name that has other characters than most is written in quotes. */
  private String name() throws RefusedException {
    if (text.charAt(at) == '"') {
      return value();
    }
    int start = at;
    while (at < text.length() && isName(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == ':' || c == '-';
  }

  private String value() throws RefusedException {
    char quote = (at < text.length()) ? text.charAt(at) : 0;
    if (quote != '"' && quote != '`') {
      throw malformed();
    }
    at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && quote == '"' && at < text.length()) {
        char escaped = text.charAt(at++);
        switch (escaped) {
          case 'n' -> value.append('\n');
          case 't' -> value.append('\t');
          case 'r' -> value.append('\r');
          case 'u' -> value.append(unicode());
          default -> value.append(escaped);
        }
      } else {
        value.append(c);
      }
    }
    expect(quote);
    return value.toString();
  }

  private char unicode() throws RefusedException {
    try {
      char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
      at += 4;
      return c;
    } catch (RuntimeException ex) {
      throw malformed();
    }
  }

  private void space() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private void expect(char c) throws RefusedException {
    if (at >= text.length() || text.charAt(at) != c) {
      throw malformed();
    }
    at++;
  }

  private RefusedException malformed() {
    return new RefusedException("The labels '%s' are malformed at %d.".formatted(text, at));
  }
}
