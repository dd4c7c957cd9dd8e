package io.logcaster.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.query.QueryEngine;
import io.logcaster.record.Severity;
import io.logcaster.storage.RowFilter;
import io.logcaster.system.ApiResource;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of the known templates. */
@RestController
@RequestMapping("/api/v1/templates")
@Tag(name = "templates", description = "The known templates of messages, with their births.")
final class TemplateController {

  private static final ApiResource TEMPLATES =
      new ApiResource("/api/v1/templates", "template", "templates");

  private static final int MAX_LIMIT = 10_000;

  private final TemplateRegistry registry;
  private final TemplateProperties properties;
  private final RequestTimes times;
  private final QueryEngine queries;

  TemplateController(
      TemplateRegistry registry,
      TemplateProperties properties,
      RequestTimes times,
      QueryEngine queries) {
    this.registry = registry;
    this.properties = properties;
    this.times = times;
    this.queries = queries;
  }

  /**
   * A known template.
   *
   * @param level the level of the first record
   * @param learned when the server found it
   * @param count its records; those of the last minute may be missing
   * @param example the message of the first record, cut if it is long
   * @param fields the other fields of the first record; only for a single template
   * @param days the count of each UTC day, oldest first; only for a single template
   */
  @Schema(name = "MessageTemplate")
  record TemplateBody(
      String id,
      String template,
      String level,
      Instant firstSeen,
      Instant lastSeen,
      Instant learned,
      String firstHost,
      String firstApp,
      long count,
      String example,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> fields,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Long> days) {

    static TemplateBody brief(KnownTemplate template) {
      return of(template, null, null);
    }

    static TemplateBody full(KnownTemplate template) {
      return of(template, template.first.fields(), template.countByDay());
    }

    private static TemplateBody of(
        KnownTemplate template,
        @Nullable Map<String, String> fields,
        @Nullable Map<String, Long> days) {
      FirstRecord first = template.first;
      return new TemplateBody(
          template.name(),
          template.template(),
          first.level(),
          KnownTemplate.instant(first.time()),
          KnownTemplate.instant(template.lastSeen),
          KnownTemplate.instant(template.learned),
          first.host(),
          first.app(),
          template.count,
          first.example(),
          fields,
          days);
    }
  }

  /** A page, and how many there are in all. */
  private record Page(List<TemplateBody> templates, int total) {}

  @Operation(
      summary = "The known templates",
      description =
          "Argument since takes a time, last-mark, or mark: with an id. Argument query is a filter"
              + " to which a template is a record: _msg is the template, _time when it was first"
              + " seen, and it has level, host, app, example, count, lastSeen and id. The header"
              + " X-Total-Count says how many there are without limit and offset.")
  @GetMapping
  ResponseEntity<List<TemplateBody>> list(
      @RequestParam(required = false) @Nullable String since,
      @RequestParam(required = false) @Nullable String level,
      @RequestParam(required = false) @Nullable String query,
      @RequestParam(defaultValue = "firstSeen") String sort,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "0") int offset) {
    requireEnabled();
    if (limit < 1 || limit > MAX_LIMIT) {
      throw RequestTimes.invalid(
          "limit", Integer.toString(limit), "must be between 1 and " + MAX_LIMIT);
    }
    if (offset < 0) {
      throw RequestTimes.invalid("offset", Integer.toString(offset), "must not be negative");
    }
    TemplateQuery selection =
        new TemplateQuery(
            times.sinceMark("since", since, Instant.MIN),
            severity(level),
            (query == null || query.isBlank()) ? RowFilter.ALL : queries.filter(query),
            sort(sort));
    Page page =
        registry.read(
            (templates) -> {
              List<KnownTemplate> selected = selection.select(templates);
              return new Page(
                  selected.stream().skip(offset).limit(limit).map(TemplateBody::brief).toList(),
                  selected.size());
            });
    return ResponseEntity.ok()
        .header("X-Total-Count", Integer.toString(page.total()))
        .body(page.templates());
  }

  private static int severity(@Nullable String level) {
    if (level == null || level.isBlank()) {
      return Severity.UNSET;
    }
    int severity = Severity.parse(level.strip());
    if (severity == Severity.UNSET) {
      throw RequestTimes.invalid(
          "level", level, "must be one of " + String.join(", ", Severity.NAMES));
    }
    return severity;
  }

  private static TemplateQuery.Sort sort(String sort) {
    return switch (sort) {
      case "firstSeen" -> TemplateQuery.Sort.FIRST_SEEN;
      case "lastSeen" -> TemplateQuery.Sort.LAST_SEEN;
      case "count" -> TemplateQuery.Sort.COUNT;
      case "template" -> TemplateQuery.Sort.TEMPLATE;
      default ->
          throw RequestTimes.invalid(
              "sort", sort, "must be one of firstSeen, lastSeen, count, template");
    };
  }

  @Operation(summary = "A template with its counts by day and the fields of its first record")
  @GetMapping("/{id}")
  TemplateBody get(@PathVariable String id) {
    requireEnabled();
    TemplateBody found =
        TemplateRegistry.isId(id)
            ? registry.find(Long.parseUnsignedLong(id, 16), TemplateBody::full)
            : null;
    if (found == null) {
      throw TEMPLATES.unknown(id);
    }
    return found;
  }

  private void requireEnabled() {
    if (!properties.enabled()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "templates_disabled",
          "This server learns no templates. Set logcaster.templates.enabled=true.");
    }
  }
}
