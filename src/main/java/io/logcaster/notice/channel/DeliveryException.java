package io.logcaster.notice.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A notice was not delivered. Its message says why, without secrets, for people. */
public final class DeliveryException extends Exception {

  private final boolean permanent;
  private final transient @Nullable Duration retryAfter;

  private DeliveryException(
      String message, boolean permanent, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }

  /** Another attempt may succeed. */
  public static DeliveryException temporary(String message, @Nullable Throwable cause) {
    return new DeliveryException(message, false, null, cause);
  }

  /**
   * Another attempt may succeed.
   *
   * @param after how long the receiver asks to wait; null if it does not say
   */
  public static DeliveryException busy(String message, @Nullable Duration after) {
    return new DeliveryException(message, false, after, null);
  }

  /** Every attempt would fail until somebody changes something. */
  public static DeliveryException permanent(String message, @Nullable Throwable cause) {
    return new DeliveryException(message, true, null, cause);
  }

  public boolean isPermanent() {
    return permanent;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
