package io.logcaster.notice.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class WebhookChannelTest {

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
  void send_postsTheNoticeAsJson() throws Exception {
    open(Map.of("headers", Map.of("Authorization", "Bearer t0ken"))).send(Notices.firing("n1"));

    Receiver.Request request = receiver.next();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/hook");
    assertThat(request.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Authorization", "Bearer t0ken")
        .containsEntry("X-LogCaster-Id", "n1")
        .doesNotContainKey("X-LogCaster-Signature");
    JsonNode body = request.json();
    assertThat(body.at("/key").asString()).isEqualTo("lc-group");
    assertThat(body.at("/status").asString()).isEqualTo("FIRING");
    assertThat(body.at("/title").asString())
        .isEqualTo("[FIRING] Errors of the shop (app=shop, http.path=/a\"b])");
    JsonNode alert = body.at("/notices/0");
    assertThat(alert.propertyNames())
        .containsExactlyInAnyOrder(
            "rule",
            "name",
            "state",
            "severity",
            "labels",
            "value",
            "threshold",
            "reason",
            "from",
            "since",
            "until",
            "records",
            "template",
            "count",
            "link");
    assertThat(alert.at("/state").asString()).isEqualTo("FIRING");
    assertThat(alert.at("/value").asDouble()).isEqualTo(12);
    assertThat(alert.at("/threshold").asDouble()).isEqualTo(10);
    assertThat(alert.at("/since").asString()).isEqualTo("2026-11-21T09:58:30Z");
    assertThat(alert.at("/records/1/_msg").asString()).isEqualTo("order 2 failed\nforged line");
    assertThat(alert.at("/count").asInt()).isEqualTo(12);
  }

  @Test
  void send_withASecret_signsTimeAndBody() throws Exception {
    open(Map.of("secret", "k3y")).send(Notices.firing("n1"));

    Receiver.Request request = receiver.next();
    String time = request.headers().get("X-LogCaster-Timestamp");
    assertThat(time).isEqualTo(String.valueOf(Notices.NOW.getEpochSecond()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("k3y".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal((time + "." + request.text()).getBytes(StandardCharsets.UTF_8));
    assertThat(request.headers().get("X-LogCaster-Signature"))
        .isEqualTo("sha256=" + HexFormat.of().formatHex(expected));
  }

  @Test
  void send_withATemplate_fillsItInAndEscapesJson() throws Exception {
    String body =
        """
        {"msg":"{{title}}","n":[{{#alerts}}{"m":"{{#records}}{{_msg}};{{/records}}","v":{{value}}}{{/alerts}}],
         "ok":{{#firing}}false{{/firing}}{{#resolved}}true{{/resolved}},"x":"{{title.class}}{{nothing}}"}
        """;
    open(Map.of("body", body, "method", "put")).send(Notices.firing("n1"));

    Receiver.Request request = receiver.next();
    assertThat(request.method()).isEqualTo("PUT");
    JsonNode json = request.json();
    assertThat(json.at("/msg").asString()).startsWith("[FIRING] Errors");
    assertThat(json.at("/n/0/m").asString())
        .isEqualTo("order <1> *failed* & ```x``` @everyone;order 2 failed\nforged line;");
    assertThat(json.at("/n/0/v").asDouble()).isEqualTo(12);
    assertThat(json.at("/ok").asBoolean()).isFalse();
    assertThat(json.at("/x").asString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {{#alerts}}     | application/json | is not a template
          {"a":{{title}}} | application/json | does not give JSON
          {{#alerts}}     | text/plain       | is not a template
          """)
  void open_withAWrongTemplate_isRefused(String body, String type, String reason) {
    assertThatThrownBy(() -> open(Map.of("body", body, "contentType", type)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "400,true",
    "401,true",
    "404,true",
    "302,true",
    "408,false",
    "429,false",
    "500,false",
    "503,false"
  })
  void send_toAReceiverThatRefuses_saysWhetherToTryAgain(int status, boolean permanent) {
    receiver.reply(status, Map.of("Location", receiver.url() + "/elsewhere"), "no");
    DeliveryException failure = failure();

    assertThat(failure.isPermanent()).isEqualTo(permanent);
    assertThat(failure).hasMessageContaining(String.valueOf(status));
    assertThat(receiver.count()).as("redirects are not followed").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7                              | | 7000
          Sat, 21 Nov 2026 10:01:00 GMT  | | 60000
          999999                         | | 3600000
          nonsense                       | |
                                         | {"retry_after": 0.25, "global": false} | 250
                                         | {"ok":false,"parameters":{"retry_after":35}} | 35000
          """)
  void send_toABusyReceiver_takesNoteOfWhenToComeBack(String header, String body, Long millis) {
    receiver.reply(
        429, header == null ? Map.of() : Map.of("Retry-After", header), body == null ? "" : body);

    assertThat(failure().retryAfter()).isEqualTo(millis == null ? null : Duration.ofMillis(millis));
  }

  @Test
  void send_toAReceiverThatHangs_isGivenUp_namingIt() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      Channel channel =
          Notices.open(
              "webhook",
              Map.of("url", "http://127.0.0.1:" + silent.getLocalPort() + "/secret-path"),
              Duration.ofSeconds(1));
      DeliveryException failure =
          catchThrowableOfType(DeliveryException.class, () -> channel.send(Notices.firing("n1")));

      assertThat(failure)
          .hasMessage(
              "No answer from 127.0.0.1:%d within a second".formatted(silent.getLocalPort()));
      assertThat(failure.isPermanent()).isFalse();
    }
  }

  @Test
  void send_toNobody_isTemporary() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Channel channel = Notices.open("webhook", Map.of("url", "http://127.0.0.1:" + port));

    assertThatThrownBy(() -> channel.send(Notices.firing("n1")))
        .isInstanceOfSatisfying(
            DeliveryException.class, (failure) -> assertThat(failure.isPermanent()).isFalse());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftp://host/    | must start with https
          https://       | is not a URL
          http://u:p@h/  | must not contain a user name
          http://a b/    | is not a URL
          /path          | must start with https
          """)
  void open_withAWrongUrl_isRefused(String url, String reason) {
    assertThatThrownBy(() -> Notices.open("webhook", Map.of("url", url)))
        .hasMessageContaining("options.url")
        .hasMessageContaining(reason);
  }

  private DeliveryException failure() {
    return catchThrowableOfType(
        DeliveryException.class, () -> open(Map.of()).send(Notices.firing("n1")));
  }

  private Channel open(Map<String, Object> more) {
    Map<String, Object> options = new java.util.TreeMap<>(more);
    options.put("url", receiver.url() + "/hook");
    return Notices.open("webhook", options);
  }
}
