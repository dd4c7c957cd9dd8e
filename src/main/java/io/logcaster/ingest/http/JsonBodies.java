package io.logcaster.ingest.http;

import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.ingest.text.TextDecoder;
import io.logcaster.record.RecordBatchBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Reads the bodies that are nothing but records: lines of JSON, JSON objects, lines of text. */
final class JsonBodies {

  private JsonBodies() {}

  /** Reads one object in each line; empty lines do not count. */
  static void lines(BodyBuffer body, JsonParser parser, HttpRecords records)
      throws IOException, OverloadedException, InterruptedException {
    RecordWriter out = records.writer();
    while (body.nextLine()) {
      int at = parser.skipSpace(body.bytes(), body.from(), body.to());
      while (at < body.to()) {
        String error = parser.parse(body.bytes(), at, body.to(), false, body.isCut());
        if (error != null) {
          out.builder().rollback();
          records.reject(body.line(), error);
          break;
        }
        if (body.isCut()) {
          out.cut();
        }
        out.end();
        records.ended();
        at = body.isCut() ? body.to() : parser.skipSpace(body.bytes(), parser.end(), body.to());
      }
    }
  }

  /** Reads one object, an array of objects or objects one after the other, over any lines. */
  static void objects(BodyBuffer body, JsonParser parser, boolean gelf, HttpRecords records)
      throws IOException, OverloadedException, InterruptedException {
    RecordWriter out = records.writer();
    long number = 0;
    while (true) {
      int at = skipBetween(body);
      if (at == body.end()) {
        body.used(at);
        if (!body.more()) {
          return;
        }
        continue;
      }
      body.used(at);
      String error = parser.parse(body.bytes(), at, body.end(), gelf, false);
      if (error != null) {
        out.builder().rollback();
        if (parser.needsMore() && !body.isBeyondLimit() && body.more()) {
          continue;
        }
        // Where one object is broken nobody knows where the next begins.
        records.reject(number + 1, body.isBeyondLimit() ? "json: the object is too large" : error);
        return;
      }
      number++;
      out.end();
      body.used(parser.end());
      records.ended();
    }
  }

  /** The first byte that is neither space nor what stands between the objects of an array. */
  private static int skipBetween(BodyBuffer body) {
    byte[] bytes = body.bytes();
    int at = body.from();
    while (at < body.end()) {
      switch (bytes[at]) {
        case ' ', '\n', '\r', '\t', ',', '[', ']' -> at++;
        default -> {
          return at;
        }
      }
    }
    return at;
  }

  /**
   * Reads lines as they come in log files and from syslog.
   *
   * @param fields what each record gets beside
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
