package io.logcaster.notice;

import io.logcaster.alert.ActiveAlert;
import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.Alerts;
import io.logcaster.notice.channel.DeliveryException;
import io.logcaster.notice.channel.Notice;
import io.logcaster.notice.channel.Samples;
import io.logcaster.notice.delivery.ChannelLookup;
import io.logcaster.notice.delivery.NoticeQueue;
import io.logcaster.notice.route.AlertKey;
import io.logcaster.notice.route.DueNotice;
import io.logcaster.notice.route.GroupState;
import io.logcaster.notice.route.Member;
import io.logcaster.notice.route.NoticeGroups;
import io.logcaster.system.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns changes of alerts into notices. What was told of a group and the notices that wait are
 * stored in one transaction: a crash between them repeats nothing, and changes that it swallowed
 * are found by comparing the groups with the alerts that fire. Thread-safe.
 */
final class NoticeService {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeService.class);

  /** When a group is looked at again that nobody could be told of. */
  private static final Duration NOBODY_PAUSE = Duration.ofMinutes(1);

  private static final long SHARED_MILLIS = 1_000;

  private static final Duration FAILURE_PAUSE = Duration.ofSeconds(10);

  /** Silences that end soon are looked for this often. */
  private static final Duration SILENCES_PAUSE = Duration.ofMinutes(1);

  private final Alerts alerts;
  private final Handling handling;
  private final NoticeGroups groups;
  private final GroupStore store;
  private final RouteStore routes;
  private final Channels channels;
  private final NoticeQueue queue;
  private final NoticeWriter writer;
  private final Silences silences;
  private final Acknowledgements acknowledgements;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Queue<AlertChange> changes = new ConcurrentLinkedQueue<>();

  /** The keys of the groups in the store. */
  private final Set<String> stored = ConcurrentHashMap.newKeySet();

  private final Semaphore wakeups = new Semaphore(0);

  NoticeService(
      Alerts alerts,
      Handling handling,
      GroupStore store,
      RouteStore routes,
      Channels channels,
      NoticeQueue queue,
      NoticeWriter writer,
      Silences silences,
      Acknowledgements acknowledgements,
      TransactionTemplate transaction,
      Clock clock) {
    this.alerts = alerts;
    this.handling = handling;
    this.store = store;
    this.routes = routes;
    this.channels = channels;
    this.queue = queue;
    this.writer = writer;
    this.silences = silences;
    this.acknowledgements = acknowledgements;
    this.transaction = transaction;
    this.clock = clock;
    this.groups = new NoticeGroups(routes.effective(), handling);
  }

  /** Takes note of a change; does not block. */
  void changed(AlertChange change) {
    if (!alerts.isOnDuty()) {
      return; // the node that evaluates the rules tells of them
    }
    changes.add(change);
    signal();
  }

  /** Looks at the groups soon, because something has changed. */
  void signal() {
    wakeups.release();
  }

  /** Takes over what people have changed by way of other nodes, if there are any. */
  void follow() {
    if (!alerts.isShared()) {
      return;
    }
    try {
      handling.reload();
      if (routes.reload()) {
        reroute();
      }
    } catch (DataAccessException ex) {
      LOG.debug("The control database cannot be read", ex); // health says so
    }
  }

  /** Waits until a time or a signal; not for long where other nodes may change something. */
  void await(@Nullable Instant until) throws InterruptedException {
    if (alerts.isShared()) {
      boolean _ = wakeups.tryAcquire(SHARED_MILLIS, TimeUnit.MILLISECONDS);
    } else if (until == null) {
      wakeups.acquire();
    } else {
      long millis = Duration.between(clock.instant(), until).toMillis();
      boolean _ = wakeups.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }
    wakeups.drainPermits();
  }

  /** Whether this node tells of alerts; of several nodes, the one that evaluates the rules does. */
  boolean isOnDuty() {
    return alerts.isOnDuty();
  }

  /**
   * Takes back what had been told before a restart, or by the node that told before this one, and
   * finds what was missed.
   */
  void restore() {
    Instant now = clock.instant();
    changes.clear();
    stored.clear();
    List<GroupState> known = store.all();
    known.forEach((group) -> stored.add(group.key()));
    groups.restore(known, now);
    groups.reconcile(firing(), now);
  }

  /** Applies changed routes. */
  void reroute() {
    groups.reroute(routes.effective(), firing(), clock.instant());
    signal();
  }

  private List<Member> firing() {
    return alerts.active().stream()
        .filter((alert) -> alert.state() == AlertState.FIRING)
        .map(NoticeService::member)
        .toList();
  }

  private static Member member(ActiveAlert alert) {
    return Member.firing(
        Handling.key(alert),
        alert.value(),
        alert.threshold(),
        alert.reason(),
        AlertState.PENDING.name(),
        alert.since());
  }

  /**
   * Applies the changes and hands on the notices that are due.
   *
   * @return when to look again; null if there is nothing to wait for
   */
  @Nullable Instant turn() {
    Instant now = clock.instant();
    apply(now);
    for (DueNotice plan : groups.due(now)) {
      tell(plan, now);
    }
    forget();
    boolean warns = warn(now);
    Instant next = groups.next();
    Instant look = now.plus(SILENCES_PAUSE);
    return warns && (next == null || look.isBefore(next)) ? look : next;
  }

  /** Or a group that ended without a notice, or with its route, would come back in a restart. */
  private void forget() {
    try {
      for (String key : List.copyOf(stored)) {
        if (!groups.contains(key)) {
          store.put(key, null);
          stored.remove(key);
        }
      }
    } catch (DataAccessException ex) {
      LOG.error("A group of alerts could not be forgotten; it is tried again", ex);
    }
  }

  private void apply(Instant now) {
    for (AlertChange change = changes.poll(); change != null; change = changes.poll()) {
      AlertKey alert = Handling.key(change);
      if (change.to() == AlertState.FIRING) {
        groups.fire(
            Member.firing(
                alert,
                change.value(),
                change.threshold(),
                change.reason(),
                change.from().name(),
                change.time()),
            now);
      } else if (change.from() == AlertState.FIRING) {
        groups.resolve(alert, change.time(), change.value(), change.reason(), now);
      }
      if (change.to() == AlertState.INACTIVE) {
        acknowledgements.remove(change.rule(), change.labels());
      }
    }
  }

  private void tell(DueNotice plan, Instant now) {
    try {
      List<String> recipients = channels.usable(plan.channels(), routes.choosy());
      if (recipients.isEmpty()) {
        groups.postpone(plan, now.plus(NOBODY_PAUSE));
        return;
      }
      Notice notice = writer.write(plan, now);
      hand(notice, recipients, () -> store.put(plan.key(), groups.after(plan, now)));
      stored.add(plan.key());
      groups.told(plan, now);
      recipients.forEach(queue::wake);
    } catch (DataAccessException ex) {
      LOG.error("A notice could not be stored; it is tried again", ex);
      groups.postpone(plan, now.plus(FAILURE_PAUSE));
    }
  }

  private void hand(Notice notice, List<String> recipients, Runnable more) {
    transaction.executeWithoutResult(
        (status) -> {
          alerts.verifyDuty();
          recipients.forEach((channel) -> queue.add(channel, notice, notice.title()));
          more.run();
        });
  }

  /** Warns of silences that end soon; returns whether there are any silences at all. */
  private boolean warn(Instant now) {
    List<Silence> current = silences.current();
    for (Silence silence : current) {
      if (!silence.warned() && silence.until().minus(SilenceController.WARNING).isBefore(now)) {
        HiddenAlerts hides = HiddenAlerts.of(alerts, silence::covers);
        List<String> recipients = hides.count() == 0 ? List.of() : recipients(silence);
        if (!recipients.isEmpty()) {
          hand(
              NoticeWriter.silenceEnds(silence, hides, now),
              recipients,
              () -> silences.warned(silence.id()));
          recipients.forEach(queue::wake);
        }
      }
    }
    return !current.isEmpty();
  }

  /** Who will be told of the alerts that a silence hides. */
  private List<String> recipients(Silence silence) {
    Set<String> ids = new LinkedHashSet<>();
    for (Member member : firing()) {
      if (silence.covers(member.alert())) {
        groups.matching(member.alert()).forEach((route) -> ids.addAll(route.channels()));
      }
    }
    ids.remove(SettingsWebhook.ID);
    return channels.usable(List.copyOf(ids), routes.choosy());
  }

  /** Sends a test through the channel with an id. */
  void test(String id) {
    try {
      test(channels.open(id));
    } catch (DeliveryException ex) {
      throw problem(String.valueOf(ex.getMessage()), ex);
    }
  }

  /**
   * Sends a test and waits for the receiver.
   *
   * @throws ProblemException 502 {@code delivery_failed} if it does not accept it
   */
  void test(ChannelLookup.Ready ready) {
    Notice notice = Samples.notice(clock.instant());
    try {
      ready.channel().send(notice);
      if (ready.channel().opensIncidents()) {
        ready.channel().send(notice.resolved());
      }
    } catch (DeliveryException ex) {
      throw problem(ready.redact().apply(String.valueOf(ex.getMessage())), ex);
    }
  }

  private static ProblemException problem(String detail, DeliveryException cause) {
    return new ProblemException(HttpStatus.BAD_GATEWAY, "delivery_failed", detail + ".", cause);
  }

  /** For tests: what has been told. */
  List<GroupState> states() {
    return groups.states();
  }
}
