package io.logcaster.sink.text;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatch;

/**
 * Prints records, straight from columns to bytes. Keeps buffers: not thread-safe.
 *
 * <pre>{@code
 * text.begin(batch);
 * text.row(0, target);
 * }</pre>
 */
public interface RecordText {

  /** Selects the batch whose rows are printed next. */
  void begin(RecordBatch batch);

  /** Appends a row, without a line feed at its end. */
  void row(int row, ByteBuilder target);

  /**
   * The format with a name.
   *
   * @param name {@code json}, {@code logfmt}, {@code raw} or {@code syslog}
   */
  static RecordText of(String name) {
    return switch (name) {
      case "json" -> new JsonText();
      case "logfmt" -> new LogfmtText();
      case "raw" -> new RawText();
      case "syslog" -> new SyslogText(16, "logcaster");
      default -> throw new IllegalArgumentException("There is no format " + name);
    };
  }

  /** Appends all rows of a batch, each with a line feed at its end. */
  default void lines(RecordBatch batch, ByteBuilder target) {
    begin(batch);
    for (int row = 0; row < batch.size(); row++) {
      row(row, target);
      target.append((byte) '\n');
    }
  }
}
