package io.logcaster.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A round of records was not delivered, or not all of it. The message is shown to users: it says
 * what the receiver answered and contains no secrets.
 */
public final class SinkException extends IOException {

  /** What becomes of the records of a round. */
  public enum Kind {
    /** All are sent again after a pause. */
    TEMPORARY,
    /** None of them will ever be accepted: they become a dead letter. */
    PERMANENT,
    /** Some were taken, some are sent again, some become a dead letter. */
    PARTIAL
  }

  private final Kind kind;
  private final transient @Nullable Duration retryAfter;
  private final transient SortedMap<Integer, String> refused;
  private final transient SortedMap<Integer, String> retried;

  private SinkException(
      Kind kind,
      String message,
      @Nullable Throwable cause,
      @Nullable Duration retryAfter,
      Map<Integer, String> refused,
      Map<Integer, String> retried) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.refused = new TreeMap<>(refused);
    this.retried = new TreeMap<>(retried);
  }

  /** The receiver cannot be reached or fails; trying again may help. */
  public static SinkException temporary(String message, @Nullable Throwable cause) {
    return new SinkException(Kind.TEMPORARY, message, cause, null, Map.of(), Map.of());
  }

  /**
   * The receiver asks to wait.
   *
   * @param retryAfter for how long; null if it did not say
   */
  public static SinkException busy(String message, @Nullable Duration retryAfter) {
    return new SinkException(Kind.TEMPORARY, message, null, retryAfter, Map.of(), Map.of());
  }

  /** The receiver refuses these records, and would do so again. */
  public static SinkException permanent(String message, @Nullable Throwable cause) {
    return new SinkException(Kind.PERMANENT, message, cause, null, Map.of(), Map.of());
  }

  /**
   * The receiver took some records of the round and not others. Records in neither map were taken.
   *
   * @param refused what will never be accepted: the reason by the record's number in the round,
   *     counted from 0 over all calls of {@link Sink#write} since {@link Sink#begin}
   * @param retried what is to be sent again, likewise
   * @param retryAfter how long to wait before that; null if the receiver did not say
   */
  public static SinkException partial(
      String message,
      Map<Integer, String> refused,
      Map<Integer, String> retried,
      @Nullable Duration retryAfter) {
    return new SinkException(Kind.PARTIAL, message, null, retryAfter, refused, retried);
  }

  public Kind kind() {
    return kind;
  }

  /** How long the receiver asks to wait; null if it does not say. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The refused records of a partial failure. */
  public SortedMap<Integer, String> refused() {
    return refused;
  }

  /** The records of a partial failure that are to be sent again. */
  public SortedMap<Integer, String> retried() {
    return retried;
  }
}
