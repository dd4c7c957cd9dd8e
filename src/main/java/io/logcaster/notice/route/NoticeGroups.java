package io.logcaster.notice.route;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The groups of alerts of all routes. The caller says what time it is, writes the notices that are
 * due, and says which ones it has handed on. Thread-safe.
 */
public final class NoticeGroups {

  private final Muting muting;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private List<Route> routes;

  public NoticeGroups(List<Route> routes, Muting muting) {
    this.routes = List.copyOf(routes);
    this.muting = muting;
  }

  /**
   * Takes back what was stored before a restart. Groups whose route was removed end, if those who
   * were told of their alerts do not know that yet.
   */
  public synchronized void restore(Collection<GroupState> states, Instant now) {
    groups.clear();
    for (GroupState state : states) {
      Route route =
          routes.stream().filter((r) -> r.name().equals(state.route())).findFirst().orElse(null);
      GroupState.Listeners listeners = state.listeners();
      if (route != null) {
        groups.put(state.key(), new Group(route, state, now));
      } else if (listeners != null) {
        Group group = new Group(Route.gone(state.route(), listeners), state, now);
        group.end(now);
        groups.put(state.key(), group);
      }
    }
    groups.values().removeIf(Group::isEmpty);
  }

  /**
   * Changes the routes. A group goes on where a route of its name still exists and takes its alerts
   * into the same group. Others end: those who were told of their alerts get a last notice, in
   * which they are resolved, as nobody else will tell them.
   *
   * @param firing all alerts that fire
   */
  public synchronized void reroute(List<Route> changed, Collection<Member> firing, Instant now) {
    routes = List.copyOf(changed);
    Map<String, Route> byName =
        routes.stream().collect(Collectors.toMap(Route::name, (route) -> route));
    groups
        .values()
        .removeIf(
            (group) -> {
              Route route = byName.get(group.route().name());
              if (route == null
                  || group.members().stream().noneMatch((m) -> fits(route, group, m))) {
                group.end(now);
                return group.isEmpty();
              }
              group.reroute(route);
              return false;
            });
    reconcile(firing, now);
  }

  private boolean fits(Route route, Group group, Member member) {
    return matching(member.alert()).contains(route)
        && route.group(member.alert()).equals(group.labels());
  }

  /**
   * Brings the groups in line with the alerts that fire, after events may have been missed.
   *
   * @param firing all alerts that fire
   */
  public synchronized void reconcile(Collection<Member> firing, Instant now) {
    Set<String> ids =
        firing.stream().map((member) -> member.alert().id()).collect(Collectors.toSet());
    for (Group group : groups.values()) {
      for (Member member : group.members()) {
        if (!ids.contains(member.alert().id())) {
          group.resolve(member.alert().id(), now, member.value(), member.reason(), now);
        }
      }
    }
    firing.forEach((member) -> fire(member, now));
  }

  /** An alert fires, or its value, reason or severity changed. */
  public synchronized void fire(Member alert, Instant now) {
    Set<String> keys = new HashSet<>();
    for (Route route : matching(alert.alert())) {
      SortedMap<String, String> labels = route.group(alert.alert());
      String key = Group.key(route.name(), labels);
      keys.add(key);
      Group group = groups.computeIfAbsent(key, (_) -> new Group(route, labels, now));
      group.reroute(route);
      group.fire(alert, now);
    }
    // Its severity may have changed, and with it where it belongs.
    for (Group group : groups.values()) {
      if (!keys.contains(group.key())) {
        group.resolve(alert.alert().id(), now, alert.value(), alert.reason(), now);
      }
    }
    groups.values().removeIf(Group::isEmpty);
  }

  /** An alert is resolved. */
  public synchronized void resolve(
      AlertKey alert, Instant until, double value, String reason, Instant now) {
    groups.values().forEach((group) -> group.resolve(alert.id(), until, value, reason, now));
    groups.values().removeIf(Group::isEmpty);
  }

  /** The routes that an alert takes. */
  public synchronized List<Route> matching(AlertKey alert) {
    List<Route> matching = new ArrayList<>();
    for (Route route : routes) {
      if (LabelMatcher.all(route.matchers(), alert)) {
        matching.add(route);
        if (!route.proceed()) {
          break;
        }
      }
    }
    return matching;
  }

  /** The notices that are due, to be written and then reported as {@link #told}. */
  public synchronized List<DueNotice> due(Instant now) {
    List<DueNotice> plans = new ArrayList<>();
    for (Group group : groups.values()) {
      plans.addAll(group.plans(muting, now));
    }
    groups.values().removeIf(Group::isEmpty);
    return plans;
  }

  /** When to ask again; null if there is nothing to wait for. */
  public synchronized @Nullable Instant next() {
    return groups.values().stream().map(Group::due).min(Comparator.naturalOrder()).orElse(null);
  }

  /**
   * What is to be stored of a group together with a notice; null if the group will be done and may
   * be forgotten. Changes nothing.
   */
  public synchronized @Nullable GroupState after(DueNotice plan, Instant now) {
    Group group = groups.get(plan.key());
    if (group == null) {
      return null;
    }
    Group later = new Group(group.route(), group.state(), now);
    later.told(plan, now);
    return later.isEmpty() ? null : later.state();
  }

  /** Remembers that a notice was handed on. */
  public synchronized void told(DueNotice plan, Instant now) {
    Group group = groups.get(plan.key());
    if (group != null) {
      group.told(plan, now);
      groups.values().removeIf(Group::isEmpty);
    }
  }

  /** Nobody could be told, for want of a channel or a database; tries again at a time. */
  public synchronized void postpone(DueNotice plan, Instant until) {
    Group group = groups.get(plan.key());
    if (group != null) {
      group.postpone(until);
    }
  }

  /** Whether there is a group with a key. */
  public synchronized boolean contains(String key) {
    return groups.containsKey(key);
  }

  /** All groups, for tests and for a look from outside. */
  public synchronized List<GroupState> states() {
    return groups.values().stream().map(Group::state).toList();
  }
}
