package io.logcaster.query.exec.frame;

import io.logcaster.record.ByteBuilder;
import java.nio.charset.StandardCharsets;

/** Writes what an operator keeps, for {@link StateInput} on another server. Not thread-safe. */
public final class StateOutput {

  private final ByteBuilder bytes = new ByteBuilder(1024);

  /** Writes a number that is rarely negative: seven bits a byte, the lowest first. */
  public StateOutput number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.append((byte) (rest | 0x80));
      rest >>>= 7;
    }
    bytes.append((byte) rest);
    return this;
  }

  /** Writes eight bytes. */
  public StateOutput fixed(long value) {
    for (int shift = 0; shift < 64; shift += 8) {
      bytes.append((byte) (value >>> shift));
    }
    return this;
  }

  public StateOutput real(double value) {
    return fixed(Double.doubleToRawLongBits(value));
  }

  public StateOutput flag(boolean value) {
    bytes.append((byte) (value ? 1 : 0));
    return this;
  }

  /** Writes the lowest eight bits of a number. */
  public StateOutput octet(int value) {
    bytes.append((byte) value);
    return this;
  }

  public StateOutput text(byte[] source, int from, int to) {
    number(to - from);
    bytes.append(source, from, to);
    return this;
  }

  public StateOutput text(byte[] value) {
    return text(value, 0, value.length);
  }

  public StateOutput text(ByteBuilder value) {
    return text(value.array(), 0, value.length());
  }

  public StateOutput text(String value) {
    return text(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The length so far in bytes. */
  public int length() {
    return bytes.length();
  }

  public byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
