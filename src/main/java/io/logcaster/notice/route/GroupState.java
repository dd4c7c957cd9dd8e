package io.logcaster.notice.route;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a group.
 *
 * @param last when it was last told of; null if it was not yet
 * @param number counts its notices
 * @param listeners whom the route tells, should it be removed; null if stored by an older version
 */
public record GroupState(
    String key,
    String route,
    SortedMap<String, String> labels,
    List<Member> members,
    @Nullable Instant last,
    long number,
    @Nullable Listeners listeners) {

  public GroupState {
    labels = new TreeMap<>(labels);
    members = List.copyOf(members);
  }

  /**
   * Who is told, and when. Once people were told of an alert they must be told of its end, even if
   * the route is removed and the server restarts before that is possible.
   *
   * @param channels the ids of the route's channels
   * @param escalateTo the ids of those that alerts may have been escalated to
   */
  public record Listeners(
      List<String> channels,
      List<String> escalateTo,
      boolean sendResolved,
      List<WeekHours> quietHours) {

    public Listeners {
      channels = List.copyOf(channels);
      escalateTo = List.copyOf(escalateTo);
      quietHours = List.copyOf(quietHours);
    }
  }
}
