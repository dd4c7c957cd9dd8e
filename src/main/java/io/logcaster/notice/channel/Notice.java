package io.logcaster.notice.channel;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a channel tells: alerts that belong together, or something about notices themselves.
 *
 * @param id unique, and the same in each attempt to deliver it
 * @param key names the group of alerts; the same from the first notice to the resolved one
 * @param status whether any of its alerts is firing
 * @param severity the most serious one of its alerts
 * @param summary what it says if it is not about alerts; otherwise empty
 * @param group the labels that its alerts share
 * @param alerts its alerts, firing ones first
 * @param omitted how many further alerts are not listed
 * @param escalated whether it is sent because nobody acknowledged an earlier one
 * @param test whether somebody tries the channel
 * @param time when it was written
 */
public record Notice(
    String id,
    String key,
    Status status,
    String severity,
    String summary,
    Map<String, String> group,
    List<NoticeAlert> alerts,
    int omitted,
    boolean escalated,
    boolean test,
    Instant time) {

  /** Whether something is wrong. */
  public enum Status {
    FIRING,
    RESOLVED,
    /** About silences and the like; there is no incident to open or close. */
    INFO
  }

  public Notice {
    group = Map.copyOf(group);
    alerts = List.copyOf(alerts);
  }

  /** What it says, in one line. */
  public String title() {
    return NoticeText.title(this);
  }

  /** The first alert that has a chart, or the first at all. Only for notices of alerts. */
  @JsonIgnore
  NoticeAlert first() {
    return alerts.stream()
        .filter((alert) -> !alert.chart().isEmpty())
        .findFirst()
        .orElseGet(alerts::getFirst);
  }

  /** The same with another status, for trying how a channel resolves. */
  public Notice resolved() {
    List<NoticeAlert> resolved = alerts.stream().map((alert) -> alert.resolvedAt(time)).toList();
    return new Notice(
        id + "-resolved",
        key,
        Status.RESOLVED,
        severity,
        summary,
        group,
        resolved,
        omitted,
        escalated,
        test,
        time);
  }
}
