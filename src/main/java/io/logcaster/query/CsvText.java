package io.logcaster.query;

import io.logcaster.query.value.Numbers;
import io.logcaster.record.ByteBuilder;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes CSV (RFC 4180). A spreadsheet takes a value that begins with {@code = + - @}, a tab or a
 * carriage return for a formula, and logs are full of text from outside; such a value gets an
 * apostrophe before it (OWASP, "CSV Injection"), unless it is a negative number or values are
 * wanted as they are.
 */
final class CsvText {

  static final CsvText SAFE = new CsvText(true);

  static final CsvText AS_IT_IS = new CsvText(false);

  /** The wide forms of {@code = + - @} in UTF-8, which some spreadsheets read as the signs. */
  private static final int[] WIDE = {0xEFBC9D, 0xEFBC8B, 0xEFBC8D, 0xEFBCA0};

  private final boolean guarded;

  private CsvText(boolean guarded) {
    this.guarded = guarded;
  }

  /** Reads the request's choice: {@code formulas=keep} leaves values unchanged. */
  static CsvText of(HttpServletRequest request) {
    String formulas = request.getParameter("formulas");
    if (formulas == null || formulas.equals("escape")) {
      return SAFE;
    }
    if (formulas.equals("keep")) {
      return AS_IT_IS;
    }
    throw QueryArguments.problem(
        "invalid_parameter",
        "formulas",
        "Parameter 'formulas' is '" + formulas + "', but must be escape or keep");
  }

  void row(List<String> values, ByteBuilder target) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        target.append(',');
      }
      byte[] bytes = values.get(i).getBytes(StandardCharsets.UTF_8);
      value(bytes, 0, bytes.length, target);
    }
    target.append('\r').append('\n');
  }

  /** Appends a value, in quotes where it has a comma, a quote or a line break. */
  void value(byte[] bytes, int from, int to, ByteBuilder target) {
    boolean formula = guarded && from < to && isFormula(bytes, from, to);
    boolean quoted = formula;
    for (int i = from; i < to && !quoted; i++) {
      byte b = bytes[i];
      quoted = b == ',' || b == '"' || b == '\n' || b == '\r';
    }
    if (!quoted) {
      target.append(bytes, from, to);
      return;
    }
    target.append('"');
    if (formula) {
      target.append('\'');
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"') {
        target.append('"');
      }
      target.append(bytes[i]);
    }
    target.append('"');
  }

  private static boolean isFormula(byte[] bytes, int from, int to) {
    byte first = bytes[from];
    if (first == '-') {
      return !isNumber(bytes, from, to);
    }
    if (first == (byte) 0xEF && from + 2 < to) {
      int wide = 0xEF0000 | (bytes[from + 1] & 0xff) << 8 | (bytes[from + 2] & 0xff);
      return Arrays.stream(WIDE).anyMatch((sign) -> sign == wide);
    }
    return first == '=' || first == '+' || first == '@' || first == '\t' || first == '\r';
  }

  /** Whether a value is a number without a unit, which a spreadsheet may read as one. */
  private static boolean isNumber(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if ((b < '0' || b > '9') && b != '-' && b != '+' && b != '.' && b != 'e' && b != 'E') {
        return false;
      }
    }
    return !Double.isNaN(Numbers.parse(bytes, from, to));
  }

  /** Appends rows with a number of empty values after each. */
  static void fill(byte[] rows, int missing, ByteBuilder target) {
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < rows.length && missing > 0; i++) {
      if (rows[i] == '"') {
        quoted = !quoted;
      } else if (rows[i] == '\r' && !quoted) {
        target.append(rows, start, i);
        for (int column = 0; column < missing; column++) {
          target.append(',');
        }
        start = i;
      }
    }
    target.append(rows, start, rows.length);
  }
}
