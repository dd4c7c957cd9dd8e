package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;

import io.logcaster.system.ProblemException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Publishes to a topic of ntfy, as JSON; with a chart, as a file whose text is in the query. See
 * https://docs.ntfy.sh/publish/.
 */
final class NtfyChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(
          optional("server", OptionType.URL, "https://ntfy.sh", "the server").asAddress(),
          required("topic", OptionType.TEXT, "the topic").asSecret(),
          optional("token", OptionType.TEXT, null, "an access token").asSecret(),
          optional("username", OptionType.TEXT, null, "a user, instead of a token"),
          optional("password", OptionType.TEXT, null, "the user's password").asSecret(),
          optional(
              "chart",
              OptionType.FLAG,
              false,
              "attach the chart; the server must allow attachments"));

  private static final Pattern TOPIC = Pattern.compile("[-_A-Za-z0-9]{1,64}");

  /** Longer messages become attachments. */
  private static final int MAX_BYTES = 3_500;

  /** What has to fit into a query. */
  private static final int MAX_QUERY = 1_200;

  private final ChannelOptions options;
  private final HttpSender http;

  NtfyChannel(ChannelOptions options, Transports transports) {
    if (!TOPIC.matcher(options.text("topic")).matches()) {
      throw ProblemException.invalidProperty(
          "options.topic", "must consist of at most 64 letters, digits, - and _");
    }
    this.options = options;
    this.http = transports.http();
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("topic", options.text("topic"));
    body.put("title", NoticeText.cut(NoticeText.title(notice), 250));
    body.put("message", message(notice, MAX_BYTES));
    body.put("priority", priority(notice));
    body.put("tags", List.of(tag(notice)));
    if (!notice.alerts().isEmpty() && !notice.first().link().isEmpty()) {
      body.put("click", notice.first().link());
    }
    byte[] chart = options.flag("chart") ? Chart.of(notice) : null;
    if (chart == null) {
      http.post(options.base("server"), authorization(), HttpSender.Body.json(body));
      return;
    }
    body.remove("topic");
    body.put("message", message(notice, MAX_QUERY));
    body.put("tags", tag(notice));
    body.put("filename", "chart.png");
    String query =
        body.entrySet().stream()
            .map((part) -> part.getKey() + "=" + encoded(part.getValue().toString()))
            .collect(Collectors.joining("&"));
    http.send(
        "PUT",
        "%s/%s?%s".formatted(options.base("server"), options.text("topic"), query),
        authorization(),
        new HttpSender.Body("image/png", chart));
  }

  private Map<String, String> authorization() {
    if (options.has("token")) {
      return Map.of("Authorization", "Bearer " + options.text("token"));
    }
    return options.has("username")
        ? Map.of(
            "Authorization", HttpAuth.basic(options.text("username"), options.text("password")))
        : Map.of();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String message(Notice notice, int maxBytes) {
    String text = NoticeText.plain(notice);
    while (text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      text = NoticeText.cut(text, text.length() * 9 / 10);
    }
    return text;
  }

  private static int priority(Notice notice) {
    return notice.status() != Notice.Status.FIRING
        ? 3
        : switch (notice.severity()) {
          case "critical" -> 5;
          case "error" -> 4;
          case "info" -> 2;
          default -> 3;
        };
  }

  private static String tag(Notice notice) {
    return switch (notice.status()) {
      case FIRING -> notice.severity().equals("critical") ? "rotating_light" : "warning";
      case RESOLVED -> "white_check_mark";
      case INFO -> "information_source";
    };
  }
}
