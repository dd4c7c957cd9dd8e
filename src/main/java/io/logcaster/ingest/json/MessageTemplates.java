package io.logcaster.ingest.json;

import io.logcaster.ingest.Bytes;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatchBuilder;

/**
 * Puts a record's fields into its <a href="https://messagetemplates.org">message template</a>, as
 * Serilog and NLog write it beside them: {@code Order {Id} of {@User,10:f} placed}. Alignment and
 * format are left aside, doubled braces are single ones, a hole without a field stays. Not
 * thread-safe.
 */
final class MessageTemplates {

  private static final byte[] NOTHING = {};

  private static final byte[] PROPERTIES = Bytes.ascii("Properties.");

  private final RecordBatchBuilder builder;

  private final ByteBuilder text = new ByteBuilder(16);

  private final ByteBuilder path = new ByteBuilder(16);

  MessageTemplates(RecordBatchBuilder builder) {
    this.builder = builder;
  }

  /** The text of a template in the current record; empty where the template has no holes. */
  byte[] render(byte[] bytes, int from, int to) {
    int at = Bytes.indexOfEither(bytes, from, to, (byte) '{', (byte) '}');
    if (at == to) {
      return NOTHING;
    }
    text.truncate(0);
    int copied = from;
    while (at < to) {
      text.append(bytes, copied, at);
      if (at + 1 < to && bytes[at + 1] == bytes[at]) {
        text.append(bytes[at]);
        copied = at + 2;
      } else {
        int end = (bytes[at] == '{') ? Bytes.indexOf(bytes, at, to, (byte) '}') : to;
        boolean filled = end < to && fill(bytes, at + 1, end);
        copied = filled ? end + 1 : at;
      }
      at = Bytes.indexOfEither(bytes, Math.max(copied, at + 1), to, (byte) '{', (byte) '}');
    }
    text.append(bytes, copied, to);
    return text.toByteArray();
  }

  /** Appends the value of the field that a hole names; returns false if there is none. */
  private boolean fill(byte[] bytes, int from, int to) {
    int start = (from < to && (bytes[from] == '@' || bytes[from] == '$')) ? from + 1 : from;
    int end = Bytes.indexOfEither(bytes, start, to, (byte) ',', (byte) ':');
    if (start == end) {
      return false;
    }
    if (builder.copyValue(bytes, start, end, text)) {
      return true;
    }
    path.truncate(0);
    path.append(PROPERTIES).append(bytes, start, end);
    return builder.copyValue(path.array(), 0, path.length(), text);
  }
}
