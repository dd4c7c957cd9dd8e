package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hands alerts to an Alertmanager of Prometheus (API v2), which groups and routes them itself. See
 * https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml.
 */
final class AlertmanagerChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(
          required("url", OptionType.URL, "the Alertmanager, such as http://alertmanager:9093")
              .asAddress(),
          optional("username", OptionType.TEXT, null, "a user, if it wants one"),
          optional("password", OptionType.TEXT, null, "the user's password").asSecret(),
          optional("token", OptionType.TEXT, null, "a bearer token, instead of a user").asSecret(),
          optional("labels", OptionType.MAP, null, "labels added to each alert"));

  /**
   * An alert without an end is taken as resolved when it is not sent again within minutes; this one
   * is sent again only at the route's repeat interval, of which there are several in this time.
   */
  private static final Duration VALID = Duration.ofDays(1);

  private final ChannelOptions options;
  private final HttpSender http;

  AlertmanagerChannel(ChannelOptions options, Transports transports) {
    this.options = options;
    this.http = transports.http();
  }

  @Override
  public boolean opensIncidents() {
    return true;
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    if (notice.alerts().isEmpty()) {
      return;
    }
    List<Map<String, Object>> alerts =
        notice.alerts().stream().map((alert) -> alert(notice, alert)).toList();
    http.post(
        options.base("url") + "/api/v2/alerts", authorization(), HttpSender.Body.json(alerts));
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

  private Map<String, Object> alert(Notice notice, NoticeAlert alert) {
    Map<String, String> labels = new TreeMap<>();
    alert.labels().forEach((name, value) -> putLabel(labels, name, value));
    options.map("labels").forEach((name, value) -> putLabel(labels, name, value));
    labels.put("alertname", alert.name());
    labels.put("severity", alert.severity());
    labels.put("rule", alert.rule());
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("summary", NoticeText.title(notice));
    NoticeText.facts(alert)
        .forEach(
            (fact) ->
                annotations.put(fact.name().toLowerCase(java.util.Locale.ROOT), fact.value()));
    annotations.put("description", String.join("\n", NoticeText.records(alert)));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("labels", labels);
    body.put("annotations", annotations);
    body.put("startsAt", alert.since().toString());
    Instant until = alert.until();
    body.put("endsAt", (until == null ? notice.time().plus(VALID) : until).toString());
    if (!alert.link().isEmpty()) {
      body.put("generatorURL", alert.link());
    }
    return body;
  }

  /** Names of labels have fewer characters than names of fields; an empty value means no label. */
  private static void putLabel(Map<String, String> labels, String name, String value) {
    String safe = name.replaceAll("[^A-Za-z0-9_]", "_");
    if (!value.isEmpty() && !safe.isEmpty()) {
      labels.put(Character.isDigit(safe.charAt(0)) ? "_" + safe : safe, value);
    }
  }
}
