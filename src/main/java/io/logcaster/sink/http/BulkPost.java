package io.logcaster.sink.http;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.JsonString;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.sink.SinkException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Elasticsearch's {@code _bulk}, also of OpenSearch: documents with {@code @timestamp} and {@code
 * message}, created in an index or data stream. Each item has a status of its own.
 */
final class BulkPost implements PostBody {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final byte[] action;

  BulkPost(String index) {
    ByteBuilder text = new ByteBuilder(64);
    text.append("{\"create\":{\"_index\":");
    JsonString.append(index, text);
    text.append("}}\n");
    action = text.toByteArray();
  }

  @Override
  public String contentType() {
    return "application/x-ndjson";
  }

  @Override
  public String path() {
    return "/_bulk";
  }

  @Override
  public void append(RecordBatch batch, ByteBuilder body) {
    RowFields fields = new RowFields(batch, Set.of("@timestamp", "message"));
    for (int row = 0; row < fields.size(); row++) {
      body.append(action);
      body.append("{\"@timestamp\":\"");
      body.append(Timestamps.format(fields.time(row)));
      body.append("\",\"message\":");
      fields.message(row, body);
      fields.members(row, false, body);
      body.append("}\n");
    }
  }

  @Override
  public void check(byte[] answer) throws SinkException {
    JsonNode root;
    try {
      root = JSON.readTree(answer);
    } catch (JacksonException ex) {
      throw SinkException.temporary("The receiver's answer to a bulk request is no JSON", ex);
    }
    if (!root.path("errors").booleanValue(false)) {
      return;
    }
    Map<Integer, String> refused = new TreeMap<>();
    Map<Integer, String> retried = new TreeMap<>();
    int number = 0;
    for (JsonNode item : root.path("items")) {
      JsonNode result = item.iterator().next();
      int status = result.path("status").intValue(500);
      String reason =
          "%d %s"
              .formatted(
                  status, result.at("/error/reason").stringValue(result.path("error").toString()));
      // A conflict means that it is there already.
      if (status / 100 != 2 && status != 409) {
        (status == 429 || status >= 500 ? retried : refused).put(number, reason);
      }
      number++;
    }
    if (!refused.isEmpty() || !retried.isEmpty()) {
      Map<Integer, String> one = refused.isEmpty() ? retried : refused;
      throw SinkException.partial(
          "The receiver did not take %,d of %,d documents, for example: %s"
              .formatted(refused.size() + retried.size(), number, one.values().iterator().next()),
          refused,
          retried,
          null);
    }
  }
}
