package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Posts to an incoming webhook of Slack, or of Mattermost and others that understand it: a text,
 * and an attachment of blocks in the colour of the state. See
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks for the webhook and
 * https://docs.slack.dev/reference/block-kit/blocks for the limits.
 */
final class SlackChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(
          required("url", OptionType.URL, "the incoming webhook's URL").asSecret(),
          optional("mention", OptionType.TEXT, null, "added to firing notices, such as <!here>"));

  private static final int MAX_HEADER = 150;
  private static final int MAX_SECTION = 3_000;

  /** Slack takes 50 blocks; each alert has up to three. */
  private static final int MAX_ALERTS = 10;

  private final ChannelOptions options;
  private final HttpSender http;

  SlackChannel(ChannelOptions options, Transports transports) {
    this.options = options;
    this.http = transports.http();
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    List<Object> blocks = new ArrayList<>();
    blocks.add(
        Map.of(
            "type",
            "header",
            "text",
            Map.of(
                "type",
                "plain_text",
                "text",
                NoticeText.cut(NoticeText.title(notice), MAX_HEADER),
                "emoji",
                false)));
    if (!notice.summary().isEmpty()) {
      blocks.add(section(escape(notice.summary())));
    }
    notice.alerts().stream().limit(MAX_ALERTS).forEach((alert) -> add(blocks, alert));
    int omitted = notice.omitted() + Math.max(0, notice.alerts().size() - MAX_ALERTS);
    if (omitted > 0) {
      blocks.add(section("… and %,d more alerts".formatted(omitted)));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    String mention = notice.status() == Notice.Status.FIRING ? options.text("mention") + " " : "";
    body.put("text", (mention + escape(NoticeText.title(notice))).strip());
    body.put(
        "attachments",
        List.of(Map.of("color", "#%06x".formatted(NoticeText.colour(notice)), "blocks", blocks)));
    http.post(options.text("url"), Map.of(), HttpSender.Body.json(body));
  }

  private static void add(List<Object> blocks, NoticeAlert alert) {
    StringBuilder text =
        new StringBuilder("*").append(escape(NoticeText.heading(alert))).append("*");
    for (NoticeText.Fact fact : NoticeText.facts(alert)) {
      text.append("\n*").append(fact.name()).append(":* ").append(escape(fact.value()));
    }
    if (!alert.link().isEmpty()) {
      text.append("\n<").append(escape(alert.link())).append("|Show the records>");
    }
    blocks.add(section(text.toString()));
    if (!alert.records().isEmpty()) {
      String records = String.join("\n", NoticeText.records(alert)).replace("```", "'''");
      blocks.add(section("```" + NoticeText.cut(escape(records), MAX_SECTION - 6) + "```"));
    }
  }

  private static Map<String, Object> section(String text) {
    return Map.of(
        "type",
        "section",
        "text",
        Map.of("type", "mrkdwn", "text", NoticeText.cut(text, MAX_SECTION), "verbatim", true));
  }

  /** Slack reads three characters as markup wherever they are. */
  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
