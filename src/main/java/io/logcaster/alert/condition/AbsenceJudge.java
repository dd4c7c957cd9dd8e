package io.logcaster.alert.condition;

import io.logcaster.alert.AlertDurations;
import io.logcaster.alert.query.AlertQuery;
import io.logcaster.alert.query.GroupValue;
import io.logcaster.alert.query.Unreached;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges which groups are silent. The groups that were seen are kept in the control database, so
 * that a group that vanishes while the server is down is missed as well.
 */
public final class AbsenceJudge implements Judge {

  /**
   * How many groups a rule watches. Further ones are not watched, and the rule says so; else a
   * field with ever new values would fill the memory.
   */
  static final int MAX_KNOWN = 10_000;

  /** How far a new rule looks back for groups that it has to watch. */
  public static final Duration LOOK_BACK = Duration.ofHours(1);

  private final AlertRule rule;
  private final AbsenceCondition condition;
  private final AlertQuery query;
  private final RuleTools tools;
  private @Nullable Map<Map<String, String>, Seen> known;
  private boolean full;

  /**
   * A group.
   *
   * @param last when it was last in the window
   * @param stored which such time the database has
   * @param spared until when it is not missed, because only late records made it known; null if it
   *     is missed
   */
  private record Seen(@Nullable Instant last, @Nullable Instant stored, @Nullable Instant spared) {

    Seen(@Nullable Instant last, @Nullable Instant stored) {
      this(last, stored, null);
    }
  }

  AbsenceJudge(AlertRule rule, AbsenceCondition condition, AlertQuery query, RuleTools tools) {
    this.rule = rule;
    this.condition = condition;
    this.query = query;
    this.tools = tools;
  }

  @Override
  public Verdicts judge(Instant end) throws IOException {
    Unreached away = new Unreached();
    Map<Map<String, String>, Seen> groups = known(end, away);
    List<GroupValue> present = query.ask(end.minus(rule.window()), end, away);
    List<KnownGroups.Group> toStore = new ArrayList<>();
    for (GroupValue value : present) {
      if (isPresent(value)) {
        see(groups, value.labels(), end, toStore);
      }
    }
    if (away.isEmpty()) {
      forget(groups, end);
    }
    tools.known().put(rule.id(), toStore);
    List<GroupVerdict> verdicts = new ArrayList<>(groups.size());
    groups.forEach(
        (labels, seen) -> {
          if (away.isEmpty() || end.equals(seen.last())) {
            verdicts.add(verdict(labels, seen, end));
          }
        });
    if (!away.isEmpty()) {
      return Verdicts.certain(verdicts, away);
    }
    return new Verdicts(
        verdicts,
        full
            ? "More than %,d groups send; the others are not watched. Group by fewer fields."
                .formatted(MAX_KNOWN)
            : null);
  }

  @Override
  public boolean mayHold(Arrivals arrivals, Instant end) {
    Map<Map<String, String>, Seen> groups = known;
    if (groups == null || full || !query.isRecordCount()) {
      return true;
    }
    Set<Long> keys = new HashSet<>();
    for (Map.Entry<Map<String, String>, Seen> group : groups.entrySet()) {
      long key = arrivals.key(group.getKey());
      Instant stored = group.getValue().stored();
      boolean toStore = stored == null || stored.plus(storeEvery()).isBefore(end);
      if (toStore || arrivals.least(key) == 0) {
        return true;
      }
      keys.add(key);
    }
    if (arrivals.anyGroup((key, least, most) -> !keys.contains(key))) {
      return true; // a group that is to be watched
    }
    groups.replaceAll((labels, seen) -> new Seen(end, seen.stored(), seen.spared()));
    return false;
  }

  /** Whether a group sends: it has a value other than 0, as counts have it. */
  static boolean isPresent(GroupValue value) {
    return value.text() != null || (!Double.isNaN(value.value()) && value.value() != 0);
  }

  private Map<Map<String, String>, Seen> known(Instant end, Unreached away) throws IOException {
    Map<Map<String, String>, Seen> groups = known;
    if (groups != null) {
      return groups;
    }
    groups = new HashMap<>();
    List<KnownGroups.Group> stored = tools.known().of(rule.id(), rule.query());
    for (KnownGroups.Group group : stored) {
      groups.put(group.labels(), new Seen(group.lastSeen(), group.lastSeen()));
    }
    for (Map<String, String> labels : expected()) {
      groups.putIfAbsent(labels, new Seen(null, null));
    }
    if (stored.isEmpty()) {
      Duration back = rule.window().multipliedBy(2);
      back = back.compareTo(LOOK_BACK) < 0 ? LOOK_BACK : back;
      List<KnownGroups.Group> toStore = new ArrayList<>();
      for (GroupValue value : query.ask(end.minus(back), end, away)) {
        if (isPresent(value)) {
          see(groups, value.labels(), end.minus(rule.window()), toStore);
        }
      }
      if (!away.isEmpty()) {
        return groups; // looks back again next time
      }
      tools.known().begin(rule.id(), rule.query(), toStore);
    }
    known = groups;
    return groups;
  }

  private List<Map<String, String>> expected() {
    return query.groupFields().isEmpty() ? List.of(Map.of()) : condition.expected();
  }

  private void see(
      Map<Map<String, String>, Seen> groups,
      Map<String, String> labels,
      Instant now,
      List<KnownGroups.Group> toStore) {
    Seen before = groups.get(labels);
    if (before == null && groups.size() >= MAX_KNOWN) {
      full = true;
      return;
    }
    Instant stored = before == null ? null : before.stored();
    if (stored == null || stored.plus(storeEvery()).isBefore(now)) {
      toStore.add(new KnownGroups.Group(new TreeMap<>(labels), now));
      stored = now;
    }
    groups.put(labels, new Seen(now, stored));
  }

  /** Watches a group from now on that was seen in a past window. */
  private void seeLate(
      Map<Map<String, String>, Seen> groups,
      Map<String, String> labels,
      Instant last,
      Instant now,
      List<KnownGroups.Group> toStore) {
    Duration age = condition.forgetAfter();
    if (age != null && last.plus(age).isBefore(now)) {
      return;
    }
    Seen before = groups.get(labels);
    if (before == null && groups.size() >= MAX_KNOWN) {
      full = true;
    } else if (before == null) {
      toStore.add(new KnownGroups.Group(new TreeMap<>(labels), last));
      groups.put(labels, new Seen(last, last, now.plus(rule.window())));
    } else if (before.last() == null || before.last().isBefore(last)) {
      groups.put(labels, new Seen(last, before.stored(), before.spared()));
    }
  }

  /** Stored times are only shown and used to forget, so they need not be exact. */
  private Duration storeEvery() {
    Duration most = Duration.ofMinutes(10);
    return rule.window().compareTo(most) < 0 ? most : rule.window();
  }

  private void forget(Map<Map<String, String>, Seen> groups, Instant now) {
    Duration age = condition.forgetAfter();
    if (age == null) {
      return;
    }
    List<Map<String, String>> old = new ArrayList<>();
    groups.forEach(
        (labels, seen) -> {
          if (seen.last() != null
              && seen.last().plus(age).isBefore(now)
              && !expected().contains(labels)) {
            old.add(labels);
          }
        });
    old.forEach(groups::remove);
    tools.known().remove(rule.id(), old);
    full &= groups.size() >= MAX_KNOWN;
  }

  private GroupVerdict verdict(Map<String, String> labels, Seen seen, Instant end) {
    Instant last = seen.last();
    if (last != null && !last.isBefore(end)) {
      return GroupVerdict.clear(labels, 1, null, () -> "sends records again");
    }
    if (seen.spared() != null && seen.spared().isAfter(end)) {
      return GroupVerdict.clear(labels, 0, null, () -> "only late records so far");
    }
    String window = AlertDurations.print(rule.window());
    // While the server was down nothing could be seen, which says nothing about the group.
    boolean tooEarly = tools.start().plus(rule.grace()).isAfter(end);
    if (tooEarly) {
      return new GroupVerdict(labels, null, true, 0, null, () -> "silent since the server started");
    }
    return GroupVerdict.holds(
        labels,
        rule.severity(),
        0,
        null,
        () ->
            last == null
                ? "no records for %s, never seen".formatted(window)
                : "no records for %s, the last one about %s"
                    .formatted(window, last.minus(rule.window()).truncatedTo(ChronoUnit.SECONDS)));
  }

  /**
   * A past window says nothing about whether its groups send now, so that no verdict changes. But
   * its groups are watched: each of them has sent something.
   */
  @Override
  public Verdicts late(Verdicts present, Instant end, Instant now) throws IOException {
    Map<Map<String, String>, Seen> groups = known(now, new Unreached());
    // The late record is in the last second of that window, and was to be seen until then.
    Instant last = end.minusSeconds(1).plus(rule.window());
    List<KnownGroups.Group> toStore = new ArrayList<>();
    for (GroupValue value : query.ask(end.minus(rule.window()), end)) {
      if (isPresent(value)) {
        seeLate(groups, value.labels(), last, now, toStore);
      }
    }
    tools.known().put(rule.id(), toStore);
    return present;
  }
}
