package io.logcaster.notice.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that are told of together.
 *
 * <pre>
 *   an alert fires ── groupWait ──▶ first notice ── groupInterval ──▶ notice, if anything changed
 *                                        │
 *                                        └── repeatInterval ──▶ the same again, if it still fires
 * </pre>
 *
 * An alert that is resolved before anybody was told of it is never told of. Not thread-safe.
 */
final class Group {

  /**
   * Silences end without an event, so that groups are looked at now and then, but not all the time.
   */
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(10);

  private final String key;
  private final SortedMap<String, String> labels;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private Route route;
  private @Nullable Instant last;
  private long number;

  /** When it is looked at next. */
  private Instant due;

  Group(Route route, SortedMap<String, String> labels, Instant now) {
    this.route = route;
    this.labels = labels;
    this.key = key(route.name(), labels);
    this.due = now.plus(route.groupWait());
  }

  Group(Route route, GroupState state, Instant now) {
    this.route = route;
    this.labels = state.labels();
    this.key = state.key();
    this.last = state.last();
    this.number = state.number();
    this.due = now;
    state.members().forEach((member) -> members.put(member.alert().id(), member));
  }

  /** Short, and safe in the names and addresses of other systems. */
  static String key(String route, SortedMap<String, String> labels) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest((route + "\0" + labels).getBytes(StandardCharsets.UTF_8));
      return "lc-" + HexFormat.of().formatHex(hash, 0, 10);
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException(ex); // every Java has it
    }
  }

  String key() {
    return key;
  }

  Instant due() {
    return due;
  }

  Route route() {
    return route;
  }

  SortedMap<String, String> labels() {
    return labels;
  }

  void reroute(Route changed) {
    route = changed;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  List<Member> members() {
    return List.copyOf(members.values());
  }

  void fire(Member alert, Instant now) {
    Member known = members.get(alert.alert().id());
    members.put(alert.alert().id(), known == null ? alert : known.updated(alert));
    if (known == null || !known.isFiring() || known.isRaisedBy(alert)) {
      changed(now);
    }
  }

  void resolve(String id, Instant until, double value, String reason, Instant now) {
    Member known = members.get(id);
    if (known == null || !known.isFiring()) {
      return;
    }
    if (known.told() == null) {
      members.remove(id);
      return;
    }
    members.put(id, known.resolved(until, value, reason));
    changed(now);
  }

  /** Its route takes none of its alerts any more: what was told of is told to be over, at once. */
  void end(Instant now) {
    for (Member member : members()) {
      resolve(
          member.alert().id(),
          now,
          member.value(),
          "the route '%s' was changed or removed".formatted(route.name()),
          now);
    }
    due = now;
  }

  private void changed(Instant now) {
    if (last == null) {
      return; // the first notice is already due
    }
    Instant earliest = last.plus(route.groupInterval());
    Instant collected = now.plus(route.groupWait());
    Instant next = earliest.isAfter(collected) ? earliest : collected;
    due = next.isBefore(due) ? next : due;
  }

  /** The notices that are due. Nothing is told, and nothing changes, until {@link #told}. */
  List<DueNotice> plans(Muting muting, Instant now) {
    if (due.isAfter(now)) {
      return List.of();
    }
    Instant loud = route.quietUntil(now);
    if (loud != null) {
      due = loud;
      return List.of();
    }
    List<DueNotice> plans = new ArrayList<>();
    List<Member> listed = new ArrayList<>();
    List<Member> unanswered = new ArrayList<>();
    List<Member> resolved = new ArrayList<>();
    boolean news = false;
    for (Member member : members.values()) {
      if (!member.isFiring()) {
        resolved.add(member);
      } else if (!muting.isMuted(member.alert(), now)) {
        boolean acknowledged = muting.isAcknowledged(member.alert());
        if (member.told() != null || !acknowledged) {
          listed.add(member);
        }
        if (!acknowledged) {
          unanswered.add(member);
          news |= member.told() == null;
        }
      }
    }
    boolean over = route.sendResolved() && !resolved.isEmpty();
    boolean again =
        last != null
            && !route.repeatInterval().isZero()
            && !last.plus(route.repeatInterval()).isAfter(now)
            && !unanswered.isEmpty();
    if (news || over || again) {
      plans.add(plan(number + 1, recipients(listed, resolved), listed, resolved, false));
    } else {
      resolved.forEach((member) -> members.remove(member.alert().id()));
    }
    List<Member> neglected =
        unanswered.stream().filter((member) -> isNeglected(member, now)).toList();
    if (!neglected.isEmpty()) {
      plans.add(plan(number + plans.size() + 1L, route.escalateTo(), neglected, List.of(), true));
    }
    rest(now);
    return plans;
  }

  private DueNotice plan(
      long number,
      List<String> channels,
      List<Member> firing,
      List<Member> resolved,
      boolean escalation) {
    List<Member> over = route.sendResolved() ? resolved : List.of();
    return new DueNotice(key, route.name(), number, channels, labels, firing, over, escalation);
  }

  /** Who was called in is told of the rest, too. */
  private List<String> recipients(List<Member> firing, List<Member> resolved) {
    Set<String> channels = new LinkedHashSet<>(route.channels());
    if (firing.stream().anyMatch(Member::escalated)
        || resolved.stream().anyMatch(Member::escalated)) {
      channels.addAll(route.escalateTo());
    }
    return List.copyOf(channels);
  }

  private boolean isNeglected(Member member, Instant now) {
    Instant told = member.told();
    return route.escalateAfter() != null
        && !member.escalated()
        && told != null
        && !told.plus(route.escalateAfter()).isAfter(now);
  }

  /** Sets when to look again, if nothing happens before. */
  private void rest(Instant now) {
    Instant next = now.plus(pause());
    if (route.escalateAfter() != null) {
      for (Member member : members.values()) {
        Instant told = member.told();
        if (member.isFiring() && !member.escalated() && told != null) {
          Instant call = told.plus(route.escalateAfter());
          next = call.isAfter(now) && call.isBefore(next) ? call : next;
        }
      }
    }
    if (last != null && !route.repeatInterval().isZero()) {
      Instant repeat = last.plus(route.repeatInterval());
      next = repeat.isAfter(now) && repeat.isBefore(next) ? repeat : next;
    }
    due = next;
  }

  private Duration pause() {
    return route.groupInterval().compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : route.groupInterval();
  }

  /** Remembers that a notice was handed on. */
  void told(DueNotice plan, Instant now) {
    number = Math.max(number, plan.number());
    for (Member member : plan.firing()) {
      members.computeIfPresent(
          member.alert().id(), (id, known) -> known.told(now, plan.escalation()));
    }
    if (!plan.escalation()) {
      last = now;
      for (Member member : plan.resolved()) {
        Member known = members.get(member.alert().id());
        if (known != null && !known.isFiring()) {
          members.remove(member.alert().id());
        }
      }
      if (!route.sendResolved()) {
        members.values().removeIf((member) -> !member.isFiring());
      }
    }
    rest(now);
  }

  /** Nobody could be told; tries again after a while. */
  void postpone(Instant until) {
    due = until;
  }

  GroupState state() {
    List<Member> known =
        members.values().stream().sorted(Comparator.comparing(Member::since)).toList();
    return new GroupState(key, route.name(), labels, known, last, number, route.listeners());
  }
}
