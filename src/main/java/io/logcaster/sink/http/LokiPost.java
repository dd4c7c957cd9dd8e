package io.logcaster.sink.http;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.JsonString;
import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Loki's push API: lines by labels. The message is the line; fields that are no labels are
 * structured metadata, if wanted.
 */
final class LokiPost implements PostBody {

  private final List<String> labels;
  private final boolean metadata;

  /** The entries of each stream, by its printed labels. */
  private final Map<String, ByteBuilder> streams = new LinkedHashMap<>();

  LokiPost(List<String> labels, boolean metadata) {
    this.labels = List.copyOf(labels);
    this.metadata = metadata;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public String path() {
    return "/loki/api/v1/push";
  }

  @Override
  public void begin() {
    streams.clear();
  }

  @Override
  public void append(RecordBatch batch, ByteBuilder body) {
    Set<String> without = new HashSet<>(labels);
    RowFields fields = new RowFields(batch, without);
    Map<List<String>, ByteBuilder> known = new LinkedHashMap<>();
    for (int row = 0; row < fields.size(); row++) {
      ByteBuilder entries = known.computeIfAbsent(values(fields, row), this::stream);
      entries.append(entries.length() == 0 ? "[\"" : ",[\"");
      entries.append(fields.time(row));
      entries.append("\",");
      fields.message(row, entries);
      if (metadata) {
        entries.append(",{");
        fields.members(row, true, entries);
        entries.append('}');
      }
      entries.append(']');
    }
  }

  private List<String> values(RowFields fields, int row) {
    List<String> values = new ArrayList<>();
    for (String label : labels) {
      values.add(fields.text(label, row));
    }
    return values;
  }

  private ByteBuilder stream(List<String> values) {
    ByteBuilder text = new ByteBuilder(64);
    String separator = "{";
    for (int i = 0; i < labels.size(); i++) {
      if (!values.get(i).isEmpty()) {
        text.append(separator);
        separator = ",";
        JsonString.append(labels.get(i).replaceAll("[^a-zA-Z0-9_]", "_"), text);
        text.append(':');
        JsonString.append(values.get(i), text);
      }
    }
    if (separator.equals("{")) {
      // Loki refuses a stream without labels.
      text.append("{\"job\":\"logcaster\"");
    }
    text.append('}');
    return streams.computeIfAbsent(text.toString(), (missing) -> new ByteBuilder(1024));
  }

  @Override
  public void end(ByteBuilder body) {
    String separator = "{\"streams\":[";
    for (Map.Entry<String, ByteBuilder> stream : streams.entrySet()) {
      body.append(separator);
      separator = ",";
      body.append("{\"stream\":").append(stream.getKey()).append(",\"values\":[");
      body.append(stream.getValue().array(), 0, stream.getValue().length());
      body.append("]}");
    }
    body.append("]}");
    streams.clear();
  }
}
