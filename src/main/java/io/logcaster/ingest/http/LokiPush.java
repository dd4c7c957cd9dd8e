package io.logcaster.ingest.http;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.FieldWriter;
import io.logcaster.ingest.json.JsonLine;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a push to Loki: streams with labels, each with entries of a time, a line and structured
 * metadata. Labels and metadata become fields; so do the parts of a line that is a log record in
 * JSON, see {@link JsonLine}.
 *
 * <pre>
 * PushRequest { 1 streams { 1 labels string, 2 entries { 1 time { 1 s, 2 ns }, 2 line, 3 metadata { 1 name, 2 value } } } }
 * {"streams":[{"stream":{"a":"b"},"values":[["ns","line",{"name":"value"}]]}]}
 * {"streams":[{"labels":"{a=\"b\"}","entries":[{"ts":"RFC 3339","line":"line"}]}]}          as older clients
 * </pre>
 */
final class LokiPush {

  private static final JsonMapper JSON = new JsonMapper();

  /** About how much memory a tree of JSON takes per byte of text, at most. */
  private static final int TREE_FACTOR = 8;

  private final HttpRecords records;
  private final int maxRecordSize;
  private final FieldWriter out;
  private final byte @Nullable [] tenant;
  private final @Nullable JsonLine jsonLine;

  private static final byte[] TENANT = Bytes.ascii("tenant");

  /** Names and values of the current stream, in turn. */
  private List<byte[]> labels = new ArrayList<>();

  /** Why the labels of the current stream cannot be read; null if they can. */
  private @Nullable String labelError;

  /** How many entries were read. */
  private long number;

  /**
   * Fills records; reused from push to push.
   *
   * @param fields sets labels and metadata
   * @param line reads lines that are records in JSON
   */
  record Parser(FieldWriter fields, JsonLine line) {

    static Parser of(RecordWriter out, int maxRecordSize) {
      return new Parser(new FieldWriter(out), JsonLine.withoutTime(out, maxRecordSize));
    }
  }

  /**
   * @param parser fills the writer of the records
   * @param parsesLines whether lines may be records in JSON
   */
  LokiPush(
      HttpRecords records,
      Parser parser,
      int maxRecordSize,
      @Nullable String tenant,
      boolean parsesLines) {
    this.records = records;
    this.out = parser.fields();
    this.maxRecordSize = maxRecordSize;
    this.jsonLine = parsesLines ? parser.line() : null;
    this.tenant = (tenant == null) ? null : tenant.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads Snappy's block format around protocol buffers, or these by themselves. */
  void protobuf(WholeBody body) throws RefusedException, OverloadedException {
    byte[] bytes = body.bytes();
    int length = body.length();
    if (length == 0) {
      return;
    }
    byte[] unpacked = Snappy.unpack(bytes, length, RequestBody.LIMIT);
    body.hold(unpacked.length);
    ProtoReader request = new ProtoReader(unpacked, 0, unpacked.length);
    while (request.next()) {
      if (request.field() == 1) {
        try {
          stream(new ProtoReader(unpacked, request.from(), request.to()));
        } catch (RefusedException ex) {
          records.reject(++number, ex.message());
        }
      }
    }
  }

  private void labels(String text) {
    labelError = null;
    try {
      labels = LokiLabels.parse(text);
    } catch (RefusedException ex) {
      labelError = ex.message();
    }
  }

  private void stream(ProtoReader stream) throws RefusedException, OverloadedException {
    labels("{}");
    long before = number;
    ProtoReader entry = new ProtoReader(stream.bytes(), 0, 0);
    ProtoReader part = new ProtoReader(stream.bytes(), 0, 0);
    while (stream.next()) {
      if (stream.field() == 1) {
        labels(
            new String(
                stream.bytes(),
                stream.from(),
                stream.to() - stream.from(),
                StandardCharsets.UTF_8));
      } else if (stream.field() == 2) {
        entry.reset(stream.from(), stream.to());
        try {
          entry(entry, part);
        } catch (RefusedException ex) {
          records.reject(++number, ex.message());
          continue;
        }
        end();
      }
    }
    if (labelError != null && number == before) {
      throw new RefusedException(labelError);
    }
  }

  private void entry(ProtoReader entry, ProtoReader part) throws RefusedException {
    byte[] bytes = entry.bytes();
    int from = entry.at();
    int to = entry.end();
    while (entry.next()) {
      if (entry.field() == 2) {
        line(bytes, entry.from(), entry.to());
      }
    }
    begin();
    entry.reset(from, to);
    while (entry.next()) {
      switch (entry.field()) {
        case 1 -> {
          part.reset(entry.from(), entry.to());
          time(part);
        }
        case 3 -> {
          part.reset(entry.from(), entry.to());
          metadata(part);
        }
        default -> {}
      }
    }
  }

  private void time(ProtoReader time) throws RefusedException {
    long seconds = 0;
    long nanos = 0;
    while (time.next()) {
      if (time.field() == 1) {
        seconds = time.number();
      } else if (time.field() == 2) {
        nanos = time.number();
      }
    }
    out.time(seconds * Timestamps.SECOND + nanos);
  }

  private void metadata(ProtoReader pair) throws RefusedException {
    int nameFrom = 0;
    int nameTo = 0;
    int valueFrom = 0;
    int valueTo = 0;
    while (pair.next()) {
      if (pair.field() == 1) {
        nameFrom = pair.from();
        nameTo = pair.to();
      } else if (pair.field() == 2) {
        valueFrom = pair.from();
        valueTo = pair.to();
      }
    }
    out.field(pair.bytes(), nameFrom, nameTo, pair.bytes(), valueFrom, valueTo);
  }

  private void begin() throws RefusedException {
    if (labelError != null) {
      throw new RefusedException(labelError);
    }
    out.begin();
    for (int i = 0; i < labels.size(); i += 2) {
      out.field(labels.get(i), labels.get(i + 1));
    }
    out.beginGroup();
    if (tenant != null) {
      out.field(TENANT, tenant);
    }
  }

  /** First, because values beside the line win. */
  private void line(byte[] bytes, int from, int to) {
    if (jsonLine != null && JsonLine.mayBe(bytes, from, to) && jsonLine.read(bytes, from, to)) {
      return;
    }
    int end = to;
    if (to - from > maxRecordSize) {
      end = Bytes.cut(bytes, from, maxRecordSize);
      records.writer().cut();
    }
    out.message(bytes, from, end);
  }

  private void end() throws OverloadedException {
    out.finish();
    records.end(++number);
  }

  /** Reads JSON in the current format or the previous one. */
  void json(WholeBody body) throws RefusedException, OverloadedException {
    body.hold((long) body.length() * TREE_FACTOR);
    JsonNode request;
    try {
      request = JSON.readTree(body.bytes(), 0, body.length());
    } catch (JacksonException ex) {
      throw RefusedException.notJson(ex);
    }
    if (!request.path("streams").isArray() && body.length() > 0) {
      throw new RefusedException("The body is not an object with a list of streams.");
    }
    for (JsonNode stream : request.path("streams")) {
      labels("{}");
      if (!stream.path("values").isArray() && !stream.path("entries").isArray()) {
        records.reject(++number, "A stream has no list of values.");
      }
      for (Map.Entry<String, JsonNode> label : stream.path("stream").properties()) {
        labels.add(utf8(label.getKey()));
        labels.add(text(label.getValue()));
      }
      if (stream.path("labels").isString()) {
        labels(stream.get("labels").asString());
      }
      for (JsonNode value : stream.path("values")) {
        value(value.path(0).asString(""), value.path(1), value.path(2));
      }
      for (JsonNode entry : stream.path("entries")) {
        String time = entry.path("ts").asString(entry.path("timestamp").asString(""));
        value(time, entry.path("line"), entry.path("structuredMetadata"));
      }
    }
  }

  private void value(String time, JsonNode line, JsonNode metadata) throws OverloadedException {
    try {
      entry(time, line, metadata);
    } catch (RefusedException ex) {
      records.reject(++number, ex.message());
      return;
    }
    end();
  }

  private void entry(String time, JsonNode line, JsonNode metadata) throws RefusedException {
    if (!line.isString()) {
      throw new RefusedException("A value is not [\"<unix epoch in nanoseconds>\", \"<line>\"].");
    }
    byte[] text = utf8(time);
    long nanos = records.writer().times().any(text, 0, text.length);
    if (nanos == Timestamps.INVALID) {
      throw new RefusedException("The time '%s' is not valid.".formatted(time));
    }
    byte[] message = utf8(line.asString());
    line(message, 0, message.length);
    begin();
    out.time(nanos);
    for (Map.Entry<String, JsonNode> field : metadata.properties()) {
      out.field(utf8(field.getKey()), text(field.getValue()));
    }
  }

  private static byte[] text(JsonNode value) {
    return utf8(value.isContainer() ? value.toString() : value.asString(""));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
