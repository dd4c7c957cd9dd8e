package io.logcaster.ingest.journal;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.JsonFields;
import io.logcaster.ingest.json.JsonLine;
import io.logcaster.ingest.json.JsonNames;
import io.logcaster.record.RecordBatchBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries of the journal as records. {@code MESSAGE}, {@code PRIORITY}, {@code _HOSTNAME}
 * and {@code SYSLOG_IDENTIFIER} fill their parts; all fields stay but the message, the time and the
 * cursor. The cursor gives {@code __SEQNUM} and {@code __SEQNUM_ID}, which prove the delivery,
 * where an older sender does not. Not thread-safe.
 */
public final class JournalRecords {

  private static final byte[] CURSOR = Bytes.ascii("__CURSOR");

  private static final byte[] MESSAGE = Bytes.ascii("MESSAGE");

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final JsonFields fields;

  private final JsonLine jsonLine;

  private final int number;

  private final int sequence;

  /**
   * @param maxValue longer JSON values are cut to this many bytes
   */
  public JournalRecords(RecordWriter out, int maxValue) {
    this.out = out;
    this.builder = out.builder();
    this.fields = new JsonFields(out, JsonNames.JOURNAL);
    this.jsonLine = JsonLine.withoutOrigin(out, maxValue);
    this.number = builder.column("__SEQNUM");
    this.sequence = builder.column("__SEQNUM_ID");
  }

  /** Sets the current record from an entry, without ending it. */
  public void write(JournalExport entry, @Nullable JournalCursor cursor) {
    int message = fill(entry, cursor);
    if (message >= 0) {
      byte[] bytes = entry.bytes();
      int from = entry.nameTo(message);
      int to = entry.valueTo(message);
      // A text that is no record takes the fields with it.
      if (JsonLine.mayBe(bytes, from, to) && !jsonLine.read(bytes, from, to)) {
        fill(entry, cursor);
      }
    }
    if (entry.isCut()) {
      out.cut();
    }
  }

  /** Sets the fields, and returns the one with the message; -1 if there is none. */
  private int fill(JournalExport entry, @Nullable JournalCursor cursor) {
    byte[] bytes = entry.bytes();
    int message = -1;
    fields.begin(false);
    for (int i = 0; i < entry.fields(); i++) {
      int from = entry.nameFrom(i);
      int to = entry.nameTo(i);
      if (!Bytes.equal(bytes, from, to, CURSOR)) {
        fields.set(fields.column(bytes, from, to, true), bytes, to, entry.valueTo(i));
        message = Bytes.equal(bytes, from, to, MESSAGE) ? i : message;
      }
    }
    fields.finish();
    if (cursor != null && !builder.has(number)) {
      builder.value(number, Long.toString(cursor.number()));
      builder.value(sequence, cursor.sequence());
    }
    return message;
  }
}
