package io.logcaster.notice.channel;

import io.logcaster.system.AddressGuard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Notices for tests. */
public final class Notices {

  public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private Notices() {}

  public static Transports transports(boolean allowLocal) {
    return transports(allowLocal, Duration.ofMinutes(1));
  }

  private static Transports transports(boolean allowLocal, Duration timeout) {
    return new Transports(new AddressGuard(allowLocal), timeout, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static Channel open(String type, Map<String, Object> options) {
    return open(type, options, Duration.ofMinutes(1));
  }

  /** Opens a channel whose receiver has so long to answer. */
  static Channel open(String type, Map<String, Object> options, Duration timeout) {
    ChannelKind kind = ChannelKind.of(type).orElseThrow();
    return kind.open(kind.check(options), transports(true, timeout));
  }

  public static Notice firing(String id) {
    return notice(id, Notice.Status.FIRING, List.of(alert(true)));
  }

  static Notice resolved(String id) {
    return notice(id, Notice.Status.RESOLVED, List.of(alert(false)));
  }

  static Notice info() {
    return new Notice(
        "i",
        "i",
        Notice.Status.INFO,
        "info",
        "A silence ends",
        Map.of(),
        List.of(),
        0,
        false,
        false,
        NOW);
  }

  static Notice notice(String id, Notice.Status status, List<NoticeAlert> alerts) {
    return new Notice(
        id, "lc-group", status, "critical", "", Map.of("rule", "r1"), alerts, 0, false, false, NOW);
  }

  /** With markup of all receivers in what records say. */
  static NoticeAlert alert(boolean firing) {
    List<NoticeAlert.Point> chart = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      chart.add(new NoticeAlert.Point(NOW.minusSeconds(60L * (23 - i)), i == 23 ? 12 : i % 4));
    }
    return new NoticeAlert(
        "r1",
        "Errors of the shop",
        "critical",
        new TreeMap<>(Map.of("app", "shop", "http.path", "/a\"b]")),
        firing,
        12,
        10.0,
        "12 > 10 over 1m",
        "INACTIVE",
        NOW.minusSeconds(90),
        firing ? null : NOW,
        List.of(
            Map.of(
                "_time", "2026-11-21T09:59:00Z", "_msg", "order <1> *failed* & ```x``` @everyone"),
            Map.of(
                "_time",
                "2026-11-21T09:59:01Z",
                "_msg",
                "order 2 failed\nforged line",
                "level",
                "ERROR")),
        "order <*> failed",
        12,
        "https://logs.example.org/#/explore?q=app%3Ashop&range=a~b",
        chart);
  }
}
