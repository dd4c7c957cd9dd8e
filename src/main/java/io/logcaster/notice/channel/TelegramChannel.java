package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;
import static io.logcaster.notice.channel.NoticeText.html;

import io.logcaster.system.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Sends messages as a bot of Telegram, as a photo with a caption where there is a chart and the
 * text is short enough. See https://core.telegram.org/bots/api#sendmessage.
 */
final class TelegramChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(
          required("token", OptionType.TEXT, "the bot's token").asSecret(),
          required("chatId", OptionType.TEXT, "the chat: a number, or @ and a channel's name"),
          optional("threadId", OptionType.NUMBER, null, "the topic in a forum"),
          optional(
                  "apiUrl",
                  OptionType.URL,
                  "https://api.telegram.org",
                  "another server of the bot API")
              .asAddress());

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9:_-]+");
  private static final int MAX_TEXT = 4_096;
  private static final int MAX_CAPTION = 1_024;

  private final ChannelOptions options;
  private final HttpSender http;

  TelegramChannel(ChannelOptions options, Transports transports) {
    if (!TOKEN.matcher(options.text("token")).matches()) {
      throw ProblemException.invalidProperty(
          "options.token", "looks like 123456:ABC-DEF, as BotFather gave it");
    }
    this.options = options;
    this.http = transports.http();
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    byte[] chart = Chart.of(notice);
    String base = options.base("apiUrl") + "/bot" + options.text("token");
    String caption = chart == null ? "" : text(notice, MAX_CAPTION);
    if (chart != null && !caption.isEmpty()) {
      Multipart form =
          new Multipart()
              .field("chat_id", "text/plain", options.text("chatId"))
              .field("caption", "text/plain; charset=utf-8", caption)
              .field("parse_mode", "text/plain", "HTML")
              .file("photo", "chart.png", "image/png", chart);
      if (options.has("threadId")) {
        form.field("message_thread_id", "text/plain", options.text("threadId"));
      }
      http.post(base + "/sendPhoto", Map.of(), form.body());
      return;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("chat_id", options.text("chatId"));
    body.put("text", text(notice, MAX_TEXT));
    body.put("parse_mode", "HTML");
    body.put("link_preview_options", Map.of("is_disabled", true));
    if (options.has("threadId")) {
      body.put("message_thread_id", options.number("threadId"));
    }
    http.post(base + "/sendMessage", Map.of(), HttpSender.Body.json(body));
  }

  /** As many alerts as there is room for, so that no tag is cut; empty if there is none for one. */
  private static String text(Notice notice, int limit) {
    StringBuilder text =
        new StringBuilder("<b>").append(html(NoticeText.title(notice))).append("</b>");
    if (!notice.summary().isEmpty()) {
      text.append("\n").append(html(NoticeText.cut(notice.summary(), limit / 4)));
    }
    int listed = 0;
    for (NoticeAlert alert : notice.alerts()) {
      String one = alert(alert, true);
      if (text.length() + one.length() > limit - 40) {
        one = alert(alert, false);
      }
      if (text.length() + one.length() > limit - 40) {
        break;
      }
      text.append("\n\n").append(one);
      listed++;
    }
    if (listed == 0 && !notice.alerts().isEmpty() && limit < MAX_TEXT) {
      return "";
    }
    int omitted = notice.omitted() + notice.alerts().size() - listed;
    if (omitted > 0) {
      text.append("\n\n… and %,d more alerts".formatted(omitted));
    }
    return text.toString();
  }

  private static String alert(NoticeAlert alert, boolean withRecords) {
    StringBuilder text = new StringBuilder(html(NoticeText.heading(alert)));
    for (NoticeText.Fact fact : NoticeText.facts(alert)) {
      text.append("\n<i>").append(fact.name()).append(":</i> ").append(html(fact.value()));
    }
    if (withRecords && !alert.records().isEmpty()) {
      text.append("\n<pre>")
          .append(html(String.join("\n", NoticeText.records(alert))))
          .append("</pre>");
    }
    if (!alert.link().isEmpty()) {
      text.append("\n<a href=\"").append(html(alert.link())).append("\">Show the records</a>");
    }
    return text.toString();
  }
}
