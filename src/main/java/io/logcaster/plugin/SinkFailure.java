package io.logcaster.plugin;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a receiver said to a round of records. The message is shown to users: it contains no
 * secrets.
 */
public final class SinkFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean permanent;

  private final transient Optional<Duration> retryAfter;

  private final transient Map<Integer, String> refused;

  private SinkFailure(
      String message,
      boolean permanent,
      Optional<Duration> retryAfter,
      Map<Integer, String> refused) {
    super(Objects.requireNonNull(message));
    this.permanent = permanent;
    this.retryAfter = retryAfter;
    this.refused = Map.copyOf(refused);
  }

  /** The receiver asks to wait before the round is repeated. */
  public static SinkFailure busy(String message, Duration retryAfter) {
    return new SinkFailure(message, false, Optional.of(retryAfter), Map.of());
  }

  /** The receiver will never take this round. Its records become a dead letter. */
  public static SinkFailure permanent(String message) {
    return new SinkFailure(message, true, Optional.empty(), Map.of());
  }

  /**
   * The receiver took the round, except for some records that it will never take.
   *
   * @param refused the reason by the record's number in the round, counted from 0 over all calls of
   *     {@link PluginSink#write}
   */
  public static SinkFailure refused(String message, Map<Integer, String> refused) {
    return new SinkFailure(message, true, Optional.empty(), new TreeMap<>(refused));
  }

  /** Whether repeating the round cannot help. */
  public boolean permanent() {
    return permanent;
  }

  /** How long to wait, if the receiver said so. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** The records that were refused while all others were taken; empty if the round failed whole. */
  public Map<Integer, String> refused() {
    return refused;
  }
}
