package io.logcaster.ingest.http;

import io.logcaster.ingest.json.JsonLine;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads logs in OTLP's JSON: trace ids in hexadecimal, 64-bit numbers as strings or numbers,
 * unknown fields ignored.
 */
final class OtlpJson {

  private static final JsonMapper JSON = new JsonMapper();

  /** About how much memory a tree of JSON takes per byte of text, at most. */
  private static final int TREE_FACTOR = 8;

  /** Lists nested deeper are JSON. */
  private static final int MAX_DEPTH = 32;

  /** Likewise lists in longer names, which the builder cuts. */
  private static final int MAX_PATH = 256;

  private final OtlpRecord out;

  OtlpJson(OtlpRecord out) {
    this.out = out;
  }

  void read(WholeBody body) throws RefusedException, OverloadedException {
    body.hold((long) body.length() * TREE_FACTOR);
    JsonNode request;
    try {
      request = JSON.readTree(body.bytes(), 0, body.length());
    } catch (JacksonException ex) {
      throw RefusedException.notJson(ex);
    }
    JsonNode resources = request.path("resourceLogs");
    if (!request.isObject() || !(resources.isArray() || resources.isMissingNode())) {
      throw new RefusedException("The body is not an object with resourceLogs.");
    }
    for (JsonNode logs : resources) {
      out.beginResource();
      if (!logs.path("scopeLogs").isArray()) {
        out.reject("An element of resourceLogs has no list of scopeLogs.");
      }
      attributes(logs.path("resource").path("attributes"), "", 0, out::resource);
      for (JsonNode scopeLogs : logs.path("scopeLogs")) {
        out.beginScope();
        JsonNode scope = scopeLogs.path("scope");
        out.scope(text(scope.path("name")), text(scope.path("version")));
        if (!scopeLogs.path("logRecords").isArray()) {
          out.reject("An element of scopeLogs has no list of logRecords.");
        }
        for (JsonNode record : scopeLogs.path("logRecords")) {
          if (record.isObject()) {
            record(record);
          } else {
            out.reject("A log record is no object.");
          }
        }
      }
    }
  }

  private void record(JsonNode record) throws OverloadedException {
    JsonNode content = value(record.path("body"));
    byte[] body = text(content);
    boolean inner =
        JsonLine.mayBe(body, 0, body.length)
            && (content.isObject() || content.isString())
            && out.inner(body, content.isObject());
    out.begin();
    out.time(nanos(record.path("timeUnixNano")));
    out.observedTime(nanos(record.path("observedTimeUnixNano")));
    out.severity(Math.clamp(record.path("severityNumber").asInt(0), 0, 24));
    out.severityText(text(record.path("severityText")));
    if (!inner) {
      out.body(body, 0, body.length);
    }
    attributes(record.path("attributes"), "", 0, out::attribute);
    out.traceId(text(record.path("traceId")));
    out.spanId(text(record.path("spanId")));
    out.eventName(text(record.path("eventName")));
    out.end();
  }

  private static long nanos(JsonNode node) {
    try {
      return node.isNumber() ? node.asLong() : Long.parseLong(node.asString("0"));
    } catch (NumberFormatException ex) {
      return 0;
    }
  }

  private static void attributes(
      JsonNode pairs, String prefix, int depth, BiConsumer<byte[], byte[]> target) {
    for (JsonNode pair : pairs) {
      String name = prefix + pair.path("key").asString("");
      JsonNode list = pair.path("value").path("kvlistValue");
      if (list.isObject() && depth < MAX_DEPTH && name.length() < MAX_PATH) {
        attributes(list.path("values"), name + ".", depth + 1, target);
      } else {
        target.accept(utf8(name), text(value(pair.path("value"))));
      }
    }
  }

  /** An {@code AnyValue} as the JSON it stands for. */
  private static JsonNode value(JsonNode any) {
    for (var entry : any.properties()) {
      JsonNode value = entry.getValue();
      switch (entry.getKey()) {
        case "arrayValue" -> {
          var array = JSON.createArrayNode();
          value.path("values").forEach((item) -> array.add(value(item)));
          return array;
        }
        case "kvlistValue" -> {
          var object = JSON.createObjectNode();
          value
              .path("values")
              .forEach(
                  (pair) -> object.set(pair.path("key").asString(""), value(pair.path("value"))));
          return object;
        }
        case "intValue" -> {
          return JSON.getNodeFactory().numberNode(nanos(value));
        }
        case "stringValue", "boolValue", "doubleValue", "bytesValue" -> {
          return value;
        }
        default -> {}
      }
    }
    return JSON.missingNode();
  }

  private static byte[] text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return new byte[0];
    }
    if (value.isFloatingPointNumber()) {
      return OtlpRecord.number(value.asDouble());
    }
    return utf8(value.isContainer() ? value.toString() : value.asString());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
