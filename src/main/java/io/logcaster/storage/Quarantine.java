package io.logcaster.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory that keeps damaged files for inspection. Existing files are never replaced: another
 * file of the same name gets a numeric suffix.
 */
public final class Quarantine {

  private final Path directory;

  /**
   * Creates a quarantine in a directory.
   *
   * @param directory is created with the first file
   */
  public Quarantine(Path directory) {
    this.directory = directory;
  }

  /** Moves a file here and returns its new path. */
  public Path move(Path file) throws IOException {
    Path place = place(file);
    if (Files.exists(place)) {
      Files.delete(file);
    } else {
      Files.move(file, place);
    }
    return place;
  }

  /** Copies a file here and returns the path of the copy. */
  public Path copy(Path file) throws IOException {
    Path place = place(file);
    if (!Files.exists(place)) {
      Files.copy(file, place);
    }
    return place;
  }

  /** A path that is free or already holds the same content. */
  private Path place(Path file) throws IOException {
    Files.createDirectories(directory);
    Path place = directory.resolve(file.getFileName());
    for (int i = 2; Files.exists(place) && Files.mismatch(place, file) >= 0; i++) {
      place = directory.resolve(file.getFileName() + "." + i);
    }
    return place;
  }
}
