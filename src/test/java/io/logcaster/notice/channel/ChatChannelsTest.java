package io.logcaster.notice.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bodies of Slack, Teams, Discord, Telegram and ntfy, compared with what these document. */
class ChatChannelsTest {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

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
  void slack_getsBlocksInTheColourOfTheState() throws Exception {
    send("slack", Map.of("url", receiver.url() + "/services/T/B/x", "mention", "<!here>"));

    Receiver.Request request = receiver.next();
    assertThat(request.path()).isEqualTo("/services/T/B/x");
    JsonNode body = request.json();
    assertThat(body.at("/text").asString()).startsWith("<!here> [FIRING] Errors of the shop");
    assertThat(body.at("/attachments/0/color").asString()).isEqualTo("#c62828");
    JsonNode blocks = body.at("/attachments/0/blocks");
    assertThat(blocks.size()).isBetween(2, 50);
    assertThat(blocks.at("/0/type").asString()).isEqualTo("header");
    assertThat(blocks.at("/0/text/type").asString()).isEqualTo("plain_text");
    assertThat(blocks.at("/0/text/text").asString().length()).isLessThanOrEqualTo(150);
    String section = blocks.at("/1/text/text").asString();
    assertThat(blocks.at("/1/text/type").asString()).isEqualTo("mrkdwn");
    assertThat(section)
        .contains(
            "*Value:* 12", "*Reason:* 12 &gt; 10 over 1m", "*Template:* order &lt;*&gt; failed")
        .contains(
            "<https://logs.example.org/#/explore?q=app%3Ashop&amp;range=a~b|Show the records>");
    String records = blocks.at("/2/text/text").asString();
    assertThat(records).startsWith("```").endsWith("```").contains("&lt;1&gt;");
    assertThat(records.substring(3, records.length() - 3)).doesNotContain("```");
  }

  @Test
  void slack_withManyAlerts_staysWithinTheLimits() throws Exception {
    Notice many =
        Notices.notice("n1", Notice.Status.FIRING, Collections.nCopies(60, Notices.alert(true)));
    Notices.open("slack", Map.of("url", receiver.url())).send(many);

    JsonNode blocks = receiver.next().json().at("/attachments/0/blocks");
    assertThat(blocks.size()).isLessThanOrEqualTo(50);
    assertThat(blocks.get(blocks.size() - 1).at("/text/text").asString())
        .isEqualTo("… and 50 more alerts");
  }

  @Test
  void teams_getsAnAdaptiveCardWithTheChart() throws Exception {
    send("teams", Map.of("url", receiver.url() + "/workflows/x"));

    Receiver.Request request = receiver.next();
    assertThat(request.body().length).isLessThan(28_000);
    JsonNode body = request.json();
    assertThat(body.at("/type").asString()).isEqualTo("message");
    JsonNode attachment = body.at("/attachments/0");
    assertThat(attachment.at("/contentType").asString())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonNode card = attachment.at("/content");
    assertThat(card.at("/type").asString()).isEqualTo("AdaptiveCard");
    assertThat(card.at("/version").asString()).isEqualTo("1.4");
    assertThat(card.at("/body/0/type").asString()).isEqualTo("TextBlock");
    assertThat(card.at("/body/1/type").asString()).isEqualTo("Image");
    assertThat(card.at("/body/1/url").asString()).startsWith("data:image/png;base64,");
    assertThat(card.at("/body/3/type").asString()).isEqualTo("FactSet");
    assertThat(card.at("/body/4/text").asString()).contains("\\*failed\\*", "\\`\\`\\`");
    assertThat(card.at("/actions/0/type").asString()).isEqualTo("Action.OpenUrl");
    assertThat(card.at("/actions/0/url").asString())
        .startsWith("https://logs.example.org/#/explore");
  }

  @Test
  void teams_withManyAlerts_staysBelowTheLimit() throws Exception {
    Notice many =
        Notices.notice("n1", Notice.Status.FIRING, Collections.nCopies(100, Notices.alert(true)));
    Notices.open("teams", Map.of("url", receiver.url())).send(many);

    assertThat(receiver.next().body().length).isLessThan(28_000);
  }

  @Test
  void discord_getsAFormWithEmbedsAndTheChart() throws Exception {
    send("discord", Map.of("url", receiver.url() + "/api/webhooks/1/x"));

    Receiver.Request request = receiver.next();
    assertThat(request.headers().get("Content-Type")).startsWith("multipart/form-data; boundary=");
    String form = new String(request.body(), StandardCharsets.ISO_8859_1);
    assertThat(form)
        .contains("name=\"payload_json\"", "name=\"files[0]\"; filename=\"chart.png\"")
        .contains(new String(PNG, StandardCharsets.ISO_8859_1));
    JsonNode body = payload(request.text());
    assertThat(body.at("/allowed_mentions/parse").isArray()).isTrue();
    assertThat(body.at("/allowed_mentions/parse").isEmpty()).isTrue();
    assertThat(body.at("/content").asString()).startsWith("**\\[FIRING\\] Errors of the shop");
    JsonNode embed = body.at("/embeds/0");
    assertThat(embed.at("/title").asString()).isEqualTo("FIRING Errors of the shop");
    assertThat(embed.at("/description").asString()).contains("**Value:** 12", "```\n");
    assertThat(embed.at("/color").asInt()).isEqualTo(0xC62828);
    assertThat(embed.at("/image/url").asString()).isEqualTo("attachment://chart.png");
    assertThat(embed.at("/timestamp").asString()).isEqualTo("2026-11-21T10:00:00Z");
  }

  private static JsonNode payload(String form) {
    int start = form.indexOf("{");
    return JsonMapper.builder()
        .build()
        .readTree(form.substring(start, form.indexOf("\r\n", start)));
  }

  @Test
  void telegram_getsAPhotoWithACaption() throws Exception {
    send("telegram", Map.of("token", "12:ab-C", "chatId", "-100", "apiUrl", receiver.url() + "/"));

    Receiver.Request request = receiver.next();
    assertThat(request.path()).isEqualTo("/bot12:ab-C/sendPhoto");
    assertThat(request.text())
        .contains("name=\"chat_id\"", "\r\n\r\n-100\r\n", "name=\"photo\"; filename=\"chart.png\"")
        .contains("name=\"parse_mode\"", "\r\n\r\nHTML\r\n")
        .contains("<b>[FIRING] Errors of the shop", "order &lt;1&gt; *failed* &amp;");
  }

  @Test
  void telegram_withMuchToSay_getsAMessage() throws Exception {
    Notice many = Notices.notice("n1", Notice.Status.FIRING, Collections.nCopies(100, chartless()));
    Notices.open(
            "telegram",
            Map.of("token", "12:ab", "chatId", "@ops", "threadId", 7, "apiUrl", receiver.url()))
        .send(many);

    Receiver.Request request = receiver.next();
    assertThat(request.path()).isEqualTo("/bot12:ab/sendMessage");
    JsonNode body = request.json();
    assertThat(body.at("/chat_id").asString()).isEqualTo("@ops");
    assertThat(body.at("/message_thread_id").asInt()).isEqualTo(7);
    assertThat(body.at("/parse_mode").asString()).isEqualTo("HTML");
    assertThat(body.at("/link_preview_options/is_disabled").asBoolean()).isTrue();
    assertThat(body.at("/text").asString().length()).isLessThanOrEqualTo(4_096);
    assertThat(body.at("/text").asString()).endsWith("more alerts");
  }

  private static NoticeAlert chartless() {
    NoticeAlert alert = Notices.alert(true);
    return new NoticeAlert(
        alert.rule(),
        alert.name(),
        alert.severity(),
        alert.labels(),
        true,
        12,
        10.0,
        "",
        "",
        alert.since(),
        null,
        alert.records(),
        "",
        12,
        alert.link(),
        java.util.List.of());
  }

  @Test
  void ntfy_getsJson() throws Exception {
    send("ntfy", Map.of("server", receiver.url(), "topic", "ops_1", "token", "tk_x"));

    Receiver.Request request = receiver.next();
    assertThat(request.path()).isEqualTo("/");
    assertThat(request.headers()).containsEntry("Authorization", "Bearer tk_x");
    JsonNode body = request.json();
    assertThat(body.at("/topic").asString()).isEqualTo("ops_1");
    assertThat(body.at("/title").asString()).startsWith("[FIRING] Errors of the shop");
    assertThat(body.at("/message").asString()).contains("Value: 12", "order 2 failed␊forged line");
    assertThat(body.at("/priority").asInt()).isEqualTo(5);
    assertThat(body.at("/tags/0").asString()).isEqualTo("rotating_light");
    assertThat(body.at("/click").asString()).startsWith("https://logs.example.org/");
  }

  @Test
  void ntfy_withAChart_getsAFileAndTheTextInTheQuery() throws Exception {
    send("ntfy", Map.of("server", receiver.url(), "topic", "ops", "chart", true));

    Receiver.Request request = receiver.next();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.path())
        .startsWith("/ops?")
        .contains("title=%5BFIRING%5D", "priority=5", "tags=rotating_light", "filename=chart.png");
    assertThat(request.body()).startsWith(PNG);
  }

  private static void send(String type, Map<String, Object> options) throws DeliveryException {
    Notices.open(type, options).send(Notices.firing("n1"));
  }
}
