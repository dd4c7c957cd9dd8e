package io.logcaster.notice;

import io.logcaster.notice.channel.Notice;
import io.logcaster.notice.channel.NoticeAlert;
import io.logcaster.notice.content.RecordFacts;
import io.logcaster.notice.content.RecordFinder;
import io.logcaster.notice.route.AlertKey;
import io.logcaster.notice.route.DueNotice;
import io.logcaster.notice.route.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Writes the notices that are due. */
final class NoticeWriter {

  /** More alerts than anybody reads; the rest is counted. */
  private static final int MAX_ALERTS = 100;

  /** Alerts whose records are looked up. Each takes three queries. */
  private static final int MAX_DETAILED = 5;

  private final RecordFinder finder;

  NoticeWriter(RecordFinder finder) {
    this.finder = finder;
  }

  Notice write(DueNotice plan, Instant now) {
    List<Member> members = new ArrayList<>(plan.firing());
    members.sort(
        Comparator.comparingInt((Member member) -> Member.SEVERITIES.indexOf(severity(member)))
            .reversed()
            .thenComparing(Member::since));
    members.addAll(plan.resolved());
    List<NoticeAlert> alerts = new ArrayList<>();
    for (Member member : members.subList(0, Math.min(members.size(), MAX_ALERTS))) {
      alerts.add(alert(member, now, alerts.size() < MAX_DETAILED));
    }
    String severity =
        (plan.firing().isEmpty() ? plan.resolved() : plan.firing())
            .stream()
                .map(NoticeWriter::severity)
                .max(Comparator.comparingInt(Member.SEVERITIES::indexOf))
                .orElse("warning");
    return new Notice(
        plan.noticeId(),
        plan.key(),
        plan.firing().isEmpty() ? Notice.Status.RESOLVED : Notice.Status.FIRING,
        severity,
        "",
        plan.labels(),
        alerts,
        members.size() - alerts.size(),
        plan.escalation(),
        false,
        now);
  }

  private static String severity(Member member) {
    return member.alert().severity();
  }

  private NoticeAlert alert(Member member, Instant now, boolean detailed) {
    AlertKey alert = member.alert();
    Instant until = member.until();
    // Of a resolved alert, what was found while it fired is of more use than what is found now.
    Instant time = until == null ? now : member.since();
    RecordFacts facts =
        detailed ? finder.find(alert.rule(), alert.labels(), time) : RecordFacts.NONE;
    return new NoticeAlert(
        alert.rule(),
        alert.name(),
        alert.severity(),
        alert.labels(),
        member.isFiring(),
        member.value(),
        member.threshold(),
        member.reason(),
        member.from(),
        member.since(),
        until,
        facts.records(),
        facts.template(),
        facts.count(),
        facts.link(),
        facts.chart());
  }

  /** A notice that a silence ends although it hides alerts that fire. */
  static Notice silenceEnds(Silence silence, HiddenAlerts hides, Instant now) {
    String what =
        hides.alerts().stream()
            .limit(3)
            .map((alert) -> alert.name() + " " + alert.labels())
            .reduce((all, one) -> all + "; " + one)
            .orElse("");
    String summary =
        "The silence%s ends at %s and hides %,d alerts that fire: %s"
            .formatted(
                silence.note().isEmpty() ? "" : " '" + silence.note() + "'",
                silence.until(),
                hides.count(),
                what);
    return new Notice(
        "silence-" + silence.id(),
        "silence-" + silence.id(),
        Notice.Status.INFO,
        "info",
        summary,
        Map.of(),
        List.of(),
        0,
        false,
        false,
        now);
  }
}
