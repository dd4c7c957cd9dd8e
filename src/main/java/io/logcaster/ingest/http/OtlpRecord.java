package io.logcaster.ingest.http;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.FieldWriter;
import io.logcaster.ingest.json.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an OpenTelemetry log record: attributes of the resource and the record under their own
 * names, those of the scope with the prefix {@code scope.}, the body as the message. Not
 * thread-safe.
 */
final class OtlpRecord {

  private static final byte[] SCOPE_NAME = Bytes.ascii("scope.name");
  private static final byte[] SCOPE_VERSION = Bytes.ascii("scope.version");
  private static final byte[] TRACE_ID = Bytes.ascii("trace_id");
  private static final byte[] SPAN_ID = Bytes.ascii("span_id");
  private static final byte[] EVENT_NAME = Bytes.ascii("event_name");

  private final OtlpOutput records;
  private final FieldWriter out;
  private final JsonLine line;
  private final int maxRecordSize;

  /** Names and values of the resource, in turn, then those of the scope. */
  private final List<byte[]> shared = new ArrayList<>();

  private int resourceParts;

  /** How many records were read. */
  private long number;

  private long time;
  private long observed;
  private int severity;
  private byte[] severityText = {};

  /**
   * Fills records; reused from request to request.
   *
   * @param fields sets attributes
   * @param line reads bodies that are records of their own
   */
  record Parser(FieldWriter fields, JsonLine line) {

    static Parser of(RecordWriter out, int maxRecordSize) {
      return new Parser(new FieldWriter(out), JsonLine.withoutTime(out, maxRecordSize));
    }
  }

  /**
   * @param parser fills the writer of the records
   */
  OtlpRecord(OtlpOutput records, Parser parser, int maxRecordSize) {
    this.records = records;
    this.out = parser.fields();
    this.line = parser.line();
    this.maxRecordSize = maxRecordSize;
  }

  void beginResource() {
    shared.clear();
    resourceParts = 0;
  }

  void resource(byte[] name, byte[] value) {
    shared.add(name);
    shared.add(value);
    resourceParts = shared.size();
  }

  void beginScope() {
    while (shared.size() > resourceParts) {
      shared.removeLast();
    }
  }

  void scope(byte[] name, byte[] version) {
    shared.add(SCOPE_NAME);
    shared.add(name);
    shared.add(SCOPE_VERSION);
    shared.add(version);
  }

  void begin() {
    out.begin();
    for (int i = 0; i < shared.size(); i += 2) {
      out.field(shared.get(i), shared.get(i + 1));
    }
    out.beginGroup();
    time = 0;
    observed = 0;
    severity = 0;
    severityText = new byte[0];
  }

  void time(long nanos) {
    time = nanos;
  }

  void observedTime(long nanos) {
    observed = nanos;
  }

  void severity(int number) {
    severity = number;
  }

  void severityText(byte[] text) {
    severityText = text;
  }

  void body(byte[] bytes, int from, int to) {
    int end = to;
    if (to - from > maxRecordSize) {
      end = Bytes.cut(bytes, from, maxRecordSize);
      records.writer().cut();
    }
    out.message(bytes, from, end);
  }

  /**
   * Replaces the current record by the one in its body, if the body is a record in JSON or the
   * like.
   *
   * @param map whether it was an object already, so that a message is enough
   * @return whether the body is a record
   */
  boolean inner(byte[] json, boolean map) {
    records.writer().builder().rollback();
    return map ? line.readObject(json, 0, json.length) : line.read(json, 0, json.length);
  }

  void attribute(byte[] name, byte[] value) {
    out.field(name, value);
  }

  /** Adds an attribute out of the body. */
  void attribute(byte[] bytes, int nameFrom, int nameTo, int valueFrom, int valueTo) {
    out.field(bytes, nameFrom, nameTo, bytes, valueFrom, valueTo);
  }

  void traceId(byte[] hex) {
    out.field(TRACE_ID, hex);
  }

  void spanId(byte[] hex) {
    out.field(SPAN_ID, hex);
  }

  void eventName(byte[] name) {
    out.field(EVENT_NAME, name);
  }

  void end() throws OverloadedException {
    if (time != 0 || observed != 0) {
      out.time(time != 0 ? time : observed);
    }
    if (severity > 0 || severityText.length > 0) {
      out.level(severityText, severity);
    }
    out.finish();
    records.end(++number);
  }

  /** Discards the current record, which is malformed. */
  void reject(String reason) {
    records.reject(++number, reason);
  }

  /**
   * A floating-point number as its sender most likely wrote it: whole ones without a fraction,
   * because some agents make every number one.
   */
  static byte[] number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    String text = whole ? Long.toString((long) value) : Double.toString(value);
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
