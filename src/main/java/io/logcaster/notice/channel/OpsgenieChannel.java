package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Creates and closes alerts of Opsgenie; the group's key is the alias. See
 * https://docs.opsgenie.com/docs/alert-api.
 */
final class OpsgenieChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(
          required("apiKey", OptionType.TEXT, "the key of an API integration").asSecret(),
          optional(
                  "apiUrl",
                  OptionType.URL,
                  "https://api.opsgenie.com",
                  "https://api.eu.opsgenie.com for accounts in the EU")
              .asAddress(),
          optional("tags", OptionType.LIST, null, "tags of each alert"),
          optional("teams", OptionType.LIST, null, "names of the teams that respond"));

  private static final int MAX_MESSAGE = 130;
  private static final int MAX_DESCRIPTION = 15_000;

  private final ChannelOptions options;
  private final HttpSender http;

  OpsgenieChannel(ChannelOptions options, Transports transports) {
    this.options = options;
    this.http = transports.http();
  }

  @Override
  public boolean opensIncidents() {
    return true;
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    if (notice.status() == Notice.Status.INFO) {
      return; // nothing to wake anybody for
    }
    Map<String, String> headers = Map.of("Authorization", "GenieKey " + options.text("apiKey"));
    String url = options.base("apiUrl") + "/v2/alerts";
    if (notice.status() == Notice.Status.RESOLVED) {
      String alias = URLEncoder.encode(alias(notice), StandardCharsets.UTF_8);
      http.post(
          url + "/" + alias + "/close?identifierType=alias",
          headers,
          HttpSender.Body.json(Map.of("source", "LogCaster", "note", NoticeText.title(notice))));
      return;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("message", NoticeText.cut(NoticeText.title(notice), MAX_MESSAGE));
    body.put("alias", alias(notice));
    body.put("description", NoticeText.cut(NoticeText.plain(notice), MAX_DESCRIPTION));
    body.put("priority", priority(notice.severity()));
    body.put("source", "LogCaster");
    body.put("tags", options.list("tags"));
    body.put(
        "responders",
        options.list("teams").stream()
            .map((name) -> Map.of("name", name, "type", "team"))
            .toList());
    Map<String, String> details = new TreeMap<>(notice.first().labels());
    details.put("notice", notice.id());
    details.put("link", notice.first().link());
    body.put("details", details);
    http.post(url, headers, HttpSender.Body.json(body));
  }

  private static String alias(Notice notice) {
    return NoticeText.cut(notice.key(), 512);
  }

  private static String priority(String severity) {
    return switch (severity) {
      case "critical" -> "P1";
      case "error" -> "P2";
      case "info" -> "P5";
      default -> "P3";
    };
  }
}
