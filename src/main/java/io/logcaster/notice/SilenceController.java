package io.logcaster.notice;

import static io.logcaster.system.ProblemException.invalidProperty;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.alert.Alerts;
import io.logcaster.notice.route.LabelMatcher;
import io.logcaster.system.ApiResource;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of silences. */
@RestController
@RequestMapping("/api/v1/alerts/silences")
final class SilenceController {

  private static final ApiResource SILENCES =
      new ApiResource("/api/v1/alerts/silences", "silence", "silences");

  private static final int MAX_SILENCES = 1_000;
  private static final int MAX_NOTE = 1_000;

  /** How long before its end a silence that still hides alerts warns. */
  static final Duration WARNING = Duration.ofMinutes(15);

  private final Silences silences;
  private final Alerts alerts;
  private final NoticeService notices;
  private final Clock clock;

  SilenceController(Silences silences, Alerts alerts, NoticeService notices, Clock clock) {
    this.silences = silences;
    this.alerts = alerts;
    this.notices = notices;
    this.clock = clock;
  }

  /**
   * A silence in a request. Clients may send back the properties that the server adds.
   *
   * @param id chosen by the server
   * @param matchers labels and the values that they must have
   * @param match further conditions, such as {@code app=~web.*}
   * @param author the authenticated user by default
   */
  @JsonIgnoreProperties({"endsSoon", "hides"})
  record SilenceBody(
      @Nullable String id,
      @Nullable Map<String, String> matchers,
      @Nullable List<String> match,
      @Nullable String note,
      @Nullable String author,
      @Nullable Instant until) {}

  /**
   * A silence in an answer.
   *
   * @param endsSoon whether it ends within minutes and hides alerts that still fire
   * @param hides the alerts that fire and that nobody is told of because of it
   */
  record SilenceView(
      String id,
      Map<String, String> matchers,
      List<String> match,
      String note,
      String author,
      Instant until,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean endsSoon,
      HiddenAlerts hides) {}

  @GetMapping
  List<SilenceView> list() {
    return silences.current().stream().map(this::view).toList();
  }

  @GetMapping("/{id}")
  SilenceView get(@PathVariable String id) {
    return view(silences.find(id).orElseThrow(() -> SILENCES.unknown(id)));
  }

  @PostMapping
  ResponseEntity<SilenceView> add(@RequestBody SilenceBody body, HttpServletRequest request) {
    Silence silence =
        validate(UUID.randomUUID().toString(), body, Author.of(request, body.author()));
    SILENCES.requireRoom(
        silences.current().size(), MAX_SILENCES, "Delete one, or match fewer labels.");
    silences.put(silence);
    return SILENCES.created(silence.id(), view(silence));
  }

  @PutMapping("/{id}")
  SilenceView replace(
      @PathVariable String id, @RequestBody SilenceBody body, HttpServletRequest request) {
    Silence silence = validate(id, body, Author.of(request, body.author()));
    get(id);
    silences.put(silence);
    notices.signal();
    return view(silence);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    if (!silences.remove(id)) {
      throw SILENCES.unknown(id);
    }
    notices.signal();
  }

  private SilenceView view(Silence silence) {
    HiddenAlerts hides = HiddenAlerts.of(alerts, silence::covers);
    boolean soon = silence.until().minus(WARNING).isBefore(clock.instant());
    return new SilenceView(
        silence.id(),
        silence.matchers(),
        Matchers.print(silence.match()),
        silence.note(),
        silence.author(),
        silence.until(),
        soon && hides.count() > 0,
        hides);
  }

  private Silence validate(String id, SilenceBody body, String author) {
    ApiResource.requireSameId(id, body.id());
    Map<String, String> matchers = body.matchers() == null ? Map.of() : body.matchers();
    List<LabelMatcher> match = Matchers.parse("match", body.match());
    if (matchers.isEmpty() && match.isEmpty()) {
      throw invalidProperty(
          "matchers", "is required: for example {\"rule\":\"host-cpu\"} or {\"app\":\"x\"}");
    }
    if (matchers.values().stream().anyMatch((value) -> value == null || value.isEmpty())) {
      throw invalidProperty("matchers", "must give each label a value");
    }
    Instant until = body.until();
    if (until == null || !until.isAfter(clock.instant())) {
      throw invalidProperty("until", "is required: a future time, such as 2030-01-31T12:00:00Z");
    }
    String note = body.note() == null ? "" : body.note();
    if (note.length() > MAX_NOTE) {
      throw invalidProperty("note", "must not be longer than " + MAX_NOTE + " characters");
    }
    // Who makes a short silence knows when it ends.
    boolean warned = until.minus(WARNING).isBefore(clock.instant());
    return new Silence(id, Map.copyOf(matchers), match, note, author, until, warned);
  }
}
