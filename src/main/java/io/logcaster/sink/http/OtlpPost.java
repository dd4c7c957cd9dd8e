package io.logcaster.sink.http;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.JsonString;
import io.logcaster.record.RecordBatch;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenTelemetry's protocol over HTTP, in its JSON form. {@code app} and {@code host} are attributes
 * of the resource, {@code level} is the severity text, the other fields are attributes.
 */
final class OtlpPost implements PostBody {

  private static final Logger LOG = LoggerFactory.getLogger(OtlpPost.class);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Set<String> SPECIAL = Set.of("app", "host", "level", "trace_id", "span_id");

  private boolean isEmpty = true;

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public String path() {
    return "/v1/logs";
  }

  @Override
  public void begin() {
    isEmpty = true;
  }

  @Override
  public void append(RecordBatch batch, ByteBuilder body) {
    RowFields fields = new RowFields(batch, SPECIAL);
    int row = 0;
    while (row < fields.size()) {
      body.append(isEmpty ? "{\"resourceLogs\":[" : ",");
      isEmpty = false;
      String app = fields.text("app", row);
      String host = fields.text("host", row);
      resource(app, host, body);
      String separator = "";
      int stream = fields.stream(row);
      while (row < fields.size()
          && (fields.stream(row) == stream)
          && fields.text("app", row).equals(app)
          && fields.text("host", row).equals(host)) {
        body.append(separator);
        separator = ",";
        record(fields, row, body);
        row++;
      }
      body.append("]}]}");
    }
  }

  private static void resource(String app, String host, ByteBuilder body) {
    body.append("{\"resource\":{\"attributes\":[");
    String separator = "";
    if (!app.isEmpty()) {
      body.append("{\"key\":\"service.name\",\"value\":{\"stringValue\":");
      JsonString.append(app, body);
      body.append("}}");
      separator = ",";
    }
    if (!host.isEmpty()) {
      body.append(separator).append("{\"key\":\"host.name\",\"value\":{\"stringValue\":");
      JsonString.append(host, body);
      body.append("}}");
    }
    body.append("]},\"scopeLogs\":[{\"logRecords\":[");
  }

  private static void record(RowFields fields, int row, ByteBuilder body) {
    body.append("{\"timeUnixNano\":\"").append(fields.time(row)).append('"');
    if (fields.severity(row) > 0) {
      body.append(",\"severityNumber\":").append((long) fields.severity(row));
    }
    member("severityText", fields.text("level", row), body);
    member("traceId", hex(fields.text("trace_id", row), 32), body);
    member("spanId", hex(fields.text("span_id", row), 16), body);
    body.append(",\"body\":{\"stringValue\":");
    fields.message(row, body);
    body.append("},\"attributes\":[");
    fields.attributes(row, body);
    body.append("]}");
  }

  private static void member(String name, String value, ByteBuilder body) {
    if (!value.isEmpty()) {
      body.append(",\"").append(name).append("\":");
      JsonString.append(value, body);
    }
  }

  /** A receiver refuses the whole request for an identifier of another length. */
  private static String hex(String value, int length) {
    return (value.length() == length && value.matches("[0-9a-fA-F]+")) ? value : "";
  }

  @Override
  public void end(ByteBuilder body) {
    body.append("]}");
  }

  @Override
  public void check(byte[] answer) {
    try {
      JsonNode partial = JSON.readTree(answer).path("partialSuccess");
      String rejected = partial.path("rejectedLogRecords").asString("0");
      if (!rejected.equals("0")) {
        // It does not say which, so none can be sent again.
        LOG.warn(
            "The receiver rejected {} records of a request: {}",
            rejected,
            partial.path("errorMessage").asString(""));
      }
    } catch (JacksonException ex) {
      LOG.debug("The answer is no JSON", ex);
    }
  }
}
