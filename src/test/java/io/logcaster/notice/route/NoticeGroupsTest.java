package io.logcaster.notice.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When which alerts are told of, with a clock that the test sets. */
class NoticeGroupsTest {

  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final Set<String> muted = new HashSet<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Muting muting =
      new Muting() {
        @Override
        public boolean isMuted(AlertKey alert, Instant now) {
          return muted.contains(alert.label("app"));
        }

        @Override
        public boolean isAcknowledged(AlertKey alert) {
          return acknowledged.contains(alert.label("app"));
        }
      };
  private Instant now = START;
  private NoticeGroups groups = new NoticeGroups(List.of(route().build()), muting);

  @Test
  void alertsOfAGroup_areToldOfTogetherAfterTheWait() {
    fire("a");
    assertThat(after("9s")).isEmpty();
    fire("b");

    assertThat(after("1s")).containsExactly("FIRING a b -> c1");
    assertThat(after("10m")).isEmpty();
  }

  @Test
  void alertResolvedDuringTheWait_isNeverToldOf() {
    fire("a");
    after("5s");
    resolve("a");

    assertThat(after("1h")).isEmpty();
    assertThat(groups.next()).isNull();
  }

  @Test
  void laterAlert_waitsForTheInterval() {
    fire("a");
    assertThat(after("10s")).hasSize(1);
    after("20s");
    fire("b");
    assertThat(after("39s")).isEmpty();

    assertThat(after("1s")).containsExactly("FIRING a b -> c1");
  }

  @Test
  void laterAlertAfterTheInterval_waitsForOthersOnly() {
    fire("a");
    after("10s");
    after("30m");
    fire("b");

    assertThat(after("9s")).isEmpty();
    assertThat(after("1s")).containsExactly("FIRING a b -> c1");
  }

  @Test
  void firingAlerts_areRepeatedAtTheRepeatInterval() {
    fire("a");
    after("10s");

    assertThat(after("3h 59m")).isEmpty();
    assertThat(after("1m")).containsExactly("FIRING a -> c1");
    assertThat(after("4h")).containsExactly("FIRING a -> c1");
  }

  @Test
  void resolvedAlert_isToldOfOnce() {
    fire("a");
    fire("b");
    after("10s");
    resolve("a");

    assertThat(after("1m")).containsExactly("FIRING b, resolved a -> c1");
    resolve("b");
    assertThat(after("1m")).containsExactly("RESOLVED resolved b -> c1");
    assertThat(after("1d")).isEmpty();
    assertThat(groups.states()).isEmpty();
  }

  @Test
  void resolvedAlert_isNotToldOfWhereTheRouteSaysSo() {
    groups = new NoticeGroups(List.of(route().sendResolved(false).build()), muting);
    fire("a");
    after("10s");
    resolve("a");

    assertThat(after("1d")).isEmpty();
    assertThat(groups.states()).isEmpty();
  }

  @Test
  void alertThatFiresAgainBeforeItsEndIsTold_isNotNews() {
    fire("a");
    after("10s");
    resolve("a");
    after("5s");
    fire("a");

    assertThat(after("10m")).isEmpty();
  }

  @Test
  void alertThatBecomesMoreSerious_isToldOfAgain() {
    fire("a", "warning");
    after("10s");
    fire("a", "warning");
    assertThat(after("10m")).isEmpty();
    fire("a", "critical");
    assertThat(after("1m")).containsExactly("FIRING a -> c1");
    fire("a", "warning");
    assertThat(after("10m")).isEmpty();
  }

  @Test
  void mutedAlert_isToldOfWhenTheSilenceEnds() {
    muted.add("a");
    fire("a");
    fire("b");
    assertThat(after("10s")).containsExactly("FIRING b -> c1");
    assertThat(after("10m")).isEmpty();
    muted.clear();

    assertThat(after("1m")).containsExactly("FIRING a b -> c1");
  }

  @Test
  void acknowledgedAlert_isNeitherRepeatedNorHidesItsNeighbours() {
    fire("a");
    after("10s");
    acknowledged.add("a");
    assertThat(after("8h")).isEmpty();
    fire("b");
    assertThat(after("1m")).containsExactly("FIRING a b -> c1");
    resolve("a");
    assertThat(after("1m")).containsExactly("FIRING b, resolved a -> c1");
  }

  @Test
  void unacknowledgedAlert_isEscalatedOnceAndItsEndToldToAll() {
    groups = new NoticeGroups(List.of(route().escalate("15m").build()), muting);
    fire("a");
    assertThat(after("10s")).containsExactly("FIRING a -> c1");
    assertThat(after("14m 59s")).isEmpty();

    assertThat(after("1s")).containsExactly("ESCALATED FIRING a -> c2");
    assertThat(after("1h")).isEmpty();
    resolve("a");
    assertThat(after("1m")).containsExactly("RESOLVED resolved a -> c1,c2");
  }

  @Test
  void acknowledgedAlert_isNotEscalated_butItsNeighbourIs() {
    groups = new NoticeGroups(List.of(route().escalate("15m").build()), muting);
    fire("a");
    fire("b");
    after("10s");
    acknowledged.add("a");

    assertThat(after("15m")).containsExactly("ESCALATED FIRING b -> c2");
    acknowledged.clear();
    assertThat(after("1m")).containsExactly("ESCALATED FIRING a -> c2");
  }

  @Test
  void quietHours_holdNoticesBackUntilTheirEnd() {
    WeekHours quiet =
        new WeekHours(Set.of(), LocalTime.of(10, 0), LocalTime.of(12, 0), ZoneOffset.UTC);
    groups = new NoticeGroups(List.of(route().quiet(quiet).escalate("15m").build()), muting);
    fire("a");
    fire("b");
    assertThat(after("1h 59m")).isEmpty();
    resolve("b");

    assertThat(after("1m")).containsExactly("FIRING a -> c1");
  }

  @Test
  void groups_areFormedByLabels() {
    groups = new NoticeGroups(List.of(route().groupBy("app").build()), muting);
    fire("a");
    fire("b");

    assertThat(after("10s")).containsExactlyInAnyOrder("FIRING a -> c1", "FIRING b -> c1");
  }

  @Test
  void routes_areTakenInOrderUntilOneDoesNotContinue() {
    groups =
        new NoticeGroups(
            List.of(
                route().name("log").channel("c0").proceed().build(),
                route().name("critical").match("severity=critical").channel("pager").build(),
                route().name("web").match("app=~web.*").channel("web").build(),
                route().name("rest").channel("mail").build()),
            muting);
    fire("web1", "critical");
    fire("web2", "warning");
    fire("db", "warning");

    assertThat(after("10s"))
        .containsExactlyInAnyOrder(
            "FIRING web1 web2 db -> c0",
            "FIRING web1 -> pager",
            "FIRING web2 -> web",
            "FIRING db -> mail");
  }

  @Test
  void alertWhoseSeverityChanges_moves() {
    groups =
        new NoticeGroups(
            List.of(
                route().name("critical").match("severity=critical").channel("pager").build(),
                route().name("rest").channel("mail").build()),
            muting);
    fire("a", "warning");
    assertThat(after("10s")).containsExactly("FIRING a -> mail");
    fire("a", "critical");

    assertThat(after("1m"))
        .containsExactlyInAnyOrder("FIRING a -> pager", "RESOLVED resolved a -> mail");
  }

  @Test
  void restart_repeatsNothingAndFindsWhatWasMissed() {
    fire("a");
    fire("b");
    after("10s");
    List<GroupState> stored = groups.states();
    groups = new NoticeGroups(List.of(route().build()), muting);
    now = now.plusSeconds(30);
    groups.restore(stored, now);
    groups.reconcile(List.of(member("a", "warning"), member("c", "warning")), now);

    assertThat(after("1m")).containsExactly("FIRING a c, resolved b -> c1");
    assertThat(after("10m")).isEmpty();
  }

  @Test
  void noticeThatCouldNotBeHandedOn_comesAgainWithItsId() {
    fire("a");
    now = now.plusSeconds(10);
    DueNotice first = groups.due(now).getFirst();
    groups.postpone(first, now.plusSeconds(5));
    assertThat(groups.due(now.plusSeconds(4))).isEmpty();
    DueNotice again = groups.due(now.plusSeconds(5)).getFirst();
    assertThat(again.noticeId()).isEqualTo(first.noticeId());

    GroupState stored = groups.after(again, now);
    groups.told(again, now);
    assertThat(groups.states()).containsExactly(stored);
    fire("b");
    assertThat(groups.due(now.plusSeconds(60)).getFirst().noticeId())
        .isNotEqualTo(first.noticeId());
  }

  @Test
  void changedRoutes_keepWhatWasTold_andEndWhatIsGone() {
    fire("a");
    after("10s");
    groups.reroute(List.of(route().repeat("1h").build()), List.of(member("a", "warning")), now);
    assertThat(after("59m")).isEmpty();
    assertThat(after("1m")).containsExactly("FIRING a -> c1");

    groups.reroute(
        List.of(route().name("other").channel("c9").build()), List.of(member("a", "warning")), now);
    Member ended = groups.states().getFirst().members().getFirst();
    assertThat(ended.reason()).contains("route", "removed");
    assertThat(after("10s")).containsExactly("RESOLVED resolved a -> c1", "FIRING a -> c9");
    assertThat(groups.states()).hasSize(1);
  }

  @Test
  void removedRoute_whoseAlertsNobodyWasToldOf_endsInSilence() {
    fire("a");
    groups.reroute(
        List.of(route().name("other").channel("c9").build()), List.of(member("a", "warning")), now);
    assertThat(after("10s")).containsExactly("FIRING a -> c9");
  }

  private void fire(String app) {
    fire(app, "warning");
  }

  private void fire(String app, String severity) {
    groups.fire(member(app, severity), now);
  }

  private Member member(String app, String severity) {
    AlertKey alert = AlertKey.of("r1", "Rule", severity, Map.of("app", app));
    return Member.firing(alert, 1, 0.0, "1 > 0", "INACTIVE", now);
  }

  private void resolve(String app) {
    AlertKey alert = AlertKey.of("r1", "Rule", "warning", Map.of("app", app));
    groups.resolve(alert, now, 0, "0 > 0", now);
  }

  /** Lets time pass as the loop does: from one moment with something to do to the next. */
  private List<String> after(String time) {
    Duration length =
        Duration.parse("PT" + time.replace(" ", "").replace("1d", "24h").toUpperCase(Locale.ROOT));
    Instant end = now.plus(length);
    List<String> told = new ArrayList<>();
    while (true) {
      Instant next = groups.next();
      boolean over = next == null || next.isAfter(end);
      now = over ? end : next.isAfter(now) ? next : now;
      for (DueNotice notice : groups.due(now)) {
        groups.told(notice, now);
        told.add(text(notice));
      }
      if (over) {
        return told;
      }
    }
  }

  private static String text(DueNotice notice) {
    return "%s%s%s%s -> %s"
        .formatted(
            notice.escalation() ? "ESCALATED " : "",
            notice.firing().isEmpty() ? "RESOLVED" : "FIRING" + apps(notice.firing()),
            notice.firing().isEmpty() || notice.resolved().isEmpty() ? "" : ",",
            notice.resolved().isEmpty() ? "" : " resolved" + apps(notice.resolved()),
            String.join(",", notice.channels()));
  }

  private static String apps(List<Member> members) {
    StringBuilder apps = new StringBuilder();
    members.forEach((member) -> apps.append(' ').append(member.alert().label("app")));
    return apps.toString();
  }

  private static RouteBuilder route() {
    return new RouteBuilder();
  }
}
