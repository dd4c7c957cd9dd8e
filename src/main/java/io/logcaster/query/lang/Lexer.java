package io.logcaster.query.lang;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a query's text into tokens.
 *
 * <pre>
 * token   = word | quoted | symbol
 * word    = (letter | digit | "_" | ".")+
 * quoted  = '"' (char | escape)* '"' | "'" (char | escape)* "'" | "`" char* "`"
 * escape  = "\" (a b f n r t v \ ' " | xHH | uHHHH | UHHHHHHHH | OOO)
 * comment = "#" up to the end of the line
 * </pre>
 *
 * A quote that is never closed is a symbol, which no grammar rule begins with.
 */
final class Lexer {

  private static final String[] SYMBOLS = new String[128];

  static {
    for (int c = 0; c < SYMBOLS.length; c++) {
      SYMBOLS[c] = Character.toString(c);
    }
  }

  /** The search for the end of a quote that is never closed reads up to the end of the text. */
  private static final int MAX_UNCLOSED = 100;

  private final String text;

  private int at;

  private int unclosed;

  Lexer(String text) {
    this.text = text;
  }

  /** All tokens; the last one is the end. */
  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = next();
      tokens.add(token);
    } while (!token.isEnd());
    return tokens;
  }

  private Token next() {
    boolean spaced = skipSpace();
    int start = at;
    if (start == text.length()) {
      return new Token(Token.Kind.END, "", start, start, spaced);
    }
    int c = text.codePointAt(start);
    if (isWord(c)) {
      while (at < text.length() && isWord(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      return new Token(Token.Kind.WORD, text.substring(start, at), start, at, spaced);
    }
    if (c == '"' || c == '\'' || c == '`') {
      int close = closing(start, (char) c);
      if (close > 0) {
        String content = (c == '`') ? text.substring(start + 1, close) : unescape(start + 1, close);
        at = close + 1;
        return new Token(Token.Kind.QUOTED, content, start, at, spaced);
      }
    }
    at += Character.charCount(c);
    // A long query repeats a few symbols many times.
    String symbol = (c < SYMBOLS.length) ? SYMBOLS[c] : text.substring(start, at);
    return new Token(Token.Kind.SYMBOL, symbol, start, at, spaced);
  }

  private boolean skipSpace() {
    int start = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = (end < 0) ? text.length() : end;
      } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        at++;
      } else {
        break;
      }
    }
    return at > start;
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c)
        || c == '_'
        || c == '.'
        || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private int closing(int start, char quote) {
    if (unclosed > MAX_UNCLOSED) {
      throw new QuerySyntaxException("Too many quotes are never closed", text, start);
    }
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i;
      }
      if (c == '\\' && quote != '`') {
        i++;
      }
    }
    unclosed++;
    return -1;
  }

  private String unescape(int from, int to) {
    if (text.indexOf('\\', from, to) < 0) {
      return text.substring(from, to);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int i = from;
    while (i < to) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c != '\\') {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      char escape = text.charAt(i);
      int simple = "abfnrtv\\'\"".indexOf(escape);
      int digits =
          switch (escape) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
          };
      if (simple >= 0) {
        bytes.write("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
        i++;
      } else if (digits > 0) {
        int code = number(i, i + 1, i + 1 + digits, to, 16);
        i += 1 + digits;
        if (digits == 2) {
          bytes.write(code);
        } else if (Character.isValidCodePoint(code)) {
          bytes.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
        } else {
          throw new QuerySyntaxException("This character does not exist", text, i - digits - 2);
        }
      } else if (escape >= '0' && escape <= '7') {
        bytes.write(number(i, i, i + 3, to, 8));
        i += 3;
      } else {
        throw new QuerySyntaxException(
            "Unknown escape \\" + escape + "; write \\\\ for a backslash, or use `backticks`",
            text,
            i - 1);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private int number(int escape, int from, int end, int to, int radix) {
    if (end <= to) {
      try {
        return Integer.parseUnsignedInt(text.substring(from, end), radix);
      } catch (NumberFormatException ex) {
        throw new QuerySyntaxException("Digits are missing in this escape", text, escape - 1);
      }
    }
    throw new QuerySyntaxException("Digits are missing in this escape", text, escape - 1);
  }
}
