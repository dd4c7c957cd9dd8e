package io.logcaster.query.exec;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Overwrite;
import io.logcaster.query.exec.TransformOperator.Transform;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.util.List;

/** Puts fields into one: a JSON object or a logfmt line. */
final class Packing {

  private Packing() {}

  static Transform json(List<FieldPattern> fields, String result) {
    return Rewrite.rows(
        null,
        Overwrite.ALWAYS,
        () -> {
          ByteBuilder text = new ByteBuilder(256);
          return (frame, row, target) -> {
            text.truncate(0);
            JsonText.row(frame, Accumulator.fields(frame, fields), row, text);
            target.put(row, result, text);
          };
        });
  }

  static Transform logfmt(List<FieldPattern> fields, String result) {
    return Rewrite.rows(
        null,
        Overwrite.ALWAYS,
        () -> {
          ByteBuilder text = new ByteBuilder(256);
          return (frame, row, target) -> {
            text.truncate(0);
            logfmt(frame, Accumulator.fields(frame, fields), row, text);
            target.put(row, result, text);
          };
        });
  }

  private static void logfmt(Frame frame, List<String> names, int row, ByteBuilder target) {
    for (String name : names) {
      Column column = frame.column(name);
      int from = column.start(row);
      int to = column.end(row);
      if (from == to) {
        continue;
      }
      if (target.length() > 0) {
        target.append(' ');
      }
      target.append(name).append('=');
      if (needsQuotes(column.bytes(), from, to)) {
        JsonText.quote(column.bytes(), from, to, target);
      } else {
        target.append(column.bytes(), from, to);
      }
    }
  }

  private static boolean needsQuotes(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if ((b >= 0 && b <= ' ') || b == '"' || b == '=' || b == '\\') {
        return true;
      }
    }
    return false;
  }
}
