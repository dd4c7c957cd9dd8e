package io.logcaster.ingest.text;

import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decodes text in tests, as a connection from 10.0.0.9 at {@link #NOW} would. */
public final class Decoding {

  public static final String NOW = "2026-11-21T10:00:00Z";

  private Decoding() {}

  /** The records of a connection that sends these bytes, in reads of the given lengths. */
  public static List<LogRecord> decode(byte[] bytes, int limit, int... reads) {
    return decode(bytes, limit, ZoneOffset.UTC, reads);
  }

  /** The records of a connection of which every message is of one protocol; null for any. */
  static List<LogRecord> decode(
      byte[] bytes, int limit, @Nullable TextProtocol only, int... reads) {
    return decode(bytes, limit, ZoneOffset.UTC, false, only, reads);
  }

  /** The records of a connection that has room for objects above the limit. */
  public static List<LogRecord> decodeLarge(String text, int limit) {
    return decode(text.getBytes(StandardCharsets.UTF_8), limit, ZoneOffset.UTC, true, null);
  }

  public static List<LogRecord> decode(byte[] bytes, int limit, ZoneId zone, int... reads) {
    return decode(bytes, limit, zone, false, null, reads);
  }

  private static List<LogRecord> decode(
      byte[] bytes,
      int limit,
      ZoneId zone,
      boolean large,
      @Nullable TextProtocol only,
      int... reads) {
    RecordWriter out =
        new RecordWriter(
            List.of("host", "app"),
            new LocalTimes(zone),
            "10.0.0.9".getBytes(StandardCharsets.US_ASCII));
    TextDecoder decoder = new TextDecoder(out, limit, () -> large, null, null);
    if (only != null) {
      decoder.only(only);
    }
    List<LogRecord> records = new ArrayList<>();
    out.now(Timestamps.parse(NOW));
    int start = 0;
    int end = 0;
    for (int read = 0; end < bytes.length; read++) {
      end = (read < reads.length) ? Math.min(end + reads[read], bytes.length) : bytes.length;
      start = drain(decoder, out, bytes, start, end, false, records);
    }
    start = drain(decoder, out, bytes, start, end, true, records);
    do {
      start = decoder.end(bytes, start, end);
      records.addAll(out.builder().build().records());
    } while (start < end);
    return records;
  }

  private static int drain(
      TextDecoder decoder,
      RecordWriter out,
      byte[] bytes,
      int start,
      int end,
      boolean quiet,
      List<LogRecord> records) {
    int at = start;
    while (true) {
      at = decoder.decode(bytes, at, end, quiet);
      if (!out.builder().isFull()) {
        if (end - at > decoder.longest()) {
          throw new AssertionError("waits for more bytes than a connection has room for");
        }
        return at;
      }
      records.addAll(out.builder().build().records());
    }
  }

  public static List<LogRecord> decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8), 256 << 10);
  }

  /** The one record of a line, as a map of everything but a host that was filled in. */
  public static Map<String, String> line(String text) {
    List<LogRecord> records = decode(text + "\n");
    if (records.size() != 1) {
      throw new AssertionError(records.size() + " records: " + records);
    }
    return fields(records.getFirst());
  }

  /** A record as a map; {@code _time} only where it is not the arrival, host where it was sent. */
  public static Map<String, String> fields(LogRecord record) {
    Map<String, String> fields = new TreeMap<>();
    String time = Timestamps.format(record.time());
    if (!time.equals(NOW)) {
      fields.put("_time", time);
    }
    if (!record.message().isEmpty()) {
      fields.put("_msg", record.message());
    }
    for (Field field : record.fields()) {
      if (!field.name().equals("host") || !field.value().equals("10.0.0.9")) {
        fields.put(field.name(), field.value());
      }
    }
    return fields;
  }

  /** {@code "a=b; c=d"} as a map. */
  public static Map<String, String> map(String text) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : text.split("; ", -1)) {
      int at = pair.indexOf('=');
      map.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return new TreeMap<>(map);
  }
}
