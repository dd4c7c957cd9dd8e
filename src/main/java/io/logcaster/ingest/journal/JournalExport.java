package io.logcaster.ingest.journal;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.MalformedFrameException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads entries in the journal export format, one at a time:
 *
 * <pre>
 * NAME=a value without line feeds
 * NAME
 * &lt;length, 64 bits, little-endian&gt;&lt;a value of any bytes&gt;
 *                                                an empty line ends the entry
 * </pre>
 *
 * <p>Longer values and entries are cut; memory is bounded whatever lengths a sender claims. Not
 * thread-safe.
 *
 * @see <a href="https://systemd.io/JOURNAL_EXPORT_FORMATS/">Journal Export Formats</a>
 */
public final class JournalExport {

  /** What systemd accepts at most. */
  private static final long LONGEST_VALUE = 768L << 20;

  /** Journald allows 64 characters. */
  private static final int LONGEST_NAME = 256;

  /** An entry may hold this many times the longest value. */
  private static final int VALUES = 4;

  /** Journald allows 1,024 fields; the builder folds those beyond a thousand. */
  private static final int MAX_FIELDS = 4096;

  private static final byte[] CURSOR = Bytes.ascii("__CURSOR");

  /** Called before the reader may have to wait for its sender. */
  @FunctionalInterface
  public interface Pause {

    void beforeReading() throws IOException, InterruptedException;
  }

  private final InputStream in;

  private final Pause pause;

  private final int maxValue;

  private final byte[] buffer = new byte[64 << 10];

  private int at;

  private int filled;

  private byte[] entry = new byte[4 << 10];

  private int length;

  private int[] ends = new int[128];

  private int fields;

  private boolean cut;

  private String cursor = "";

  /**
   * Makes a reader.
   *
   * @param maxValue longer values are cut to this many bytes
   */
  public JournalExport(InputStream in, int maxValue, Pause pause) {
    this.in = in;
    this.maxValue = maxValue;
    this.pause = pause;
  }

  /**
   * Reads the next entry; returns false at the end.
   *
   * @throws MalformedFrameException if the bytes are not in the format, so that the beginning of
   *     the next entry is unknown
   */
  public boolean next() throws IOException, MalformedFrameException, InterruptedException {
    length = 0;
    fields = 0;
    cut = false;
    cursor = "";
    while (at < filled || fill()) {
      if (buffer[at] == '\n') {
        at++;
        if (fields > 0) {
          return true;
        }
      } else {
        field();
      }
    }
    return fields > 0;
  }

  private void field() throws IOException, MalformedFrameException, InterruptedException {
    int start = length;
    byte end = name();
    int nameEnd = length;
    if (end == '=') {
      line(nameEnd);
    } else {
      binary(nameEnd);
    }
    if (Bytes.equal(entry, start, nameEnd, CURSOR)) {
      cursor = new String(entry, nameEnd, length - nameEnd, StandardCharsets.UTF_8);
    }
    if (fields == MAX_FIELDS || length > VALUES * maxValue) {
      cut = true;
      length = start;
      return;
    }
    if (2 * fields + 2 > ends.length) {
      ends = Arrays.copyOf(ends, ends.length * 2);
    }
    ends[2 * fields] = nameEnd;
    ends[2 * fields + 1] = length;
    fields++;
  }

  /** Reads a name and returns what ends it: an equals sign, or a line feed before binary data. */
  private byte name() throws IOException, MalformedFrameException, InterruptedException {
    int start = length;
    while (true) {
      byte b = read();
      if (b == '=' || b == '\n') {
        if (length == start) {
          throw new MalformedFrameException("a field without a name");
        }
        return b;
      }
      if (length - start == LONGEST_NAME) {
        throw new MalformedFrameException("a name of more than " + LONGEST_NAME + " bytes");
      }
      reserve(1);
      entry[length++] = b;
    }
  }

  private void line(int start) throws IOException, MalformedFrameException, InterruptedException {
    while (true) {
      int end = Bytes.indexOf(buffer, at, filled, (byte) '\n');
      keep(start, end - at);
      at = end;
      if (at < filled) {
        at++;
        return;
      }
      need();
    }
  }

  private void binary(int start) throws IOException, MalformedFrameException, InterruptedException {
    long left = 0;
    for (int i = 0; i < 8; i++) {
      left |= (read() & 0xffL) << (8 * i);
    }
    if (left < 0 || left > LONGEST_VALUE) {
      throw new MalformedFrameException("a value of " + Long.toUnsignedString(left) + " bytes");
    }
    while (left > 0) {
      if (at == filled) {
        need();
      }
      int count = (int) Math.min(left, filled - at);
      keep(start, count);
      at += count;
      left -= count;
    }
    if (read() != '\n') {
      throw new MalformedFrameException("no line feed behind a value");
    }
  }

  /** Keeps bytes of the value that begins at an index, as far as there is room. */
  private void keep(int start, int count) {
    int room = Math.min(count, maxValue - (length - start));
    cut |= room < count;
    reserve(room);
    System.arraycopy(buffer, at, entry, length, room);
    length += room;
  }

  private void reserve(int count) {
    if (length + count > entry.length) {
      entry = Arrays.copyOf(entry, Math.max(length + count, entry.length * 2));
    }
  }

  private byte read() throws IOException, MalformedFrameException, InterruptedException {
    if (at == filled) {
      need();
    }
    return buffer[at++];
  }

  private void need() throws IOException, MalformedFrameException, InterruptedException {
    if (!fill()) {
      throw new MalformedFrameException("the body ends within an entry");
    }
  }

  private boolean fill() throws IOException, InterruptedException {
    pause.beforeReading();
    at = 0;
    filled = Math.max(0, in.read(buffer, 0, buffer.length));
    return filled > 0;
  }

  /** The number of fields of the entry. */
  int fields() {
    return fields;
  }

  /** The bytes of the entry's names and values. */
  byte[] bytes() {
    return entry;
  }

  int nameFrom(int field) {
    return (field == 0) ? 0 : ends[2 * field - 1];
  }

  int nameTo(int field) {
    return ends[2 * field];
  }

  /** The end of a value, which begins behind the name. */
  int valueTo(int field) {
    return ends[2 * field + 1];
  }

  /** Whether a part of the entry was left out. */
  boolean isCut() {
    return cut;
  }

  /** The entry's place in its journal; empty if the sender does not give it. */
  public String cursor() {
    return cursor;
  }
}
