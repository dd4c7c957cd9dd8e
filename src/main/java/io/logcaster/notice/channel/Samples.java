package io.logcaster.notice.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A notice for trying a channel. */
public final class Samples {

  private Samples() {}

  /**
   * A notice that says it is a test.
   *
   * @param now when it is sent
   */
  public static Notice notice(Instant now) {
    List<NoticeAlert.Point> chart = new ArrayList<>();
    for (int minute = 20; minute >= 0; minute--) {
      chart.add(
          new NoticeAlert.Point(
              now.minus(Duration.ofMinutes(minute)), minute > 5 ? 2 + minute % 3 : 20 - minute));
    }
    NoticeAlert alert =
        new NoticeAlert(
            "test",
            "Test of this channel",
            "info",
            new TreeMap<>(Map.of("app", "logcaster")),
            true,
            20,
            10.0,
            "Somebody tries whether notices arrive; nothing is wrong.",
            "INACTIVE",
            now,
            null,
            List.of(Map.of("_time", now.toString(), "_msg", "An example of a record")),
            "An example of a <*>",
            1,
            "",
            chart);
    return new Notice(
        "test-" + now.toEpochMilli(),
        "logcaster-test",
        Notice.Status.FIRING,
        "info",
        "",
        Map.of(),
        List.of(alert),
        0,
        false,
        true,
        now);
  }
}
