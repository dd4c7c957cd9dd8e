package io.logcaster.upkeep;

import io.logcaster.system.ApiResource;
import io.logcaster.system.ProblemException;
import io.logcaster.upkeep.Snapshots.Snapshot;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of snapshots. */
@RestController
@RequestMapping("/api/v1/snapshots")
@Tag(name = "snapshots", description = "Copies of the data directory, for backup.")
final class SnapshotController {

  private static final ApiResource SNAPSHOTS =
      new ApiResource("/api/v1/snapshots", "snapshot", "snapshots");

  private final Snapshots snapshots;

  SnapshotController(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  @PostMapping
  @Operation(
      summary = "Create a snapshot",
      description =
          "Contains everything acknowledged before. Copy its directory elsewhere, or start"
              + " another server on it as its data directory.")
  ResponseEntity<Snapshot> create() throws IOException {
    if (!snapshots.isSupported()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "snapshots_not_supported",
          "Only the storage 'segment' has snapshots; logcaster.storage.type is another one.");
    }
    Snapshot made = snapshots.create();
    return SNAPSHOTS.created(made.id(), made);
  }

  @GetMapping
  @Operation(summary = "List the snapshots, the newest first")
  List<Snapshot> list() throws IOException {
    return snapshots.all();
  }

  @GetMapping("/{id}")
  @Operation(summary = "Describe a snapshot")
  Snapshot get(@PathVariable String id) throws IOException {
    return snapshots.find(id).orElseThrow(() -> SNAPSHOTS.unknown(id));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Remove a snapshot")
  void delete(@PathVariable String id) throws IOException {
    if (!snapshots.delete(id)) {
      throw SNAPSHOTS.unknown(id);
    }
  }
}
