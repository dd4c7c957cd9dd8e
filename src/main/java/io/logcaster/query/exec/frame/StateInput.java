package io.logcaster.query.exec.frame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link StateOutput} wrote. Every method throws a {@link BadStateException} where the
 * bytes end early or make no sense, so that a damaged answer cannot ask for endless memory.
 */
public final class StateInput {

  private final byte[] bytes;

  private int at;

  private final int end;

  public StateInput(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public StateInput(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    at = from;
    end = to;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = next();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new BadStateException("A number has more than ten bytes");
  }

  /** A number of things that take at least one byte each. */
  public int count() {
    return count(1);
  }

  /** A number of things that take at least some bytes each. */
  public int count(int eachBytes) {
    long count = number();
    if (count < 0 || count > (long) (end - at) / eachBytes) {
      throw new BadStateException(count + " parts do not fit into " + (end - at) + " bytes");
    }
    return (int) count;
  }

  /** A number below another. */
  public int below(int bound) {
    long value = number();
    if (value < 0 || value >= bound) {
      throw new BadStateException("The number " + value + " is not below " + bound);
    }
    return (int) value;
  }

  public long fixed() {
    if (end - at < 8) {
      throw ended();
    }
    long value = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      value |= (bytes[at++] & 0xffL) << shift;
    }
    return value;
  }

  public double real() {
    return Double.longBitsToDouble(fixed());
  }

  public boolean flag() {
    return next() != 0;
  }

  /** A byte whose number is below another. */
  public int octet(int bound) {
    int value = next() & 0xff;
    if (value >= bound) {
      throw new BadStateException("The number " + value + " is not below " + bound);
    }
    return value;
  }

  public byte[] text() {
    int length = count();
    byte[] text = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return text;
  }

  public String string() {
    return new String(text(), StandardCharsets.UTF_8);
  }

  /** How many bytes are left. */
  public int remaining() {
    return end - at;
  }

  private byte next() {
    if (at == end) {
      throw ended();
    }
    return bytes[at++];
  }

  private static BadStateException ended() {
    return new BadStateException("The bytes end early");
  }
}
