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
 */
public record GroupState(
    String key,
    String route,
    SortedMap<String, String> labels,
    List<Member> members,
    @Nullable Instant last,
    long number) {

  public GroupState {
    labels = new TreeMap<>(labels);
    members = List.copyOf(members);
  }
}
