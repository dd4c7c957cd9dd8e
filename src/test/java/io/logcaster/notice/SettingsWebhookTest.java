package io.logcaster.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.TestClock;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.notice.channel.JsonPost;
import io.logcaster.notice.channel.Notice;
import io.logcaster.notice.channel.Notices;
import io.logcaster.notice.channel.Receiver;
import io.logcaster.notice.route.Route;
import io.logcaster.system.SettingsStores;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The webhook of earlier versions goes on as it was. */
class SettingsWebhookTest {

  @Test
  void webhook_getsEachAlertInTheFormOfTheHistory() throws Exception {
    try (Receiver receiver = new Receiver()) {
      SettingsWebhook webhook =
          new SettingsWebhook(
              new JsonPost(URI.create(receiver.url() + "/hook"), Notices.transports(true)));
      Notice notice = Notices.firing("n1");
      webhook.send(notice);
      webhook.send(notice.resolved());

      Receiver.Request first = receiver.next();
      assertThat(first.headers()).containsEntry("X-LogCaster-Id", notice.id() + "-1");
      JsonNode change = first.json();
      assertThat(change.propertyNames())
          .contains("rule", "name", "severity", "labels", "from", "to", "value", "time");
      assertThat(change.at("/labels/app").asString()).isEqualTo("shop");
      assertThat(change.at("/from").asString()).isEqualTo("INACTIVE");
      assertThat(change.at("/to").asString()).isEqualTo("FIRING");
      assertThat(change.at("/value").asDouble()).isEqualTo(12);
      assertThat(change.at("/time").asString()).isEqualTo("2026-11-21T09:58:30Z");
      JsonNode end = receiver.next().json();
      assertThat(end.at("/from").asString()).isEqualTo("FIRING");
      assertThat(end.at("/to").asString()).isEqualTo("INACTIVE");
      assertThat(end.at("/time").asString()).isEqualTo("2026-11-21T10:00:00Z");
    }
  }

  @Test
  void routes_tellItOfEachAlertAtOnce_unlessOneNamesIt() {
    try (ControlDb db = new ControlDb()) {
      RouteStore routes =
          new RouteStore(SettingsStores.of(db.jdbc(), new TestClock(Notices.NOW)), true);

      Route first = routes.effective().getFirst();
      assertThat(first.channels()).containsExactly(SettingsWebhook.ID);
      assertThat(first.groupBy()).containsExactly(Route.ALL);
      assertThat(first.groupWait()).isEqualTo(Duration.ZERO);
      assertThat(first.proceed()).isTrue();
      assertThat(routes.effective().getLast()).isEqualTo(RouteStore.DEFAULT);

      Route named =
          new RouteBody(
                  "mine",
                  null,
                  List.of(SettingsWebhook.ID),
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null)
              .checked("routes[0]");
      routes.put(List.of(named));
      assertThat(routes.effective()).containsExactly(named);
    }
  }
}
