package io.logcaster.notice.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The requests to PagerDuty, Opsgenie and Alertmanager, compared with what these document. */
class IncidentChannelsTest {

  private Receiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void pagerduty_triggersAndResolvesOneIncident() throws Exception {
    Channel channel =
        Notices.open("pagerduty", Map.of("routingKey", "k", "apiUrl", receiver.url()));
    channel.send(Notices.firing("n1"));
    channel.send(Notices.resolved("n2"));
    channel.send(Notices.info());

    Receiver.Request request = receiver.next();
    assertThat(request.path()).isEqualTo("/v2/enqueue");
    JsonNode trigger = request.json();
    assertThat(trigger.at("/routing_key").asString()).isEqualTo("k");
    assertThat(trigger.at("/event_action").asString()).isEqualTo("trigger");
    assertThat(trigger.at("/dedup_key").asString()).isEqualTo("lc-group");
    JsonNode payload = trigger.at("/payload");
    assertThat(payload.at("/summary").asString()).startsWith("[FIRING] Errors of the shop");
    assertThat(payload.at("/source").asString()).isEqualTo("logcaster");
    assertThat(payload.at("/severity").asString()).isEqualTo("critical");
    assertThat(payload.at("/timestamp").asString()).isEqualTo("2026-11-21T09:58:30Z");
    assertThat(payload.at("/component").asString()).isEqualTo("shop");
    assertThat(payload.at("/custom_details/1 Errors of the shop/Value").asString()).isEqualTo("12");
    assertThat(trigger.at("/links/0/href").asString()).startsWith("https://logs.example.org/");
    JsonNode resolve = receiver.next().json();
    assertThat(resolve.propertyNames())
        .containsExactlyInAnyOrder("routing_key", "event_action", "dedup_key");
    assertThat(resolve.at("/event_action").asString()).isEqualTo("resolve");
    assertThat(resolve.at("/dedup_key").asString()).isEqualTo("lc-group");
    assertThat(receiver.count()).isZero();
  }

  @Test
  void opsgenie_createsAndClosesOneAlert() throws Exception {
    Channel channel =
        Notices.open(
            "opsgenie",
            Map.of(
                "apiKey",
                "k",
                "apiUrl",
                receiver.url(),
                "teams",
                List.of("ops"),
                "tags",
                List.of("logs")));
    channel.send(Notices.firing("n1"));
    channel.send(Notices.resolved("n2"));

    Receiver.Request request = receiver.next();
    assertThat(request.path()).isEqualTo("/v2/alerts");
    assertThat(request.headers()).containsEntry("Authorization", "GenieKey k");
    JsonNode created = request.json();
    assertThat(created.at("/message").asString().length()).isLessThanOrEqualTo(130);
    assertThat(created.at("/alias").asString()).isEqualTo("lc-group");
    assertThat(created.at("/priority").asString()).isEqualTo("P1");
    assertThat(created.at("/responders/0/name").asString()).isEqualTo("ops");
    assertThat(created.at("/responders/0/type").asString()).isEqualTo("team");
    assertThat(created.at("/tags/0").asString()).isEqualTo("logs");
    assertThat(created.at("/details/app").asString()).isEqualTo("shop");
    Receiver.Request closed = receiver.next();
    assertThat(closed.path()).isEqualTo("/v2/alerts/lc-group/close?identifierType=alias");
    assertThat(closed.json().at("/source").asString()).isEqualTo("LogCaster");
  }

  @Test
  void alertmanager_getsEachAlertWithItsEnd() throws Exception {
    Channel channel =
        Notices.open(
            "alertmanager",
            Map.of(
                "url",
                receiver.url() + "/",
                "username",
                "u",
                "password",
                "p",
                "labels",
                Map.of("site", "north")));
    channel.send(Notices.firing("n1"));
    channel.send(Notices.resolved("n2"));

    Receiver.Request request = receiver.next();
    assertThat(request.path()).isEqualTo("/api/v2/alerts");
    assertThat(request.headers()).containsEntry("Authorization", "Basic dTpw");
    JsonNode alert = request.json().get(0);
    assertThat(alert.at("/labels/alertname").asString()).isEqualTo("Errors of the shop");
    assertThat(alert.at("/labels/severity").asString()).isEqualTo("critical");
    assertThat(alert.at("/labels/site").asString()).isEqualTo("north");
    assertThat(alert.at("/labels/http_path").asString()).isEqualTo("/a\"b]");
    assertThat(alert.at("/annotations/reason").asString()).isEqualTo("12 > 10 over 1m");
    assertThat(alert.at("/startsAt").asString()).isEqualTo("2026-11-21T09:58:30Z");
    assertThat(alert.at("/endsAt").asString()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(alert.at("/generatorURL").asString()).startsWith("https://");
    JsonNode over = receiver.next().json().get(0);
    assertThat(over.at("/labels")).isEqualTo(alert.at("/labels"));
    assertThat(over.at("/endsAt").asString()).isEqualTo("2026-11-21T10:00:00Z");
  }
}
