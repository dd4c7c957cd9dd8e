package io.logcaster.notice.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before another attempt: twice as long each time, from a second to ten minutes,
 * less up to half of it at random, so that many channels of one receiver that came back do not call
 * all at once. Twelve attempts take about half an hour.
 */
record BackOff(RandomGenerator random) {

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofMinutes(10);

  /**
   * @param attempts how many have failed, at least one
   * @param asked what the receiver asks for; null if it does not say
   */
  Duration after(int attempts, @Nullable Duration asked) {
    long doubled = FIRST.toMillis() << Math.min(attempts - 1, 20);
    long millis = Math.min(doubled, LONGEST.toMillis());
    Duration pause = Duration.ofMillis(millis - (long) (random.nextDouble() * millis / 2));
    return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
  }
}
