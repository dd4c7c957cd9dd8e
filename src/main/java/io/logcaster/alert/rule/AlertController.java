package io.logcaster.alert.rule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.alert.AlertChange;
import io.logcaster.alert.AlertFeed;
import io.logcaster.alert.AlertHandling;
import io.logcaster.alert.AlertState;
import io.logcaster.alert.Alerts;
import io.logcaster.alert.RuleKind;
import io.logcaster.system.OpenStreams;
import io.logcaster.system.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The HTTP API of alerts: active alerts, the history, and a stream of changes. */
@RestController
@RequestMapping("/api/v1/alerts")
final class AlertController {

  private static final int MAX_HISTORY = 10_000;

  private final Alerts alerts;
  private final AlertStore store;
  private final AlertFeed feed;
  private final AlertHandling handling;
  private final OpenStreams streams;
  private final Clock clock;

  AlertController(
      Alerts alerts,
      AlertStore store,
      AlertFeed feed,
      AlertHandling handling,
      OpenStreams streams,
      Clock clock) {
    this.alerts = alerts;
    this.store = store;
    this.feed = feed;
    this.handling = handling;
    this.streams = streams;
    this.clock = clock;
  }

  /**
   * An alert that is pending or firing.
   *
   * @param rule the rule's id
   * @param name the rule's name
   * @param labels the by-fields of its group
   * @param threshold the number with which the value is compared, if there is one
   * @param reason the condition with its numbers
   * @param since when its state last changed
   * @param startedAt when it last became pending or firing
   * @param silenced whether nobody is told of it, because of a silence or maintenance
   * @param acknowledged who has taken it on, if anybody has
   */
  record AlertBody(
      String id,
      String rule,
      String name,
      RuleKind kind,
      String severity,
      Map<String, String> labels,
      AlertState state,
      double value,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double threshold,
      String reason,
      Instant since,
      Instant startedAt,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean silenced,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          AlertHandling.@Nullable Acknowledgement acknowledged) {}

  /** The alerts that are pending or firing. */
  @GetMapping
  List<AlertBody> active() {
    Instant now = clock.instant();
    return alerts.active().stream()
        .map(
            (alert) ->
                new AlertBody(
                    alert.id(),
                    alert.rule(),
                    alert.name(),
                    alert.kind(),
                    alert.severity(),
                    alert.labels(),
                    alert.state(),
                    alert.value(),
                    alert.threshold(),
                    alert.reason(),
                    alert.since(),
                    alert.startedAt(),
                    handling.isSilenced(alert, now),
                    handling.acknowledgement(alert)))
        .toList();
  }

  /** Changes of alerts, the latest first. */
  @GetMapping("/history")
  List<AlertChange> history(
      @RequestParam(required = false) @Nullable String rule,
      @RequestParam(defaultValue = "200") int limit) {
    if (limit < 1 || limit > MAX_HISTORY) {
      throw new ProblemException(
              HttpStatus.BAD_REQUEST,
              "invalid_parameter",
              "Parameter 'limit' is %d, but must be between 1 and %d."
                  .formatted(limit, MAX_HISTORY))
          .with("parameter", "limit");
    }
    return store.history(rule, limit);
  }

  /** Sends every change as it happens: event {@code alert}. */
  @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<Flux<ServerSentEvent<AlertChange>>> stream(HttpServletRequest request) {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("X-Accel-Buffering", "no") // or nginx would buffer the events
        .body(
            streams.openEvents(
                request,
                () ->
                    feed.changes()
                        .map((change) -> ServerSentEvent.builder(change).event("alert").build())));
  }
}
