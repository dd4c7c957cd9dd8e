package io.logcaster.sink.http;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.JsonString;
import io.logcaster.record.RecordBatch;
import java.util.Locale;
import java.util.Set;

/**
 * Splunk's HTTP event collector: events with the message as text; {@code host} and {@code app}
 * become host and source, the other fields are indexed fields.
 */
final class SplunkPost implements PostBody {

  private final String index;

  /**
   * @param index where to; empty for the token's own
   */
  SplunkPost(String index) {
    this.index = index;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public String path() {
    return "/services/collector/event";
  }

  @Override
  public void append(RecordBatch batch, ByteBuilder body) {
    RowFields fields = new RowFields(batch, Set.of("host", "app"));
    for (int row = 0; row < fields.size(); row++) {
      long time = fields.time(row);
      body.append("{\"time\":")
          .append(
              String.format(
                  Locale.ROOT,
                  "%d.%09d",
                  Math.floorDiv(time, 1_000_000_000L),
                  Math.floorMod(time, 1_000_000_000L)));
      member("host", fields.text("host", row), body);
      member("source", fields.text("app", row), body);
      member("index", index, body);
      body.append(",\"event\":");
      fields.message(row, body);
      body.append(",\"fields\":{");
      fields.members(row, true, body);
      body.append("}}\n");
    }
  }

  private static void member(String name, String value, ByteBuilder body) {
    if (!value.isEmpty()) {
      body.append(",\"").append(name).append("\":");
      JsonString.append(value, body);
    }
  }
}
