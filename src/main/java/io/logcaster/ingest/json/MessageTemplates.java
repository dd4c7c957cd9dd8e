package io.logcaster.ingest.json;

import io.logcaster.ingest.Bytes;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatchBuilder;

/**
 * Puts a record's fields into its <a href="https://messagetemplates.org">message template</a>, as
 * Serilog and NLog write it beside them: {@code Order {Id} of {@User,10:f} placed}. Holes with a
 * format take the texts of {@code @r}, in their order, if the sender gives them; otherwise
 * alignment and format are left aside. Doubled braces are single ones, a hole without a field
 * stays. Not thread-safe.
 */
final class MessageTemplates {

  private static final byte[] NOTHING = {};

  private static final byte[] PROPERTIES = Bytes.ascii("Properties.");

  private static final byte[] RENDERINGS = Bytes.ascii("@r");

  private final RecordBatchBuilder builder;

  private final ByteBuilder text = new ByteBuilder(16);

  private final ByteBuilder path = new ByteBuilder(16);

  /** The array of {@code @r}, and where its next text begins. */
  private final ByteBuilder renderings = new ByteBuilder(16);

  private final JsonScanner scanner = new JsonScanner();

  private int nextRendering;

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
    renderings.truncate(0);
    nextRendering = builder.copyValue(RENDERINGS, 0, RENDERINGS.length, renderings) ? 1 : 0;
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
    if (nextRendering > 0 && Bytes.indexOf(bytes, end, to, (byte) ':') < to && rendering()) {
      return true;
    }
    if (builder.copyValue(bytes, start, end, text)) {
      return true;
    }
    path.truncate(0);
    path.append(PROPERTIES).append(bytes, start, end);
    return builder.copyValue(path.array(), 0, path.length(), text);
  }

  /** Appends the next text that the sender has formatted; returns false if there is none. */
  private boolean rendering() {
    byte[] array = renderings.array();
    int end = renderings.length();
    scanner.begin(array, end);
    int at = scanner.skipSpace(nextRendering);
    if (at < end && array[at] == ',') {
      at = scanner.skipSpace(at + 1);
    }
    int after = (at < end && array[at] == '"') ? scanner.string(at + 1) : -1;
    if (after < 0) {
      nextRendering = 0;
      return false;
    }
    text.append(scanner.textBytes(), scanner.textFrom(), scanner.textTo());
    nextRendering = after;
    return true;
  }
}
