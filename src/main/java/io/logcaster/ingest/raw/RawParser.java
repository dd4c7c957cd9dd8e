package io.logcaster.ingest.raw;

import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.ingest.json.Logfmt;
import io.logcaster.ingest.syslog.BsdHead;
import io.logcaster.record.RecordBatchBuilder;

/**
 * Reads a plain line. A recognised head is taken off into fields, else all of it is the message.
 */
public final class RawParser {

  private final RecordBatchBuilder builder;

  private final LineHead head;

  private final Logfmt logfmt;

  private final BsdHead bsd;

  /**
   * Makes a parser.
   *
   * @param out where the records go
   */
  public RawParser(RecordWriter out) {
    this.builder = out.builder();
    this.head = new LineHead(out);
    this.logfmt = Logfmt.ofLines(out);
    this.bsd = new BsdHead(out);
  }

  /** Sets the current record from a line, without ending it. */
  public void parse(byte[] bytes, int from, int to) {
    if (logfmt.parse(bytes, from, to)) {
      return;
    }
    int message = LocalTimes.isMonth(bytes, from, to) ? bsd.parse(bytes, from, to) : -1;
    if (message < 0) {
      message = head.parse(bytes, from, to);
    }
    builder.message(bytes, (message < 0) ? from : message, to);
  }
}
