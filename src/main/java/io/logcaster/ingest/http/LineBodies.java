package io.logcaster.ingest.http;

import io.logcaster.ingest.json.JsonParser;
import io.logcaster.ingest.json.NextElement;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.record.RecordBatchBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Reads bodies that are nothing but records: lines of JSON or lines of text. */
final class LineBodies {

  private LineBodies() {}

  /**
   * Reads lines with one or more objects of JSON each and skips empty lines. A malformed object is
   * rejected with the number of its line.
   */
  static void lines(BodyBuffer body, JsonParser parser, HttpRecords records)
      throws IOException, OverloadedException {
    NextElement next = new NextElement();
    while (body.nextLine()) {
      byte[] bytes = body.bytes();
      int to = body.to();
      int at = parser.skipSpace(bytes, body.from(), to);
      if (at < to && bytes[at] == '[') {
        at = skipBetween(bytes, at, to);
      }
      while (at < to) {
        String error = parser.parse(bytes, at, to, false, body.isCut());
        if (error != null) {
          records.reject(body.line(), error);
          at = body.isCut() ? to : next.find(parser, bytes, at, to, true);
        } else {
          if (body.isCut()) {
            records.writer().cut();
          }
          records.end(body.line());
          at = body.isCut() ? to : parser.end();
        }
        at = skipBetween(bytes, at, to);
      }
    }
  }

  /** Skips white space, the brackets and commas of an array, NUL, RS and a brace too many. */
  static int skipBetween(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      switch (bytes[at]) {
        case ' ', '\n', '\r', '\t', ',', '[', ']', '}', 0, 0x1E -> at++;
        default -> {
          return at;
        }
      }
    }
    return at;
  }

  /**
   * Reads lines of log files or of syslog.
   *
   * @param fields what every record gets in addition
   */
  static void text(BodyBuffer body, int limit, HttpRecords records, Map<String, String> fields)
      throws IOException, OverloadedException, InterruptedException {
    RecordBatchBuilder builder = records.writer().builder();
    TextDecoder decoder = TextDecoder.ofLines(records.writer(), limit);
    int[] columns = fields.keySet().stream().mapToInt(builder::column).toArray();
    List<String> values = List.copyOf(fields.values());
    while (body.nextLine()) {
      for (int i = 0; i < columns.length && body.to() > body.from(); i++) {
        builder.value(columns[i], values.get(i));
      }
      decoder.line(body.bytes(), body.from(), body.to(), body.isCut());
      records.ended();
    }
    decoder.finish();
    records.ended();
  }
}
