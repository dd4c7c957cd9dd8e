package io.logcaster.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.alert.AlertHandling.Acknowledgement;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.notice.channel.ChannelKind;
import io.logcaster.notice.channel.Notices;
import io.logcaster.notice.content.RecordFinder;
import io.logcaster.notice.delivery.LetterStore;
import io.logcaster.notice.delivery.NoticeQueue;
import io.logcaster.notice.route.LabelMatcher;
import io.logcaster.notice.route.Route;
import io.logcaster.notice.secret.Vault;
import io.logcaster.query.Records;
import io.logcaster.system.SettingsStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From changes of alerts to notices in the queue, and over restarts. */
class NoticeServiceTest {

  private static final Instant NOW = Instant.parse("2026-03-04T05:07:00Z");

  @TempDir Path dir;

  private final ControlDb db = new ControlDb();
  private final TestClock clock = new TestClock(NOW);
  private final FakeAlerts alerts = new FakeAlerts();
  private ChannelStore channels;
  private RouteStore routes;
  private Silences silences;
  private Acknowledgements acknowledgements;
  private NoticeService service;

  @BeforeEach
  void start() {
    channels = new ChannelStore(db.jdbc(), new Vault(dir.resolve("secrets.key")));
    addChannel("c1");
    restart();
  }

  private void addChannel(String id) {
    channels.put(new StoredChannel(id, id, ChannelKind.LOG, new TreeMap<>(), true, null));
  }

  /** Everything that a process keeps in memory is made anew. */
  private void restart() {
    silences = new Silences(db.jdbc(), clock);
    acknowledgements = new Acknowledgements(db.jdbc());
    Handling handling = new Handling(silences, new MaintenanceStore(db.jdbc()), acknowledgements);
    Records records = new Records();
    for (int i = 0; i < 5; i++) {
      records.add(Map.of("app", "shop", "_msg", "order " + i + " failed"));
      records.add(Map.of("app", "other", "_msg", "order " + i + " failed"));
    }
    routes = new RouteStore(SettingsStores.of(db.jdbc(), clock), false);
    Channels open = new Channels(channels, Notices.transports(false), null);
    service =
        new NoticeService(
            alerts,
            handling,
            new GroupStore(db.jdbc()),
            routes,
            open,
            new NoticeQueue(new LetterStore(db.jdbc()), open, clock, new Random(1)),
            new NoticeWriter(
                new RecordFinder(
                    alerts, records.engine(), () -> "https://logs/", Duration.ofSeconds(5))),
            silences,
            acknowledgements,
            db.transaction(),
            clock);
    service.restore();
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void notice_saysWhatTheRecordsSay() {
    fire("shop");
    assertThat(turn("9s")).isEmpty();
    JsonNode alert = turn("1s").getFirst().at("/alerts/0");

    assertThat(alert.at("/name").asString()).isEqualTo("Failed orders");
    assertThat(alert.at("/value").asDouble()).isEqualTo(4);
    assertThat(alert.at("/threshold").asDouble()).isEqualTo(3);
    assertThat(alert.at("/reason").asString()).isEqualTo("4 > 3 over 1m");
    assertThat(alert.at("/since").asString()).isEqualTo("2026-03-04T05:07:00Z");
    // The window of a minute ends with the notice, ten seconds after the alert.
    assertThat(alert.at("/records").valueStream().map((r) -> r.at("/_msg").asString()))
        .containsExactly("order 2 failed", "order 3 failed", "order 4 failed");
    assertThat(alert.at("/count").asInt()).isEqualTo(3);
    assertThat(alert.at("/template").asString()).isEqualTo("order <*> failed");
    assertThat(alert.at("/link").asString())
        .isEqualTo(
            "https://logs/#/explore?q=failed+app%3A%3D%22shop%22"
                + "&range=2026-03-04T05%3A06%3A10Z%7E2026-03-04T05%3A07%3A10.001Z");
    assertThat(alert.at("/chart").size()).isEqualTo(24);
    assertThat(alert.at("/chart/23/value").asDouble()).isEqualTo(3);
    assertThat(alert.at("/chart/23/time").asString()).isEqualTo("2026-03-04T05:07:10Z");
    assertThat(alert.at("/chart/0/value").asDouble()).isZero();
  }

  @Test
  void channelThatSaysWhichAlertsItTakes_getsThoseOnly_alsoAfterARestart() {
    addChannel("shop only");
    routes.match("shop only", Map.of("app", "shop"));
    restart();
    fire("shop");
    fire("other");

    service.turn();
    clock.advance(Duration.ofSeconds(10));
    service.turn();
    assertThat(told())
        .containsExactlyInAnyOrder("c1 2", "shop only 1"); // one notice of both, and one of its own
    routes.match("shop only", Map.of());
    service.reroute();
    service.turn();
    // It was told of an alert that is now somebody else's.
    assertThat(told()).contains("shop only 1");
  }

  /** Who is told, and of how many alerts. */
  private List<String> told() {
    List<String> told =
        db.jdbc()
            .sql("SELECT channel_id, body FROM notice_delivery ORDER BY id")
            .query(
                (row, number) ->
                    row.getString("channel_id")
                        + " "
                        + StoredJson.MAPPER.readTree(row.getString("body")).at("/alerts").size())
            .list();
    db.jdbc().sql("DELETE FROM notice_delivery").update();
    return told;
  }

  @Test
  void restartBetweenNotices_repeatsNothing() {
    fire("shop");
    assertThat(turn("10s")).hasSize(1);
    restart();

    assertThat(turn("2h")).isEmpty();
    resolve("shop");
    assertThat(turn("1m").getFirst().at("/status").asString()).isEqualTo("RESOLVED");
    restart();
    assertThat(turn("8h")).isEmpty();
  }

  @Test
  void changesMissedInACrash_areFoundAtTheStart() {
    fire("shop");
    turn("10s");
    alerts.fire("other", clock.instant());
    alerts.resolve("shop");
    restart();

    JsonNode notice = turn("1m").getFirst();
    assertThat(notice.at("/alerts").valueStream().map((a) -> a.at("/labels/app").asString()))
        .containsExactly("other", "shop");
    assertThat(notice.at("/alerts/1/firing").asBoolean()).isFalse();
  }

  @Test
  void groupOfARouteThatIsGone_doesNotComeBackInARestart() {
    fire("shop");
    assertThat(turn("10s")).hasSize(1);
    routes.put(List.of(route("other", "app=none", null)));
    service.reroute();
    assertThat(turn("1m")).hasSize(1); // the end, to those who were told
    alerts.resolve("shop");
    assertThat(turn("1m")).isEmpty();
    assertThat(new GroupStore(db.jdbc()).all()).isEmpty();

    routes.put(List.of());
    restart();
    assertThat(turn("1m")).isEmpty();
  }

  @Test
  void removedRoute_whoseLastNoticeWaitsForTheEndOfQuietHours_tellsItAlsoAfterARestart() {
    HoursBody quiet = new HoursBody(List.of(), "05:08", "06:00", "UTC");
    routes.put(List.of(route("quiet", "app=shop", List.of(quiet))));
    service.reroute();
    fire("shop");
    assertThat(turn("10s")).hasSize(1);
    turn("2m");
    routes.put(List.of(route("other", "app=none", null)));
    service.reroute();
    assertThat(turn("1m")).isEmpty();

    restart();
    assertThat(turn("1m")).isEmpty();
    List<JsonNode> last = turn("60m");

    assertThat(last).hasSize(1);
    assertThat(last.getFirst().toString())
        .contains("RESOLVED", "the route 'quiet' was changed or removed");
    assertThat(new GroupStore(db.jdbc()).all()).isEmpty();
    restart();
    assertThat(turn("60m")).isEmpty();
  }

  private static Route route(String name, String match, @Nullable List<HoursBody> quiet) {
    RouteBody body =
        new RouteBody(
            name, List.of(match), null, null, null, null, null, null, quiet, null, null, null);
    return body.checked("routes[0]");
  }

  @Test
  void alertWithoutAnyChannel_isToldOfOnceThereIsOne() {
    channels.remove("c1");
    fire("shop");
    assertThat(turn("10m")).isEmpty();
    addChannel("c2");

    assertThat(turn("1m")).hasSize(1);
  }

  @Test
  void acknowledgement_stopsRepetition_andEndsWithTheAlert() {
    fire("shop");
    turn("10s");
    acknowledgements.put("r1", Map.of("app", "shop"), new Acknowledgement("ann", "mine", NOW));
    restart();
    assertThat(turn("12h")).isEmpty();
    resolve("shop");
    assertThat(turn("1m")).hasSize(1);
    assertThat(acknowledgements.find("r1", Map.of("app", "shop"))).isNull();
  }

  @Test
  void silence_hidesByMatchers_andWarnsOnceBeforeItEnds() {
    silences.put(
        new Silence(
            "s1",
            Map.of("rule", "r1"),
            List.of(LabelMatcher.parse("app=~sh.*")),
            "upgrade",
            "ann",
            NOW.plus(Duration.ofHours(1)),
            false));
    fire("shop");
    fire("other");
    assertThat(turn("10s").getFirst().at("/alerts").size()).isEqualTo(1);
    assertThat(turn("43m")).isEmpty();

    List<JsonNode> warning = turn("3m");
    assertThat(warning).hasSize(1);
    assertThat(warning.getFirst().at("/status").asString()).isEqualTo("INFO");
    assertThat(warning.getFirst().at("/summary").asString())
        .contains("'upgrade' ends at 2026-03-04T06:07:00Z and hides 1 alerts", "app=shop");
    restart();
    assertThat(turn("10m")).isEmpty();
    assertThat(turn("10m").getFirst().at("/alerts").size()).isEqualTo(2);
  }

  @Test
  void maintenance_hidesAlertsWhileItIsOn() {
    new MaintenanceStore(db.jdbc())
        .put(new Maintenance("m1", "move", List.of(), NOW, NOW.plus(Duration.ofMinutes(30)), null));
    restart();
    fire("shop");

    assertThat(turn("29m")).isEmpty();
    assertThat(turn("3m")).hasSize(1);
  }

  private void fire(String app) {
    alerts.fire(app, clock.instant());
    service.changed(FakeAlerts.change(app, AlertState.PENDING, AlertState.FIRING, clock.instant()));
    service.turn();
  }

  private void resolve(String app) {
    alerts.resolve(app);
    service.changed(
        FakeAlerts.change(app, AlertState.FIRING, AlertState.INACTIVE, clock.instant()));
    service.turn();
  }

  /** Lets time pass as the loop does, and takes the notices out of the queue. */
  private List<JsonNode> turn(String time) {
    Instant end = clock.instant().plus(Duration.parse("PT" + time.toUpperCase(Locale.ROOT)));
    while (clock.instant().isBefore(end)) {
      Instant next = service.turn();
      Instant until = next == null || next.isAfter(end) ? end : next;
      clock.advance(Duration.between(clock.instant(), until));
    }
    service.turn();
    List<JsonNode> notices =
        db.jdbc()
            .sql("SELECT body FROM notice_delivery ORDER BY id")
            .query((row, number) -> StoredJson.MAPPER.readTree(row.getString("body")))
            .list();
    db.jdbc().sql("DELETE FROM notice_delivery").update();
    return notices;
  }
}
