package io.logcaster.query.exec.budget;

import io.logcaster.record.WorkLimit;

/**
 * A text for slow matchers: reading its characters checks from time to time whether the work must
 * end. A large expression takes milliseconds for a thousand characters.
 */
public final class WatchedText implements CharSequence {

  /** Shorter texts are matched in a moment. */
  private static final int SHORT = 4_096;

  private static final int MASK = 0x3ff;

  private final String text;

  private int reads;

  private WatchedText(String text) {
    this.text = text;
  }

  /** Wraps a text for a matcher. */
  public static CharSequence of(String text) {
    WorkLimit.checkNow();
    return (text.length() <= SHORT) ? text : new WatchedText(text);
  }

  /** Whether a value of this many bytes needs watching. */
  public static boolean isLong(int bytes) {
    return bytes > SHORT;
  }

  @Override
  public char charAt(int index) {
    if ((++reads & MASK) == 0) {
      WorkLimit.checkNow();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
