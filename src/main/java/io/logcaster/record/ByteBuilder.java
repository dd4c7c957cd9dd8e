package io.logcaster.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growable byte array. Not thread-safe. */
public final class ByteBuilder {

  private byte[] bytes;

  private int length;

  public ByteBuilder(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** The array that holds the text; valid until the next append. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Shortens the text to a length that is at most the current one. */
  public void truncate(int length) {
    this.length = length;
  }

  /** Ensures room for more bytes and returns the index at which to write them. */
  public int reserve(int more) {
    if (bytes.length - length < more) {
      int wanted = Math.addExact(length, more);
      int capacity = Math.max(wanted, (int) Math.min(length * 2L, 1 << 30));
      WorkLimit.growing(capacity);
      bytes = Arrays.copyOf(bytes, capacity);
    }
    return length;
  }

  /** Adds bytes to the text that the caller wrote at the index from {@link #reserve}. */
  public void advance(int more) {
    length += more;
  }

  public ByteBuilder append(byte b) {
    reserve(1);
    bytes[length++] = b;
    return this;
  }

  /** Appends an ASCII character. */
  public ByteBuilder append(char c) {
    return append((byte) c);
  }

  public ByteBuilder append(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
    return this;
  }

  public ByteBuilder append(byte[] source) {
    return append(source, 0, source.length);
  }

  public ByteBuilder append(String text) {
    return append(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a number as decimal digits. */
  public ByteBuilder append(long number) {
    if (number < 0) {
      if (number == Long.MIN_VALUE) {
        return append(Long.toString(number));
      }
      append((byte) '-');
      return append(-number);
    }
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    reserve(digits);
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
