package io.logcaster.backup;

import io.logcaster.system.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of backups. */
@RestController
@RequestMapping("/api/v1/backups")
@Tag(name = "backups", description = "Copies of all data in object storage.")
final class BackupController {

  private final BackupTask task;

  BackupController(BackupTask task) {
    this.task = task;
  }

  /** What the server does, and the names of the backups in the bucket, the newest first. */
  record Overview(BackupTask.Status status, List<String> backups) {}

  @GetMapping
  @Operation(summary = "List the backups, and what became of the last one")
  Overview list() {
    requireOn();
    try {
      return new Overview(task.status(), task.backups().ids());
    } catch (IOException ex) {
      throw new ProblemException(
          HttpStatus.BAD_GATEWAY, "backup_storage_failed", String.valueOf(ex.getMessage()), ex);
    }
  }

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Begin a backup",
      description = "Contains everything acknowledged before; sends only what no backup has yet.")
  BackupTask.Status create() {
    requireOn();
    if (!task.begin()) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "backup_running", "A backup is being made already.");
    }
    return task.status();
  }

  private void requireOn() {
    if (!task.isOn()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "backup_not_configured",
          "Backups need logcaster.backup.bucket, and the storage 'segment'.");
    }
  }
}
