package io.logcaster.dashboard;

import io.logcaster.system.ApiResource;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.annotation.Lazy;
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

/** The HTTP API of dashboards. */
@RestController
@RequestMapping("/api/v1/dashboards")
@Tag(name = "dashboards", description = "Panels of queries on a grid.")
final class DashboardController {

  private static final ApiResource DASHBOARDS =
      new ApiResource("/api/v1/dashboards", "dashboard", "dashboards");

  /** A list of dashboards is read as a whole. */
  private static final int MAX_DASHBOARDS = 500;

  private final DashboardStore store;
  private final BuiltInDashboards builtIn;

  DashboardController(DashboardStore store, @Lazy BuiltInDashboards builtIn) {
    this.store = store;
    this.builtIn = builtIn;
  }

  @Operation(summary = "All dashboards by name, then the built-in ones")
  @GetMapping
  List<Dashboard> list() {
    return Stream.concat(store.all().stream(), builtIn.all().stream()).toList();
  }

  @Operation(summary = "A dashboard")
  @GetMapping("/{id}")
  Dashboard get(@PathVariable String id) {
    return builtIn.find(id).or(() -> store.find(id)).orElseThrow(() -> DASHBOARDS.unknown(id));
  }

  @Operation(summary = "Create a dashboard")
  @PostMapping
  ResponseEntity<Dashboard> add(@RequestBody Dashboard body) {
    String id = UUID.randomUUID().toString();
    ApiResource.requireSameId(id, body.id());
    Dashboard dashboard = DashboardCheck.valid(body);
    DASHBOARDS.requireRoom(store.count(), MAX_DASHBOARDS, "Delete one.");
    return DASHBOARDS.created(id, store.add(id, dashboard));
  }

  @Operation(
      summary = "Replace a dashboard",
      description =
          "The property version is the one that was read. If somebody else has changed the"
              + " dashboard since, the answer is 409.")
  @PutMapping("/{id}")
  Dashboard replace(@PathVariable String id, @RequestBody Dashboard body) {
    ApiResource.requireSameId(id, body.id());
    refuseBuiltIn(id);
    Long version = body.version();
    if (version == null) {
      throw ProblemException.invalidProperty(
          "version", "is required: the one of the dashboard that was changed");
    }
    Dashboard dashboard = DashboardCheck.valid(body);
    return store.replace(id, version, dashboard).orElseThrow(() -> changed(store.find(id), id));
  }

  private static ProblemException changed(Optional<Dashboard> current, String id) {
    return current
        .map(
            (now) ->
                new ProblemException(
                        HttpStatus.CONFLICT,
                        "dashboard_changed",
                        "Somebody else changed the dashboard: it has version %d now. Read it again."
                            .formatted(now.version()))
                    .with("version", String.valueOf(now.version())))
        .orElseGet(() -> DASHBOARDS.unknown(id));
  }

  @Operation(summary = "Delete a dashboard")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    refuseBuiltIn(id);
    if (!store.delete(id)) {
      throw DASHBOARDS.unknown(id);
    }
  }

  private void refuseBuiltIn(String id) {
    if (builtIn.find(id).isPresent()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "dashboard_built_in",
          "The dashboard '%s' is part of LogCaster. Create a copy and change that.".formatted(id));
    }
  }
}
