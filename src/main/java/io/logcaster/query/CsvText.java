package io.logcaster.query;

import io.logcaster.record.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes CSV (RFC 4180). */
final class CsvText {

  private CsvText() {}

  static void row(List<String> values, ByteBuilder target) {
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
  static void value(byte[] bytes, int from, int to, ByteBuilder target) {
    boolean quoted = false;
    for (int i = from; i < to && !quoted; i++) {
      byte b = bytes[i];
      quoted = b == ',' || b == '"' || b == '\n' || b == '\r';
    }
    if (!quoted) {
      target.append(bytes, from, to);
      return;
    }
    target.append('"');
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"') {
        target.append('"');
      }
      target.append(bytes[i]);
    }
    target.append('"');
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
