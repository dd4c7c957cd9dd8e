package io.logcaster.ingest;

import io.logcaster.record.Cardinality;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes decoded records into a batch builder, and does what all protocols have in common: reads
 * levels in any spelling, sets {@code host} to the sender's address, and marks records that were
 * changed. One for each connection or request; not thread-safe.
 */
public final class RecordWriter {

  /** The field that marks a record whose text was truncated. */
  static final String TRUNCATED = "_truncated";

  /** The field with the reason why a message is stored as a plain line. */
  static final String PARSE_ERROR = "_parse_error";

  /** The field with the sender's spelling of the level, if {@link Field#LEVEL} is less precise. */
  static final String LEVEL_ORIGINAL = "level_original";

  private static final byte[] NOTHING = {};

  private static final byte[] TRUE = Bytes.ascii("true");

  private static final byte[][] SYSLOG_KEYWORDS = new byte[8][];

  static {
    for (int i = 0; i < 8; i++) {
      SYSLOG_KEYWORDS[i] = Bytes.ascii(Severity.syslogKeyword(i));
    }
  }

  private final RecordBatchBuilder builder;

  private final LocalTimes times;

  private byte @Nullable [] sender;

  private final int host;

  private final int app;

  private final int processId;

  private final int levelOriginal;

  private final int truncated;

  private final int parseError;

  /** The columns and the values of added fields. */
  private final int[] addedColumns;

  private final byte[][] addedValues;

  /** The columns and the values of the current message's fields. */
  private int[] extraColumns = {};

  private byte[][] extraValues = {};

  private int extras;

  private boolean cut;

  private long parseErrors;

  private long cuts;

  /**
   * Creates a writer.
   *
   * @param streamFields the names of the stream fields
   * @param times reads the sender's times
   * @param sender the value of {@code host} for records without one; null to leave it absent
   * @param fields fields that are added to every record that lacks them
   * @param cardinality limits the numbers of streams and field names
   */
  RecordWriter(
      List<String> streamFields,
      LocalTimes times,
      byte @Nullable [] sender,
      Map<String, String> fields,
      Cardinality cardinality) {
    builder = RecordBatch.builder(streamFields, cardinality);
    this.times = times;
    this.sender = sender;
    host = builder.column("host");
    app = builder.column("app");
    processId = builder.column("proc_id");
    levelOriginal = builder.column(LEVEL_ORIGINAL);
    truncated = builder.column(TRUNCATED);
    parseError = builder.column(PARSE_ERROR);
    addedColumns = new int[fields.size()];
    addedValues = new byte[fields.size()][];
    int next = 0;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      addedColumns[next] = builder.column(field.getKey());
      addedValues[next++] = field.getValue().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Creates a writer that adds no fields. */
  public RecordWriter(List<String> streamFields, LocalTimes times, byte @Nullable [] sender) {
    this(streamFields, times, sender, Map.of(), Cardinality.unlimited());
  }

  /** Sets the value of {@code host} for records without one. */
  public void sender(byte[] address) {
    sender = address;
  }

  public RecordBatchBuilder builder() {
    return builder;
  }

  public LocalTimes times() {
    return times;
  }

  /** The column of {@code host}. */
  public int host() {
    return host;
  }

  /** The column of {@code app}. */
  public int app() {
    return app;
  }

  /** The column of {@code proc_id}. */
  public int processId() {
    return processId;
  }

  /** Sets the current time, for records without a time and times without a year. */
  public void now(long nanos) {
    times.now(nanos);
    builder.arrivalTime(nanos);
  }

  /** Sets the level from a sender's spelling; an unknown spelling is kept as it is. */
  public void level(byte[] bytes, int from, int to) {
    level(bytes, from, to, Levels.parse(bytes, from, to));
  }

  /**
   * Sets the level from a sender's spelling that has already been parsed.
   *
   * @param number 1..24; 0 for an unknown spelling, which is kept as it is
   */
  public void level(byte[] bytes, int from, int to, int number) {
    if (number == Severity.UNSET) {
      builder.value(RecordBatchBuilder.LEVEL, bytes, from, to);
      return;
    }
    level(number);
    if (Severity.isLossy(number)) {
      int start = Levels.from(bytes, from, to);
      builder.add(levelOriginal, bytes, start, Levels.to(bytes, start, to));
    }
  }

  /**
   * Sets the level from a number, and keeps the sender's spelling if it is more precise.
   *
   * @param text the spelling; may be empty
   * @param number 1..24; 0 if there is only the spelling
   */
  public void level(byte[] text, int number) {
    if (number == Severity.UNSET) {
      level(text, 0, text.length);
      return;
    }
    level(number);
    boolean same = Severity.name(Levels.parse(text, 0, text.length)).equals(Severity.name(number));
    if (!same || Severity.isLossy(number)) {
      builder.value(levelOriginal, text, 0, text.length);
    }
  }

  /** Sets the level from a severity number in 1..24. */
  public void level(int number) {
    byte[] name = Severity.nameBytes(number);
    builder.severity(number);
    builder.value(RecordBatchBuilder.LEVEL, name, 0, name.length);
  }

  /** Removes the spelling of an earlier level of the record, unless the current level needs it. */
  public void soleLevel() {
    if (!Severity.isLossy(builder.severity())) {
      builder.value(levelOriginal, NOTHING, 0, 0);
    }
  }

  /** Keeps the spelling of another level of the record. */
  public void levelOriginal(byte[] bytes, int from, int to) {
    builder.add(levelOriginal, bytes, from, to);
  }

  /** Sets the level from a syslog severity, 0 to 7. */
  public void syslogLevel(int syslogSeverity) {
    int number = Levels.ofSyslog(syslogSeverity);
    level(number);
    if (Severity.isLossy(number)) {
      byte[] keyword = SYSLOG_KEYWORDS[syslogSeverity];
      builder.value(levelOriginal, keyword, 0, keyword.length);
    }
  }

  /** Marks the text of the current record as truncated. */
  public void cut() {
    cut = true;
  }

  /** Forgets the {@linkplain #extra fields} of the last message. */
  public void clearExtra() {
    extras = 0;
  }

  /** Adds a field to the records that follow and lack it, until {@link #clearExtra}. */
  public void extra(int column, byte[] value) {
    if (extras == extraColumns.length) {
      extraColumns = Arrays.copyOf(extraColumns, extras + 4);
      extraValues = Arrays.copyOf(extraValues, extras + 4);
    }
    extraColumns[extras] = column;
    extraValues[extras++] = value;
  }

  /** Ends the current record. */
  public void end() {
    for (int i = 0; i < extras; i++) {
      if (!builder.has(extraColumns[i])) {
        builder.value(extraColumns[i], extraValues[i], 0, extraValues[i].length);
      }
    }
    for (int i = 0; i < addedColumns.length; i++) {
      if (!builder.has(addedColumns[i])) {
        builder.value(addedColumns[i], addedValues[i], 0, addedValues[i].length);
      }
    }
    if (sender != null && !builder.has(host)) {
      builder.value(host, sender, 0, sender.length);
    }
    if (cut) {
      builder.value(truncated, TRUE, 0, TRUE.length);
      cuts++;
      cut = false;
    }
    builder.end();
  }

  /**
   * Ends the current record as a plain line, because it could not be parsed in the format it
   * appeared to have.
   *
   * @param reason why it could not be read
   */
  public void endAsRaw(String reason, byte[] bytes, int from, int to) {
    builder.rollback();
    builder.message(bytes, from, to);
    parseError(reason);
    end();
  }

  /** Marks the current record because a part of it could not be read. */
  public void parseError(String reason) {
    builder.value(parseError, reason);
    parseErrors++;
  }

  /**
   * How many records since the creation of the writer could not be parsed in the format they
   * appeared to have.
   */
  long parseErrors() {
    return parseErrors;
  }

  /** How many records have been truncated since the creation of the writer. */
  long cuts() {
    return cuts;
  }
}
