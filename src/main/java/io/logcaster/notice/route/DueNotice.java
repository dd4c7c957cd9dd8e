package io.logcaster.notice.route;

import java.util.List;
import java.util.SortedMap;

/**
 * A notice that is due.
 *
 * @param key the group's
 * @param number counts the notices of the group
 * @param channels the ids of the channels, perhaps {@code *}
 * @param firing the alerts that fire; empty if all are resolved
 * @param resolved the alerts that were told of and are resolved
 * @param escalation whether it goes to others because nobody acknowledged
 */
public record DueNotice(
    String key,
    String route,
    long number,
    List<String> channels,
    SortedMap<String, String> labels,
    List<Member> firing,
    List<Member> resolved,
    boolean escalation) {

  public DueNotice {
    channels = List.copyOf(channels);
    firing = List.copyOf(firing);
    resolved = List.copyOf(resolved);
  }

  /** The same in each attempt to write it, so that receivers recognise what they already have. */
  public String noticeId() {
    return key + "-" + number;
  }
}
