package io.logcaster.ingest.raw;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Severity;

/**
 * The positions of the parts of a header in a line, kept until it is certain that the line has a
 * header. Not thread-safe.
 */
final class HeaderParts {

  static final int LEVEL = 0;

  static final int THREAD = 1;

  static final int LOGGER = 2;

  static final int PROCESS = 3;

  static final int CATEGORY = 4;

  static final int CONTEXT = 5;

  static final int CALLER = 6;

  static final int FILE = 7;

  static final int APP = 8;

  static final int HOST = 9;

  static final int STREAM = 10;

  private static final int COUNT = 11;

  private final RecordWriter out;

  private final RecordBatchBuilder builder;

  private final int[] columns;

  private final int[] starts = new int[COUNT];

  private final int[] ends = new int[COUNT];

  /** A bit for each part that is present. */
  private int present;

  /** The number of the level if its text does not show it. */
  private int severity;

  private boolean timed;

  private long time;

  HeaderParts(RecordWriter out) {
    this.out = out;
    this.builder = out.builder();
    this.columns =
        new int[] {
          RecordBatchBuilder.LEVEL,
          builder.column("thread"),
          builder.column("logger"),
          out.processId(),
          builder.column("category"),
          builder.column("context"),
          builder.column("caller"),
          builder.column("file"),
          out.app(),
          out.host(),
          builder.column("stream")
        };
  }

  /** Prepares for a line. */
  void begin() {
    present = 0;
    severity = Severity.UNSET;
    timed = false;
  }

  void time(long nanos) {
    time = nanos;
    timed = true;
  }

  /** Stores a part without the spaces around it; a blank part is skipped. */
  void set(int part, byte[] bytes, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && bytes[start] == ' ') {
      start++;
    }
    while (end > start && bytes[end - 1] == ' ') {
      end--;
    }
    if (start < end) {
      starts[part] = start;
      ends[part] = end;
      present |= 1 << part;
    }
  }

  /** Stores a level whose text is not one of the usual spellings. */
  void level(byte[] bytes, int from, int to, int number) {
    set(LEVEL, bytes, from, to);
    severity = number;
  }

  boolean has(int part) {
    return (present & (1 << part)) != 0;
  }

  /** Removes the parts after the time, because they turned out to be text. */
  void forgetBetween() {
    present &= -1 << FILE;
  }

  /** Stores the text in brackets before a level. */
  void bracket(byte[] bytes, int from, int to) {
    set(has(THREAD) ? CATEGORY : THREAD, bytes, from, to);
  }

  /** Treats a numeric thread as the process id, as servers in C write it. */
  void threadIsProcess(byte[] bytes) {
    if (has(THREAD) && !has(PROCESS)) {
      for (int at = starts[THREAD]; at < ends[THREAD]; at++) {
        if (!Bytes.isDigit(bytes[at])) {
          return;
        }
      }
      starts[PROCESS] = starts[THREAD];
      ends[PROCESS] = ends[THREAD];
      present = (present | 1 << PROCESS) & ~(1 << THREAD);
    }
  }

  /** Sets the fields of the current record. */
  void apply(byte[] bytes) {
    if (timed) {
      builder.time(time);
    }
    if (has(LEVEL)) {
      level(bytes);
    }
    for (int left = present & ~1; left != 0; left &= left - 1) {
      int part = Integer.numberOfTrailingZeros(left);
      builder.value(columns[part], bytes, starts[part], ends[part]);
    }
  }

  private void level(byte[] bytes) {
    if (severity == Severity.UNSET) {
      out.level(bytes, starts[LEVEL], ends[LEVEL]);
    } else {
      out.level(severity);
      out.levelOriginal(bytes, starts[LEVEL], ends[LEVEL]);
    }
  }
}
