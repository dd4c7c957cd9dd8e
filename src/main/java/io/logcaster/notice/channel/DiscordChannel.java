package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Posts embeds to a webhook of Discord, with the chart as an attached file. See
 * https://discord.com/developers/docs/resources/webhook#execute-webhook.
 */
final class DiscordChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(
          required("url", OptionType.URL, "the webhook's URL").asSecret(),
          optional("username", OptionType.TEXT, "LogCaster", "the name that the message is from"));

  private static final int MAX_TITLE = 256;
  private static final int MAX_DESCRIPTION = 1_800;

  /** Three embeds stay below the 6,000 characters that all embeds may have together. */
  private static final int MAX_EMBEDS = 3;

  private final ChannelOptions options;
  private final HttpSender http;

  DiscordChannel(ChannelOptions options, Transports transports) {
    this.options = options;
    this.http = transports.http();
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    byte[] chart = Chart.of(notice);
    List<Map<String, Object>> embeds = new ArrayList<>();
    notice.alerts().stream().limit(MAX_EMBEDS).forEach((alert) -> embeds.add(embed(notice, alert)));
    if (chart != null) {
      embeds.getFirst().put("image", Map.of("url", "attachment://chart.png"));
    }
    int omitted = notice.omitted() + Math.max(0, notice.alerts().size() - MAX_EMBEDS);
    String content =
        "**%s**%s%s"
            .formatted(
                escape(NoticeText.title(notice)),
                notice.summary().isEmpty() ? "" : "\n" + escape(notice.summary()),
                omitted == 0 ? "" : "\n… and %,d more alerts".formatted(omitted));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("username", options.text("username"));
    body.put("content", NoticeText.cut(content, 2_000));
    body.put("embeds", embeds);
    // Nothing that a record says may call everybody.
    body.put("allowed_mentions", Map.of("parse", List.of()));
    HttpSender.Body form =
        chart == null
            ? HttpSender.Body.json(body)
            : new Multipart()
                .field("payload_json", "application/json", HttpSender.JSON.writeValueAsString(body))
                .file("files[0]", "chart.png", "image/png", chart)
                .body();
    http.post(options.text("url"), Map.of(), form);
  }

  private static Map<String, Object> embed(Notice notice, NoticeAlert alert) {
    StringBuilder text = new StringBuilder();
    for (NoticeText.Fact fact : NoticeText.facts(alert)) {
      text.append("**")
          .append(fact.name())
          .append(":** ")
          .append(escape(fact.value()))
          .append('\n');
    }
    String facts = NoticeText.cut(text.toString(), MAX_DESCRIPTION / 2);
    String records = String.join("\n", NoticeText.records(alert)).replace("```", "'''");
    if (!records.isEmpty()) {
      facts += "\n```\n" + NoticeText.cut(records, MAX_DESCRIPTION / 2 - 10) + "\n```";
    }
    Map<String, Object> embed = new LinkedHashMap<>();
    embed.put("title", NoticeText.cut(NoticeText.heading(alert), MAX_TITLE));
    embed.put("description", facts);
    if (!alert.link().isEmpty() && alert.link().length() <= 2_000) {
      embed.put("url", alert.link());
    }
    embed.put("color", NoticeText.colour(notice));
    embed.put("timestamp", notice.time().toString());
    return embed;
  }

  private static String escape(String text) {
    return text.replaceAll("([\\\\`*_~|>\\[\\]])", "\\\\$1");
  }
}
