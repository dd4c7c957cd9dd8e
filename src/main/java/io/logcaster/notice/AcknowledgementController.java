package io.logcaster.notice;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.alert.ActiveAlert;
import io.logcaster.alert.AlertHandling.Acknowledgement;
import io.logcaster.alert.Alerts;
import io.logcaster.system.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP API of acknowledgements. An acknowledged alert is neither told of again nor escalated;
 * that it is resolved still is told.
 */
@RestController
@RequestMapping("/api/v1/alerts")
final class AcknowledgementController {

  private static final int MAX_COMMENT = 1_000;

  private final Alerts alerts;
  private final Acknowledgements acknowledgements;
  private final NoticeService notices;
  private final Clock clock;

  AcknowledgementController(
      Alerts alerts, Acknowledgements acknowledgements, NoticeService notices, Clock clock) {
    this.alerts = alerts;
    this.acknowledgements = acknowledgements;
    this.notices = notices;
    this.clock = clock;
  }

  /**
   * Names an alert by its rule and labels.
   *
   * @param labels all labels of the alert; none by default
   * @param author who it is; the authenticated user by default
   */
  record AckBody(
      @Nullable String rule,
      @Nullable Map<String, String> labels,
      @Nullable String comment,
      @Nullable String author) {}

  /** What is said about an alert that the path names. */
  record AckComment(@Nullable String comment, @Nullable String author) {}

  /** Acknowledges one alert. */
  @PostMapping("/ack")
  Acknowledgement acknowledge(@RequestBody AckBody body, HttpServletRequest request) {
    return put(find(body), body.comment(), Author.of(request, body.author()));
  }

  /** Takes an acknowledgement back. */
  @PostMapping("/unack")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void undo(@RequestBody AckBody body) {
    remove(find(body));
  }

  /** Acknowledges the alert with an id. */
  @PostMapping("/{id}/acknowledge")
  Acknowledgement acknowledge(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable AckComment body,
      HttpServletRequest request) {
    return put(
        find(id),
        body == null ? null : body.comment(),
        Author.of(request, body == null ? null : body.author()));
  }

  /** Takes the acknowledgement of the alert with an id back. */
  @DeleteMapping("/{id}/acknowledge")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void undo(@PathVariable String id) {
    remove(find(id));
  }

  private Acknowledgement put(ActiveAlert alert, @Nullable String comment, String author) {
    String text = comment == null ? "" : comment;
    if (text.length() > MAX_COMMENT) {
      throw invalidProperty("comment", "must not be longer than " + MAX_COMMENT + " characters");
    }
    Acknowledgement by = new Acknowledgement(author, text, clock.instant());
    acknowledgements.put(alert.rule(), alert.labels(), by);
    return by;
  }

  private void remove(ActiveAlert alert) {
    if (!acknowledgements.remove(alert.rule(), alert.labels())) {
      throw new ProblemException(
          HttpStatus.NOT_FOUND, "not_acknowledged", "Nobody has acknowledged this alert.");
    }
    notices.signal();
  }

  private ActiveAlert find(AckBody body) {
    String rule = body.rule();
    if (rule == null || rule.isBlank()) {
      throw invalidProperty("rule", "is required: the id of the alert's rule");
    }
    Map<String, String> labels = body.labels() == null ? Map.of() : body.labels();
    return find((alert) -> alert.rule().equals(rule) && alert.labels().equals(labels))
        .orElseThrow(
            () ->
                unknown(
                    "The rule '%s' has no active alert with the labels %s."
                        .formatted(rule, labels)));
  }

  private ActiveAlert find(String id) {
    return find((alert) -> alert.id().equals(id))
        .orElseThrow(() -> unknown("There is no active alert '%s'.".formatted(id)));
  }

  private static ProblemException unknown(String detail) {
    return new ProblemException(
        HttpStatus.NOT_FOUND, "unknown_alert", detail + " GET /api/v1/alerts lists all.");
  }

  private Optional<ActiveAlert> find(Predicate<ActiveAlert> which) {
    return alerts.active().stream().filter(which).findFirst();
  }
}
