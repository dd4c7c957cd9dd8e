package io.logcaster.source;

import io.logcaster.nodes.NodeLists;
import io.logcaster.nodes.Nodes;
import io.logcaster.source.SourceView.By;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of sources. */
@RestController
@Tag(name = "sources", description = "The hosts and apps that records come from.")
final class SourcesController {

  private static final String NODE_PATH = "/api/v1/node/sources";

  private static final int MAX_LIMIT = 200_000;

  private final Sources sources;
  private final SourceProperties properties;
  private final NodeLists nodes;

  SourcesController(Sources sources, SourceProperties properties, NodeLists nodes) {
    this.sources = sources;
    this.properties = properties;
    this.nodes = nodes;
  }

  @GetMapping("/api/v1/sources")
  @Operation(
      summary = "List the sources, the one that was seen last first",
      description =
          "by is host, app or both (the default). With quiet=true, only sources that have been"
              + " silent for much longer than usual. With nodes=all, those of all nodes, each with"
              + " the name of its node; limit is then that of each.")
  List<SourceView> list(
      @RequestParam(defaultValue = "both") String by,
      @RequestParam(defaultValue = "false") boolean quiet,
      @RequestParam(defaultValue = "10000") int limit,
      @RequestParam(name = "nodes", defaultValue = "") String which,
      HttpServletResponse response) {
    List<SourceView> own = own(by, quiet, limit);
    if (!nodes.isFleet(which)) {
      return own;
    }
    String path =
        "%s?by=%s&quiet=%s&limit=%d"
            .formatted(NODE_PATH, by.equals("host,app") ? "both" : by, quiet, limit);
    return nodes.joined(path, SourceView[].class, own, SourceView::on, response).stream()
        .sorted(Comparator.comparing(SourceView::lastSeen).reversed())
        .toList();
  }

  @GetMapping(NODE_PATH)
  @Operation(summary = "The sources of this node, for another LogCaster")
  ResponseEntity<List<SourceView>> node(
      @RequestParam(defaultValue = "both") String by,
      @RequestParam(defaultValue = "false") boolean quiet,
      @RequestParam(defaultValue = "10000") int limit,
      @RequestHeader(name = Nodes.CALLER, defaultValue = "") String caller) {
    return nodes.own(caller, () -> own(by, quiet, limit));
  }

  private List<SourceView> own(String by, boolean quiet, int limit) {
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
