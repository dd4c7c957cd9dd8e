package io.logcaster.ingest.docker;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Timestamps;
import io.logcaster.transform.TraceLines;
import java.time.Duration;

/**
 * The last record of one output of a container, to which further lines may belong. Holds at most a
 * line, or as many as are allowed together. Not thread-safe.
 */
final class OpenRecord {

  private static final int MAX_LINES = 1_000;

  private static final int MAX_BYTES = 64 << 10;

  /** A program writes the lines of a trace at once; later ones, by their times, begin anew. */
  private static final long MAX_GAP = Timestamps.SECOND;

  /** Lines that keep coming hold a record back for so many times the wait. */
  private static final int MAX_WAITS = 20;

  private final long waitNanos;
  private final TraceLines rule = new TraceLines();
  private ByteBuilder text = new ByteBuilder(256);
  private int lines;
  private int firstEnd;
  private boolean complete;
  private long firstTime;
  private long lastTime;
  private long since;
  private long came;

  /**
   * @param wait after such a silence no more lines are expected
   */
  OpenRecord(Duration wait) {
    this.waitNanos = wait.toNanos();
  }

  boolean isEmpty() {
    return lines == 0;
  }

  /**
   * Begins with a line.
   *
   * @param line the line with what is before it
   * @param from where its text begins
   * @param time its time in the log
   * @param now by {@link System#nanoTime}
   */
  void begin(ByteBuilder line, int from, long time, long now) {
    byte[] bytes = line.array();
    int end = line.length();
    text.truncate(0);
    text.append(bytes, 0, end);
    lines = 1;
    firstEnd = end;
    // What belongs to a JSON object is in it.
    complete = from < end && bytes[from] == '{' && bytes[end - 1] == '}';
    rule.begin(bytes, from, end);
    firstTime = time;
    lastTime = time;
    since = now;
    came = now;
  }

  /** Takes a line if it belongs to this record. */
  boolean take(byte[] line, int from, int to, long time, long now) {
    if (isEmpty()
        || complete
        || lines >= MAX_LINES
        || text.length() + to - from >= MAX_BYTES
        || isOver(time)
        || !rule.take(line, from, to)) {
      return false;
    }
    text.append('\n').append(line, from, to);
    lines++;
    lastTime = Math.max(lastTime, time);
    came = now;
    return true;
  }

  /** Whether a line of a time is too late. */
  boolean isOver(long time) {
    return !isEmpty() && time - lastTime > MAX_GAP;
  }

  /** Whether it has waited for long enough. */
  boolean isDue(long now) {
    return !isEmpty() && (now - came > waitNanos || now - since > MAX_WAITS * waitNanos);
  }

  /** The time of its first line; the largest if it is empty. */
  long firstTime() {
    return isEmpty() ? Long.MAX_VALUE : firstTime;
  }

  long lastTime() {
    return lastTime;
  }

  /** All lines, with what is before the first one. */
  ByteBuilder text() {
    return text;
  }

  /** Where its first line ends. */
  int firstEnd() {
    return firstEnd;
  }

  void clear() {
    lines = 0;
    if (text.array().length > MAX_BYTES) {
      text = new ByteBuilder(256);
    }
  }
}
