package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Overwrite;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.JsonRows;
import io.logcaster.query.exec.frame.Overlay;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.query.exec.stats.Accumulator;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.JsonString;
import java.util.List;

/**
 * Packs fields into one, as a JSON object or a logfmt line: {@code pack_json}, {@code pack_logfmt}.
 */
public final class Packing {

  private Packing() {}

  /** Appends some fields of a row. */
  @FunctionalInterface
  private interface Format {

    void append(Frame frame, List<String> names, int row, ByteBuilder target);
  }

  public static Transform json(List<FieldPattern> fields, String result) {
    return pack(fields, result, JsonRows::row);
  }

  public static Transform logfmt(List<FieldPattern> fields, String result) {
    return pack(fields, result, Packing::logfmt);
  }

  private static Transform pack(List<FieldPattern> fields, String result, Format format) {
    return (frame, rows) -> {
      List<String> names = Accumulator.fields(frame, fields);
      ByteBuilder text = new ByteBuilder(256);
      Overlay overlay = new Overlay(frame, Overwrite.ALWAYS);
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        text.truncate(0);
        format.append(frame, names, row, text);
        overlay.put(row, result, text);
      }
      return overlay.build(rows);
    };
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
        JsonString.append(column.bytes(), from, to, target);
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
