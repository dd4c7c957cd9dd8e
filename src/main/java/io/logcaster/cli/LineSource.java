package io.logcaster.cli;

import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;

/**
 * Writes the lines that a load generator sends, as bytes into a caller's array and without objects,
 * so that it takes little of the machine that is measured. The same seed gives the same lines. Used
 * by one thread.
 */
abstract class LineSource {

  /** The shapes of a line; to add one, add a constant and its method in the sources. */
  enum Format {
    RAW {
      @Override
      int write(LineSource lines, byte[] target, int at) {
        return lines.raw(target, at);
      }
    },
    SYSLOG {
      @Override
      int write(LineSource lines, byte[] target, int at) {
        return lines.syslog(target, at);
      }
    },
    JSON {
      @Override
      int write(LineSource lines, byte[] target, int at) {
        return lines.json(target, at);
      }
    };

    /** Writes the source's current line in this shape and returns the index after it. */
    abstract int write(LineSource lines, byte[] target, int at);

    /** Whether messages are quoted, so that some characters are escaped. */
    boolean isQuoted() {
      return this == JSON;
    }
  }

  /** How far apart the times of two lines are on average, in nanoseconds. */
  static final long STEP_NANOS = 1_000 + 0xffff / 2;

  private static final byte[] HEX = ascii("0123456789abcdef");

  private final Format format;
  private final byte[] mark;
  private long random;
  private long nanos;
  private long number;
  private final byte[] timestamp = new byte[27];
  private long timestampSecond = Long.MIN_VALUE;

  /**
   * Makes a source.
   *
   * @param format the shape of its lines
   * @param startNanos the time of the first line in nanoseconds since the epoch; each line comes
   *     some microseconds later
   * @param mark a word that every line carries with its number, to find it again; empty for none
   */
  LineSource(Format format, long seed, long startNanos, String mark) {
    this.format = format;
    this.random = seed * 0x9E3779B97F4A7C15L + 1;
    this.nanos = startNanos;
    this.mark = ascii(mark);
  }

  /** The most bytes that a line has, with its line feed. */
  abstract int maxLine();

  /** Chooses the message of the next line. */
  abstract void choose();

  /** Writes the chosen line as plain text, without a line feed; returns the index after it. */
  abstract int raw(byte[] target, int at);

  /** Writes the chosen line as syslog (RFC 5424), without a line feed. */
  abstract int syslog(byte[] target, int at);

  /** Writes the chosen line as an object of JSON, without a line feed. */
  abstract int json(byte[] target, int at);

  /**
   * Writes the next line with its line feed.
   *
   * @param target with room for {@link #maxLine} bytes
   * @return the index after the last byte
   */
  final int next(byte[] target, int at) {
    nanos += 1_000 + (next() & 0xffff);
    number++;
    choose();
    int end = format.write(this, target, at);
    target[end++] = '\n';
    return end;
  }

  /** Writes the mark and the line's number, if lines are marked. */
  final int marked(int start, byte[] target) {
    if (mark.length == 0) {
      return start;
    }
    int at = start;
    target[at++] = ' ';
    at = put(mark, target, at);
    target[at++] = ' ';
    target[at++] = 'n';
    return decimal(number, target, at);
  }

  /** {@code 2026-11-21T12:00:00.123456Z}; the text of a second is kept. */
  final int time(byte[] target, int start) {
    long second = Math.floorDiv(nanos, 1_000_000_000L);
    if (second != timestampSecond) {
      byte[] whole = new byte[Timestamps.MAX_LENGTH];
      Timestamps.format(second * 1_000_000_000L, whole, 0);
      System.arraycopy(whole, 0, timestamp, 0, 19);
      timestamp[19] = '.';
      timestamp[26] = 'Z';
      timestampSecond = second;
    }
    long micros = (nanos - second * 1_000_000_000L) / 1_000;
    for (int i = 25; i >= 20; i--) {
      timestamp[i] = (byte) ('0' + micros % 10);
      micros /= 10;
    }
    return put(timestamp, target, start);
  }

  final int hex(int digits, byte[] target, int start) {
    long bits = next();
    for (int i = 0; i < digits; i++) {
      target[start + i] = HEX[(int) (bits & 15)];
      bits >>>= 4;
    }
    return start + digits;
  }

  static int decimal(long value, byte[] target, int start) {
    int length = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      length++;
    }
    long rest = value;
    for (int at = start + length - 1; at >= start; at--) {
      target[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return start + length;
  }

  static int put(byte[] text, byte[] target, int at) {
    System.arraycopy(text, 0, target, at, text.length);
    return at + text.length;
  }

  final int below(int bound) {
    return (int) ((next() >>> 33) % bound);
  }

  /** xorshift64*: quick, and random enough for log lines. */
  final long next() {
    random ^= random >>> 12;
    random ^= random << 25;
    random ^= random >>> 27;
    return random * 0x2545F4914F6CDD1DL;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
