package io.logcaster.notice.route;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where some alerts go, and when.
 *
 * @param name unique; what has been told belongs to it
 * @param matchers which alerts; all must match
 * @param channels the ids of channels; {@code *} means all that are enabled
 * @param groupBy labels whose values alerts must share to be told of together; {@code *} means that
 *     each is told of alone
 * @param groupWait how long a first alert waits for others
 * @param groupInterval the least time between two notices of a group
 * @param repeatInterval after which time alerts that still fire are told of again; zero for never
 * @param quietHours when nothing is told; what still fires afterwards is told then
 * @param escalateAfter after which time alerts go to others too if nobody acknowledged them; null
 *     for never
 * @param escalateTo the ids of these others' channels
 * @param proceed whether alerts that match go on to the next routes too
 */
public record Route(
    String name,
    List<LabelMatcher> matchers,
    List<String> channels,
    List<String> groupBy,
    Duration groupWait,
    Duration groupInterval,
    Duration repeatInterval,
    boolean sendResolved,
    List<WeekHours> quietHours,
    @Nullable Duration escalateAfter,
    List<String> escalateTo,
    boolean proceed) {

  /** In lists of labels and of channels: all. */
  public static final String ALL = "*";

  public Route {
    matchers = List.copyOf(matchers);
    channels = List.copyOf(channels);
    groupBy = List.copyOf(groupBy);
    quietHours = List.copyOf(quietHours);
    escalateTo = List.copyOf(escalateTo);
  }

  GroupState.Listeners listeners() {
    return new GroupState.Listeners(channels, escalateTo, sendResolved, quietHours);
  }

  /** A route that is gone, for the last notices of its groups. */
  static Route gone(String name, GroupState.Listeners listeners) {
    return new Route(
        name,
        List.of(),
        listeners.channels(),
        List.of(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        listeners.sendResolved(),
        listeners.quietHours(),
        null,
        listeners.escalateTo(),
        false);
  }

  /** The values that an alert shares with its group. */
  SortedMap<String, String> group(AlertKey alert) {
    SortedMap<String, String> group = new TreeMap<>();
    if (groupBy.contains(ALL)) {
      group.putAll(alert.labels());
      group.put("rule", alert.rule());
    } else {
      groupBy.forEach((label) -> group.put(label, alert.label(label)));
    }
    return group;
  }

  /** When the quiet hours that contain a time end; null if none do. */
  @Nullable Instant quietUntil(Instant time) {
    return quietHours.stream()
        .map((hours) -> hours.end(time))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
