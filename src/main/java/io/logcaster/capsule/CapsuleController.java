package io.logcaster.capsule;

import static io.logcaster.system.ProblemException.invalidProperty;

import io.logcaster.capsule.CapsuleMaker.Wanted;
import io.logcaster.query.lang.Parser;
import io.logcaster.transform.redact.SecretKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Incident capsules over HTTP. */
@RestController
@RequestMapping("/api/v1/capsules")
@Tag(name = "capsules", description = "Incidents as one file.")
final class CapsuleController {

  private static final int MAX_RECORDS = 10_000;
  private static final int USUAL_RECORDS = 200;
  private static final int MAX_TITLE = 200;
  private static final int MAX_NOTES = 20_000;

  private final CapsuleMaker maker;
  private final Clock clock;

  CapsuleController(CapsuleMaker maker, Clock clock) {
    this.maker = maker;
    this.clock = clock;
  }

  /**
   * What to put into a capsule.
   *
   * @param title what happened; "Incident" if it is absent
   * @param notes what is known of it
   * @param query selects its records
   * @param start the range, start included; an hour before its end if it is absent
   * @param end the range, end included; now if it is absent
   * @param redact the kinds of secrets to replace; all if it is absent
   * @param records the chosen records; the newest of the query if it is absent
   * @param limit how many records, if none are chosen; 200 if it is absent, at most 10,000
   * @param language of the page's own words, {@code en} or {@code ko}; English if it is absent
   */
  record CapsuleBody(
      @Nullable String title,
      @Nullable String notes,
      @Nullable String query,
      @Nullable String start,
      @Nullable String end,
      @Nullable List<String> redact,
      @Nullable List<Map<String, String>> records,
      @Nullable Integer limit,
      @Nullable String language) {}

  @Operation(
      summary = "Make a capsule",
      description =
          "Answers one HTML file with the query, its histogram, patterns and records, the alerts of"
              + " the range and notes. It opens without a server, runs no scripts and loads"
              + " nothing.")
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content = @Content(mediaType = "text/html", schema = @Schema(type = "string")))
  @PostMapping(produces = "text/html")
  void make(@RequestBody CapsuleBody body, HttpServletResponse response) throws IOException {
    Instant end = time("end", body.end(), clock.instant());
    Instant start = time("start", body.start(), end.minus(Duration.ofHours(1)));
    if (start.isAfter(end)) {
      throw invalidProperty("start", "must be before 'end'");
    }
    String query = body.query();
    if (query == null || query.isBlank() || query.length() > Parser.MAX_LENGTH) {
      throw invalidProperty("query", "is required");
    }
    List<Map<String, String>> records = (body.records() == null) ? List.of() : body.records();
    int limit = (body.limit() == null) ? USUAL_RECORDS : body.limit();
    if (limit < 1 || limit > MAX_RECORDS || records.size() > MAX_RECORDS) {
      throw invalidProperty(
          records.isEmpty() ? "limit" : "records", "must be at most %,d".formatted(MAX_RECORDS));
    }
    String language = (body.language() == null) ? "en" : body.language();
    CapsuleWords words =
        CapsuleWords.of(language)
            .orElseThrow(() -> invalidProperty("language", "must be 'en' or 'ko'"));
    Wanted wanted =
        new Wanted(
            text("title", body.title(), words.untitled(), MAX_TITLE),
            text("notes", body.notes(), "", MAX_NOTES),
            query,
            start,
            end,
            kinds(body.redact()),
            records,
            limit);
    Capsule capsule = maker.make(wanted);
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"capsule.html\"");
    CapsulePage.write(capsule, words, response.getWriter());
  }

  private static String text(String name, @Nullable String value, String otherwise, int most) {
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    if (value.length() > most) {
      throw invalidProperty(name, "must not have more than %,d characters".formatted(most));
    }
    return value.strip();
  }

  private static Instant time(String name, @Nullable String text, Instant otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      Instant time = Instant.parse(text);
      if (time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("2200-01-01T00:00:00Z"))) {
        return time;
      }
    } catch (DateTimeParseException ex) {
      // The same advice.
    }
    throw invalidProperty(name, "must be a time such as 2026-01-31T12:00:00Z");
  }

  private static Set<SecretKind> kinds(@Nullable List<String> names) {
    Set<SecretKind> kinds = EnumSet.noneOf(SecretKind.class);
    if (names == null) {
      return EnumSet.allOf(SecretKind.class);
    }
    for (String name : names) {
      kinds.add(
          Arrays.stream(SecretKind.values())
              .filter((kind) -> kind.key().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      invalidProperty(
                          "redact",
                          "has '"
                              + name
                              + "', known: "
                              + Arrays.stream(SecretKind.values())
                                  .map(SecretKind::key)
                                  .collect(Collectors.joining(", ")))));
    }
    return kinds;
  }
}
