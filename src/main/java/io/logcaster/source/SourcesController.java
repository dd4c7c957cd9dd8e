package io.logcaster.source;

import io.logcaster.source.SourceView.By;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of sources. */
@RestController
@RequestMapping("/api/v1/sources")
@Tag(name = "sources", description = "The hosts and apps that records come from.")
final class SourcesController {

  private static final int MAX_LIMIT = 200_000;

  private final Sources sources;
  private final SourceProperties properties;

  SourcesController(Sources sources, SourceProperties properties) {
    this.sources = sources;
    this.properties = properties;
  }

  @GetMapping
  @Operation(
      summary = "List the sources, the one that was seen last first",
      description =
          "by is host, app or both (the default). With quiet=true, only sources that have been"
              + " silent for much longer than usual.")
  List<SourceView> list(
      @RequestParam(defaultValue = "both") String by,
      @RequestParam(defaultValue = "false") boolean quiet,
      @RequestParam(defaultValue = "10000") int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit", "is 1 to " + MAX_LIMIT, Integer.toString(limit));
    }
    By grouping =
        switch (by) {
          case "host" -> By.HOST;
          case "app" -> By.APP;
          case "both", "host,app" -> By.BOTH;
          default -> throw invalid("by", "is host, app or both", by);
        };
    return sources.views(grouping, properties.quietFactor()).stream()
        .filter((source) -> !quiet || source.quiet())
        .limit(limit)
        .toList();
  }

  private static ProblemException invalid(String name, String rule, String given) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        "invalid_argument",
        "The argument '%s' %s, not '%s'.".formatted(name, rule, given));
  }
}
