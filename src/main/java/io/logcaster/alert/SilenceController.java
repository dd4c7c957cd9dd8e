package io.logcaster.alert;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.system.ApiResource;
import java.time.Clock;
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

  private final Silences silences;
  private final Clock clock;

  SilenceController(Silences silences, Clock clock) {
    this.silences = silences;
    this.clock = clock;
  }

  /**
   * A silence in a request.
   *
   * @param id chosen by the server
   */
  record SilenceBody(
      @Nullable String id,
      @Nullable Map<String, String> matchers,
      @Nullable String note,
      @Nullable Instant until) {}

  @GetMapping
  List<Silence> list() {
    return silences.current();
  }

  @GetMapping("/{id}")
  Silence get(@PathVariable String id) {
    return silences.find(id).orElseThrow(() -> SILENCES.unknown(id));
  }

  @PostMapping
  ResponseEntity<Silence> add(@RequestBody SilenceBody body) {
    Silence silence = validate(UUID.randomUUID().toString(), body);
    SILENCES.requireRoom(
        silences.current().size(), MAX_SILENCES, "Delete one, or match fewer labels.");
    silences.put(silence);
    return SILENCES.created(silence.id(), silence);
  }

  @PutMapping("/{id}")
  Silence replace(@PathVariable String id, @RequestBody SilenceBody body) {
    Silence silence = validate(id, body);
    get(id);
    silences.put(silence);
    return silence;
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    if (!silences.remove(id)) {
      throw SILENCES.unknown(id);
    }
  }

  private Silence validate(String id, SilenceBody body) {
    ApiResource.requireSameId(id, body.id());
    Map<String, String> matchers = body.matchers();
    if (matchers == null || matchers.isEmpty()) {
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
    return new Silence(id, Map.copyOf(matchers), note, until);
  }
}
