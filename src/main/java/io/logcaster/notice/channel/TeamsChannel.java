package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.required;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Posts an adaptive card to a workflow of Microsoft Teams that starts when a webhook request is
 * received. See https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors for the
 * message and https://adaptivecards.io/explorer/ for the card.
 */
final class TeamsChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(required("url", OptionType.URL, "the workflow's URL").asSecret());

  /** Teams takes 28 KB. */
  private static final int MAX_BYTES = 27_000;

  private static final int MAX_ALERTS = 10;

  private final ChannelOptions options;
  private final HttpSender http;

  TeamsChannel(ChannelOptions options, Transports transports) {
    this.options = options;
    this.http = transports.http();
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    HttpSender.Body body = message(notice, MAX_ALERTS, true);
    if (body.bytes().length > MAX_BYTES) {
      body = message(notice, MAX_ALERTS, false);
    }
    if (body.bytes().length > MAX_BYTES) {
      body = message(notice, 2, false);
    }
    http.post(options.text("url"), Map.of(), body);
  }

  private static HttpSender.Body message(Notice notice, int alerts, boolean withChart) {
    List<Object> body = new ArrayList<>();
    body.add(
        text(
            NoticeText.title(notice),
            "size",
            "Large",
            "weight",
            "Bolder",
            "color",
            colour(notice)));
    if (!notice.summary().isEmpty()) {
      body.add(text(notice.summary()));
    }
    byte[] chart = withChart ? Chart.of(notice) : null;
    if (chart != null) {
      body.add(
          Map.of(
              "type",
              "Image",
              "url",
              "data:image/png;base64," + Base64.getEncoder().encodeToString(chart),
              "altText",
              "Value of " + notice.first().name()));
    }
    List<Object> actions = new ArrayList<>();
    notice.alerts().stream().limit(alerts).forEach((alert) -> add(body, actions, alert));
    int omitted = notice.omitted() + Math.max(0, notice.alerts().size() - alerts);
    if (omitted > 0) {
      body.add(text("… and %,d more alerts".formatted(omitted)));
    }
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard");
    card.put("version", "1.4");
    card.put("msteams", Map.of("width", "Full"));
    card.put("body", body);
    card.put("actions", actions);
    Map<String, Object> attachment = new LinkedHashMap<>();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.put("contentUrl", null);
    attachment.put("content", card);
    return HttpSender.Body.json(Map.of("type", "message", "attachments", List.of(attachment)));
  }

  private static void add(List<Object> body, List<Object> actions, NoticeAlert alert) {
    body.add(text(NoticeText.heading(alert), "weight", "Bolder", "separator", true));
    body.add(
        Map.of(
            "type",
            "FactSet",
            "facts",
            NoticeText.facts(alert).stream()
                .map((fact) -> Map.of("title", fact.name(), "value", escape(fact.value())))
                .toList()));
    for (String record : NoticeText.records(alert)) {
      body.add(text(record, "fontType", "Monospace", "size", "Small", "spacing", "Small"));
    }
    // A card may have six actions.
    if (!alert.link().isEmpty() && actions.size() < 6) {
      actions.add(
          Map.of(
              "type",
              "Action.OpenUrl",
              "title",
              "Records: " + NoticeText.shortened(alert.name(), 40),
              "url",
              alert.link()));
    }
  }

  private static Map<String, Object> text(String text, Object... more) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "TextBlock");
    block.put("text", escape(text));
    block.put("wrap", true);
    for (int i = 0; i < more.length; i += 2) {
      block.put((String) more[i], more[i + 1]);
    }
    return block;
  }

  private static String colour(Notice notice) {
    return switch (notice.status()) {
      case FIRING -> notice.severity().equals("info") ? "Accent" : "Attention";
      case RESOLVED -> "Good";
      case INFO -> "Accent";
    };
  }

  /** Cards read Markdown: a record must not become a link or an emphasis. */
  private static String escape(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]#])", "\\\\$1");
  }
}
