package io.logcaster.ingest.http;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.json.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads logs in protocol buffers:
 *
 * <pre>
 * ExportLogsServiceRequest { 1 ResourceLogs { 1 Resource { 1 KeyValue }, 2 ScopeLogs { 1 Scope, 2 LogRecord } } }
 * Scope      { 1 name, 2 version }
 * LogRecord  { 1 time, 2 severity, 3 severity text, 5 body, 6 KeyValue, 9 trace id, 10 span id, 11 observed time, 12 event name }
 * KeyValue   { 1 key, 2 AnyValue }
 * AnyValue   { 1 string, 2 bool, 3 int, 4 double, 5 array { 1 AnyValue }, 6 list { 1 KeyValue }, 7 bytes }
 * </pre>
 *
 * @see <a href="https://github.com/open-telemetry/opentelemetry-proto">opentelemetry-proto</a>
 */
final class OtlpProtobuf {

  private static final JsonMapper JSON = new JsonMapper();

  /** Lists nested deeper are JSON, and in JSON values nested deeper are null. */
  private static final int MAX_DEPTH = 32;

  /** Likewise lists in longer names, in bytes, which the builder cuts. */
  private static final int MAX_PATH = 256;

  private static final int ARRAY = 5;
  private static final int MAP = 6;

  private static final byte[] TRUE = Bytes.ascii("true");
  private static final byte[] FALSE = Bytes.ascii("false");

  private final OtlpRecord out;

  /** Of the attributes and bodies of records, which are many. */
  private ProtoReader pair = new ProtoReader(new byte[0], 0, 0);

  private ProtoReader value = pair;

  /**
   * Whether a body that may be a record of its own is kept for {@link #inner} or taken as it is.
   */
  private boolean looksInside;

  /** The body that may be a record of its own, as JSON. */
  private byte @Nullable [] inner;

  /** Whether that is a map, rather than a text. */
  private boolean innerMap;

  OtlpProtobuf(OtlpRecord out) {
    this.out = out;
  }

  /** Reads a body; throws where it is malformed from its beginning. */
  void read(WholeBody body) throws RefusedException, OverloadedException {
    ProtoReader request = new ProtoReader(body.bytes(), 0, body.length());
    pair = new ProtoReader(body.bytes(), 0, 0);
    value = new ProtoReader(body.bytes(), 0, 0);
    while (request.next()) {
      if (request.field() == 1) {
        try {
          resourceLogs(request.bytes(), request.from(), request.to());
        } catch (RefusedException ex) {
          out.reject(ex.message());
        }
      }
    }
  }

  private void resourceLogs(byte[] bytes, int from, int to)
      throws RefusedException, OverloadedException {
    out.beginResource();
    // The resource may follow its records.
    ProtoReader logs = new ProtoReader(bytes, from, to);
    while (logs.next()) {
      if (logs.field() == 1) {
        ProtoReader resource = new ProtoReader(bytes, logs.from(), logs.to());
        while (resource.next()) {
          if (resource.field() == 1) {
            keyValue(bytes, resource.from(), resource.to(), "", 0, out::resource);
          }
        }
      }
    }
    logs.reset(from, to);
    while (logs.next()) {
      if (logs.field() == 2) {
        scopeLogs(bytes, logs.from(), logs.to());
      }
    }
  }

  private void scopeLogs(byte[] bytes, int from, int to)
      throws RefusedException, OverloadedException {
    out.beginScope();
    ProtoReader logs = new ProtoReader(bytes, from, to);
    while (logs.next()) {
      if (logs.field() == 1) {
        scope(new ProtoReader(bytes, logs.from(), logs.to()));
      }
    }
    logs.reset(from, to);
    ProtoReader record = new ProtoReader(bytes, 0, 0);
    while (logs.next()) {
      if (logs.field() == 2) {
        record.reset(logs.from(), logs.to());
        try {
          record(record);
        } catch (RefusedException ex) {
          out.reject(ex.message());
          continue;
        }
        out.end();
      }
    }
  }

  private void scope(ProtoReader scope) throws RefusedException {
    byte[] name = {};
    byte[] version = {};
    while (scope.next()) {
      if (scope.field() == 1) {
        name = range(scope);
      } else if (scope.field() == 2) {
        version = range(scope);
      }
    }
    out.scope(name, version);
  }

  private void record(ProtoReader record) throws RefusedException {
    int from = record.at();
    int to = record.end();
    looksInside = true;
    inner = null;
    out.begin();
    parts(record);
    byte[] json = inner;
    if (json != null) {
      // It comes first, because what the record itself says wins.
      looksInside = out.inner(json, innerMap);
      out.begin();
      record.reset(from, to);
      parts(record);
    }
  }

  private void parts(ProtoReader record) throws RefusedException {
    byte[] bytes = record.bytes();
    while (record.next()) {
      switch (record.field()) {
        case 1 -> out.time(record.number());
        case 2 -> out.severity(Math.clamp(record.number(), 0, 24));
        case 3 -> out.severityText(range(record));
        case 5 -> body(bytes, record.from(), record.to());
        case 6 -> attribute(bytes, record.from(), record.to());
        case 9 -> out.traceId(hex(record));
        case 10 -> out.spanId(hex(record));
        case 11 -> out.observedTime(record.number());
        case 12 -> out.eventName(range(record));
        default -> {}
      }
    }
  }

  private void body(byte[] bytes, int from, int to) throws RefusedException {
    value.reset(from, to);
    while (value.next()) {
      if (value.field() == 1) {
        if (looksInside && JsonLine.mayBe(bytes, value.from(), value.to())) {
          inner = range(value);
          innerMap = false;
        } else {
          out.body(bytes, value.from(), value.to());
        }
      } else if (value.field() == MAP && looksInside) {
        inner = scalar(value);
        innerMap = true;
      } else if (isKnown(value)) {
        byte[] text = scalar(value);
        out.body(text, 0, text.length);
      }
    }
  }

  /** Whether the current value is one of those that there are, and not one of a later version. */
  private static boolean isKnown(ProtoReader value) {
    return value.field() >= 1 && value.field() <= 7;
  }

  /** Reads an attribute of a record, most of which are plain texts. */
  private void attribute(byte[] bytes, int from, int to) throws RefusedException {
    pair.reset(from, to);
    int nameFrom = from;
    int nameTo = from;
    value.reset(from, from);
    while (pair.next()) {
      if (pair.field() == 1) {
        nameFrom = pair.from();
        nameTo = pair.to();
      } else if (pair.field() == 2) {
        value.reset(pair.from(), pair.to());
      }
    }
    if (value.next() && value.field() == 1 && value.at() == value.end()) {
      out.attribute(bytes, nameFrom, nameTo, value.from(), value.to());
    } else {
      keyValue(bytes, from, to, "", 0, out::attribute);
    }
  }

  /** Takes the names and values of attributes. */
  private interface Attributes {

    void add(byte[] name, byte[] value);
  }

  /** Reads a pair; lists inside of it are flattened with dots. */
  private void keyValue(byte[] bytes, int from, int to, String prefix, int depth, Attributes target)
      throws RefusedException {
    ProtoReader pair = new ProtoReader(bytes, from, to);
    byte[] name = {};
    int valueFrom = 0;
    int valueTo = 0;
    while (pair.next()) {
      if (pair.field() == 1) {
        name = range(pair);
      } else if (pair.field() == 2) {
        valueFrom = pair.from();
        valueTo = pair.to();
      }
    }
    if (!prefix.isEmpty()) {
      name = (prefix + new String(name, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
    ProtoReader value = new ProtoReader(bytes, valueFrom, valueTo);
    while (value.next()) {
      if (value.field() == MAP && depth < MAX_DEPTH && name.length < MAX_PATH) {
        String path = new String(name, StandardCharsets.UTF_8) + ".";
        ProtoReader list = new ProtoReader(bytes, value.from(), value.to());
        while (list.next()) {
          keyValue(bytes, list.from(), list.to(), path, depth + 1, target);
        }
      } else if (isKnown(value)) {
        target.add(name, scalar(value));
      }
    }
  }

  /** The current value, a known one, as text: arrays and lists as JSON, bytes in base64. */
  private byte[] scalar(ProtoReader value) throws RefusedException {
    return switch (value.field()) {
      case 1 -> range(value);
      case 2 -> (value.number() != 0) ? TRUE : FALSE;
      case 3 -> Bytes.ascii(Long.toString(value.number()));
      case 4 -> OtlpRecord.number(Double.longBitsToDouble(value.number()));
      case 7 -> Base64.getEncoder().encode(range(value));
      default -> {
        StringBuilder json = new StringBuilder();
        json(value, json, 0);
        yield json.toString().getBytes(StandardCharsets.UTF_8);
      }
    };
  }

  /** Writes the current value as JSON. */
  private void json(ProtoReader value, StringBuilder json, int depth) throws RefusedException {
    boolean array = value.field() == ARRAY;
    if ((!array && value.field() != MAP) || depth > MAX_DEPTH) {
      boolean quoted = value.field() == 1 || value.field() == 7;
      String text = depth > MAX_DEPTH ? "null" : new String(scalar(value), StandardCharsets.UTF_8);
      json.append(quoted ? JSON.writeValueAsString(text) : text);
      return;
    }
    json.append(array ? '[' : '{');
    ProtoReader items = new ProtoReader(value.bytes(), value.from(), value.to());
    boolean first = true;
    while (items.next()) {
      json.append(first ? "" : ",");
      first = false;
      ProtoReader item = new ProtoReader(value.bytes(), items.from(), items.to());
      if (array) {
        any(item, json, depth);
      } else {
        pair(item, json, depth);
      }
    }
    json.append(array ? ']' : '}');
  }

  private void pair(ProtoReader pair, StringBuilder json, int depth) throws RefusedException {
    String name = "";
    ProtoReader value = new ProtoReader(pair.bytes(), 0, 0);
    while (pair.next()) {
      if (pair.field() == 1) {
        name = new String(range(pair), StandardCharsets.UTF_8);
      } else if (pair.field() == 2) {
        value.reset(pair.from(), pair.to());
      }
    }
    json.append(JSON.writeValueAsString(name)).append(':');
    any(value, json, depth);
  }

  private void any(ProtoReader value, StringBuilder json, int depth) throws RefusedException {
    while (value.next()) {
      if (isKnown(value)) {
        json(value, json, depth + 1);
        return;
      }
    }
    json.append("null");
  }

  private static byte[] range(ProtoReader field) {
    return Arrays.copyOfRange(field.bytes(), field.from(), field.to());
  }

  private static byte[] hex(ProtoReader field) {
    return Bytes.ascii(HexFormat.of().formatHex(field.bytes(), field.from(), field.to()));
  }
}
