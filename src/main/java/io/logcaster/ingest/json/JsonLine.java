package io.logcaster.ingest.json;

import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;
import java.util.List;

/**
 * Reads lines of other protocols that are log records in JSON, as programs write them to syslog or
 * to an output that an agent sends to Loki. Only an object with a message and a level or a time is
 * a record; other JSON stays a message. Not thread-safe.
 */
public final class JsonLine {

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final JsonParser parser;

  private final JsonFields fields;

  private final int[] times;

  private JsonLine(RecordWriter out, JsonNames names, int maxValue) {
    this.out = out;
    this.builder = out.builder();
    this.parser = JsonParser.inner(out, names, maxValue);
    this.fields = parser.fields();
    this.times =
        List.of("time", "timestamp", "@timestamp", "ts").stream()
            .mapToInt(builder::column)
            .toArray();
  }

  /** For texts that are all that there is of their records. */
  public static JsonLine ofLines(RecordWriter out, int maxValue) {
    return new JsonLine(out, JsonNames.DEFAULT, maxValue);
  }

  /** For a protocol that gives the time itself. */
  public static JsonLine withoutTime(RecordWriter out, int maxValue) {
    return new JsonLine(out, JsonNames.WITHOUT_TIME, maxValue);
  }

  /** For a protocol that gives the time, the host and the app itself. */
  public static JsonLine withoutOrigin(RecordWriter out, int maxValue) {
    return new JsonLine(out, JsonNames.INSIDE, maxValue);
  }

  /** Whether a text may be a record; if not, there is no need to try. */
  public static boolean mayBe(byte[] bytes, int from, int to) {
    return to - from > 2 && bytes[from] == '{' && bytes[to - 1] == '}';
  }

  /**
   * Adds the fields of a text to the current record, if the text is a record. Its level wins over
   * one that was set before.
   *
   * @return false if it is not a record; the current record is discarded then
   */
  public boolean read(byte[] bytes, int from, int to) {
    return read(bytes, from, to, false);
  }

  /**
   * As {@link #read(byte[], int, int)}.
   *
   * @param marked whether the sender says that it is a record, so that each object is one
   */
  public boolean read(byte[] bytes, int from, int to, boolean marked) {
    return takenBack(add(bytes, from, to, marked, false));
  }

  /**
   * As {@link #read(byte[], int, int)}, for a text that its sender gave as an object: a message is
   * enough.
   */
  public boolean readObject(byte[] bytes, int from, int to) {
    return takenBack(add(bytes, from, to, false, true));
  }

  /** As {@link #read(byte[], int, int)}, but the caller discards the record if it returns false. */
  boolean addIfRecord(byte[] bytes, int from, int to) {
    return add(bytes, from, to, false, false);
  }

  private boolean takenBack(boolean taken) {
    if (!taken) {
      builder.rollback();
    }
    return taken;
  }

  private boolean add(byte[] bytes, int from, int to, boolean marked, boolean object) {
    String error = parser.parse(bytes, from, to, false, false);
    if (error != null || parser.end() != to || !(marked || fields.hasMessage())) {
      return false;
    }
    if (fields.hasLevel()) {
      out.soleLevel();
      return true;
    }
    return marked || object || hasTime();
  }

  private boolean hasTime() {
    for (int column : times) {
      if (builder.has(column)) {
        return true;
      }
    }
    return false;
  }
}
