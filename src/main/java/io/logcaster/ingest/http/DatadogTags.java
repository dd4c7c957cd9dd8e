package io.logcaster.ingest.http;

import io.logcaster.ingest.Bytes;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatchBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Adds fields for Datadog's tags and for the arguments of a request to the current record: {@code
 * env:prod,team:shop} sets {@code env} and {@code team} where the record has no such fields. Not
 * thread-safe.
 */
final class DatadogTags {

  private static final byte[] TAGS = Bytes.ascii("ddtags");

  private final RecordBatchBuilder builder;
  private final int tags;
  private final int[] argumentColumns;
  private final @Nullable String[] arguments;
  private final ByteBuilder text = new ByteBuilder(64);

  /**
   * @param names the names of arguments
   * @param arguments their values; null for those that the request lacks
   */
  DatadogTags(RecordBatchBuilder builder, String[] names, @Nullable String[] arguments) {
    this.builder = builder;
    this.tags = builder.column("ddtags");
    this.arguments = arguments;
    this.argumentColumns = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      argumentColumns[i] = builder.column(names[i]);
    }
  }

  /** Completes the current record. */
  void apply() {
    for (int i = 0; i < arguments.length; i++) {
      String value = arguments[i];
      if (value != null && !builder.has(argumentColumns[i])) {
        builder.value(argumentColumns[i], value);
      }
    }
    if (!builder.has(tags)) {
      return;
    }
    text.truncate(0);
    builder.copyValue(TAGS, 0, TAGS.length, text);
    byte[] bytes = text.array();
    int end = text.length();
    for (int at = 0; at < end; ) {
      int comma = Bytes.indexOf(bytes, at, end, (byte) ',');
      int name = (bytes[at] == ' ') ? at + 1 : at;
      int colon = Bytes.indexOf(bytes, name, comma, (byte) ':');
      if (colon > name && colon + 1 < comma) {
        tag(bytes, name, colon, comma);
      }
      at = comma + 1;
    }
  }

  private void tag(byte[] bytes, int name, int colon, int end) {
    int column = builder.column(bytes, name, colon);
    if (!builder.has(column)) {
      builder.add(column, bytes, colon + 1, end);
    }
  }
}
