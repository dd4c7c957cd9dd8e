package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.ChannelOption.optional;
import static io.logcaster.notice.channel.ChannelOption.required;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Triggers and resolves incidents of PagerDuty (events API v2); the group's key is the
 * deduplication key. See https://developer.pagerduty.com/docs/events-api-v2/overview/.
 */
final class PagerDutyChannel implements Channel {

  static final List<ChannelOption> OPTIONS =
      List.of(
          required("routingKey", OptionType.TEXT, "the integration key of a service").asSecret(),
          optional(
                  "apiUrl",
                  OptionType.URL,
                  "https://events.pagerduty.com",
                  "https://events.eu.pagerduty.com for accounts in the EU")
              .asAddress(),
          optional("source", OptionType.TEXT, "logcaster", "the system that the incident is of"));

  private static final int MAX_SUMMARY = 1_024;

  private final ChannelOptions options;
  private final HttpSender http;

  PagerDutyChannel(ChannelOptions options, Transports transports) {
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
    boolean firing = notice.status() == Notice.Status.FIRING;
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("routing_key", options.text("routingKey"));
    event.put("event_action", firing ? "trigger" : "resolve");
    event.put("dedup_key", NoticeText.cut(notice.key(), 255));
    if (firing) {
      event.put("client", "LogCaster");
      event.put("payload", payload(notice));
      List<Map<String, String>> links =
          notice.alerts().stream()
              .filter((alert) -> !alert.link().isEmpty())
              .limit(10)
              .map((alert) -> Map.of("href", alert.link(), "text", "Records of " + alert.name()))
              .toList();
      if (!links.isEmpty()) {
        event.put("client_url", links.getFirst().get("href"));
        event.put("links", links);
      }
    }
    http.post(options.base("apiUrl") + "/v2/enqueue", Map.of(), HttpSender.Body.json(event));
  }

  private Map<String, Object> payload(Notice notice) {
    NoticeAlert first = notice.first();
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("summary", NoticeText.cut(NoticeText.title(notice), MAX_SUMMARY));
    payload.put("source", first.labels().getOrDefault("host", options.text("source")));
    payload.put("severity", notice.severity());
    payload.put("timestamp", first.since().toString());
    String app = first.labels().get("app");
    if (app != null) {
      payload.put("component", app);
    }
    payload.put("class", first.name());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("notice", notice.id());
    for (int i = 0; i < Math.min(10, notice.alerts().size()); i++) {
      NoticeAlert alert = notice.alerts().get(i);
      Map<String, Object> facts = new LinkedHashMap<>();
      NoticeText.facts(alert).forEach((fact) -> facts.put(fact.name(), fact.value()));
      facts.put("First records", NoticeText.records(alert));
      details.put("%d %s".formatted(i + 1, alert.name()), facts);
    }
    if (notice.omitted() > 0) {
      details.put("More", NoticeText.omitted(notice));
    }
    payload.put("custom_details", details);
    return payload;
  }
}
