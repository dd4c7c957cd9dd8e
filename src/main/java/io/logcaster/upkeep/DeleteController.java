package io.logcaster.upkeep;

import io.logcaster.query.QueryEngine;
import io.logcaster.query.ast.TimeFilter.Bound;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.query.lang.Times;
import io.logcaster.storage.RowFilter;
import io.logcaster.system.ApiResource;
import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of deletions by query: LogCaster's own paths and VictoriaLogs'. */
@RestController
@Tag(name = "delete", description = "Delete the records that a query selects, permanently.")
final class DeleteController {

  /** Both methods are one operation of the API document. */
  private static final String DELETE = "Delete what a query selects";

  private static final String DELETE_DESCRIPTION =
      "Takes the query as JSON, as arguments or as a form. Answers 202 with the task at once."
          + " Queries stop finding a record when its segment has been processed, and at the latest"
          + " when the task is done; then no byte of it is on disk, except in snapshots made"
          + " before.";

  private final DeleteTasks tasks;
  private final QueryEngine queries;
  private final Clock clock;

  DeleteController(DeleteTasks tasks, QueryEngine queries, Clock clock) {
    this.tasks = tasks;
    this.queries = queries;
    this.clock = clock;
  }

  /**
   * What to delete.
   *
   * @param query a filter without pipes
   * @param start the earliest time, in the format of the query paths; unlimited if missing
   * @param end the latest time
   */
  @Schema(name = "DeletionOrder")
  record Order(@Nullable String query, @Nullable String start, @Nullable String end) {}

  /** A deletion and its progress. */
  @Schema(name = "Deletion")
  record Status(
      String id,
      String query,
      @Nullable String start,
      @Nullable String end,
      String state,
      long deleted,
      int segmentsDone,
      int segmentsTotal,
      Instant created,
      @Nullable Instant started,
      @Nullable Instant finished,
      @Nullable String error) {

    static Status of(DeleteTask task) {
      return new Status(
          task.id(),
          task.query(),
          time(task.minTime(), Long.MIN_VALUE),
          time(task.maxTime(), Long.MAX_VALUE),
          task.state().name().toLowerCase(Locale.ROOT),
          task.deleted(),
          task.done(),
          task.total(),
          task.created(),
          task.started(),
          task.finished(),
          task.error());
    }

    private static @Nullable String time(long nanos, long open) {
      return (nanos == open)
          ? null
          : Instant.ofEpochSecond(
                  Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
              .toString();
    }
  }

  @PostMapping(path = "/api/v1/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = DELETE, description = DELETE_DESCRIPTION)
  ResponseEntity<Status> add(@RequestBody Order order) {
    return add(order.query(), order.start(), order.end());
  }

  @PostMapping("/api/v1/delete")
  @Operation(summary = DELETE, description = DELETE_DESCRIPTION)
  ResponseEntity<Status> addByArguments(
      @RequestParam(required = false) @Nullable String query,
      @RequestParam(required = false) @Nullable String start,
      @RequestParam(required = false) @Nullable String end) {
    return add(query, start, end);
  }

  private ResponseEntity<Status> add(
      @Nullable String query, @Nullable String start, @Nullable String end) {
    DeleteTask task =
        order(
            "query", query, time("start", start, Long.MIN_VALUE), time("end", end, Long.MAX_VALUE));
    return ResponseEntity.accepted()
        .location(ApiResource.place("/api/v1/delete", task.id()))
        .body(Status.of(task));
  }

  private DeleteTask order(String parameter, @Nullable String query, long minTime, long maxTime) {
    if (query == null || query.isBlank()) {
      throw problem(
          "missing_parameter",
          parameter,
          "Parameter '%s' is required; '*' deletes everything".formatted(parameter));
    }
    if (minTime > maxTime) {
      throw problem("invalid_parameter", "start", "Parameter 'start' is later than 'end'");
    }
    try {
      RowFilter _ = queries.filter(query);
    } catch (QuerySyntaxException ex) {
      // Without the cause, or the exception handler of the query paths would answer instead.
      throw new ProblemException(HttpStatus.BAD_REQUEST, ex.code(), ex.detail())
          .with("line", ex.line())
          .with("column", ex.column());
    }
    DeleteTask task = tasks.add(query.strip(), minTime, maxTime);
    if (task == null) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "too_many_tasks",
          "%d deletions are already waiting. Wait for some to end, or delete more with one query."
              .formatted(DeleteTasks.MAX_WAITING));
    }
    return task;
  }

  private long time(String name, @Nullable String text, long open) {
    if (text == null || text.isBlank()) {
      return open;
    }
    Bound bound = Times.bound(text.strip());
    if (bound == null) {
      throw problem(
          "invalid_parameter",
          name,
          "Parameter '%s' is '%s', but must be a time such as 2026-01-31T12:00:00Z, 1h or 1767225600"
              .formatted(name, text));
    }
    Instant now = clock.instant();
    long present = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    if (open == Long.MAX_VALUE) {
      return Times.lastOf(bound, present);
    }
    return bound.first(present);
  }

  @GetMapping("/api/v1/delete")
  @Operation(summary = "List the deletions, the newest first")
  List<Status> list() {
    return tasks.all().stream().map(Status::of).toList();
  }

  @GetMapping("/api/v1/delete/{id}")
  @Operation(summary = "Get the progress of a deletion")
  Status get(@PathVariable String id) {
    return Status.of(known(tasks.find(id), id));
  }

  @DeleteMapping("/api/v1/delete/{id}")
  @Operation(
      summary = "Cancel a deletion",
      description =
          "Records that are already deleted stay deleted. A finished deletion is not affected.")
  Status cancel(@PathVariable String id) {
    return Status.of(known(tasks.cancel(id), id));
  }

  private static DeleteTask known(Optional<DeleteTask> task, String id) {
    return task.orElseThrow(
        () ->
            new ProblemException(
                HttpStatus.NOT_FOUND,
                "unknown_task",
                "There is no deletion '%s'. GET /api/v1/delete lists all.".formatted(id)));
  }

  /** Only by POST: any page or link can make a browser send a GET. */
  @PostMapping("/delete/run_task")
  @Operation(summary = "Delete what a filter selects (VictoriaLogs)")
  Map<String, String> runTask(@RequestParam(required = false) @Nullable String filter) {
    return Map.of("task_id", order("filter", filter, Long.MIN_VALUE, Long.MAX_VALUE).id());
  }

  /** Only by POST: any page or link can make a browser send a GET. */
  @PostMapping("/delete/stop_task")
  @Operation(summary = "Cancel a deletion (VictoriaLogs)")
  Map<String, String> stopTask(
      @RequestParam(name = "task_id", required = false) @Nullable String id) {
    if (id == null || id.isBlank()) {
      throw problem("missing_parameter", "task_id", "Parameter 'task_id' is required");
    }
    known(tasks.cancel(id), id);
    return Map.of("status", "ok");
  }

  @GetMapping("/delete/active_tasks")
  @Operation(summary = "List the unfinished deletions (VictoriaLogs)")
  List<Map<String, Object>> activeTasks() {
    return tasks.all().reversed().stream()
        .filter((task) -> !task.state().isOver())
        .map(
            (task) ->
                Map.<String, Object>of(
                    "task_id", task.id(),
                    "tenant_ids", List.of(Map.of("account_id", 0, "project_id", 0)),
                    "filter", task.query(),
                    "start_time", task.created()))
        .toList();
  }

  private static ProblemException problem(String code, String parameter, String detail) {
    return new ProblemException(HttpStatus.BAD_REQUEST, code, detail).with("parameter", parameter);
  }
}
