package io.logcaster.cli;

import io.logcaster.system.Printable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Formats records for people: time, level, host and app, message, other fields. */
final class RecordLines {

  private static final Set<String> IN_PLACE =
      Set.of("_time", "level", "host", "app", "_msg", "_stream", "_stream_id");

  private final Colors colors;
  private final List<String> fields;

  /**
   * @param fields the other fields to show; empty for all
   */
  RecordLines(Colors colors, List<String> fields) {
    this.colors = colors;
    this.fields = fields;
  }

  String line(JsonNode record) {
    StringBuilder line = new StringBuilder();
    append(line, colors.dim(text(record.path("_time"))));
    String level = text(record.path("level"));
    append(line, colors.level(level, level.isEmpty() ? "" : "%-5s".formatted(level)));
    append(line, colors.bold(origin(record)));
    append(line, text(record.path("_msg")));
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      String name = field.getKey();
      if (fields.isEmpty() ? !IN_PLACE.contains(name) : fields.contains(name)) {
        append(line, colors.dim(Printable.line(name) + "=") + value(text(field.getValue())));
      }
    }
    return line.toString();
  }

  private static String text(JsonNode value) {
    return Printable.of(value.asString(""));
  }

  private static String origin(JsonNode record) {
    String host = text(record.path("host"));
    String app = text(record.path("app"));
    return (host.isEmpty() || app.isEmpty()) ? host + app : host + "/" + app;
  }

  private static void append(StringBuilder line, String part) {
    if (!part.isEmpty()) {
      line.append(line.isEmpty() ? "" : " ").append(part);
    }
  }

  private static String value(String text) {
    return text.indexOf(' ') >= 0 ? '"' + text + '"' : text;
  }
}
