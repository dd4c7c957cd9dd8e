package io.logcaster.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where damaged files are kept for whoever wants to look into them. What is kept there is never
 * replaced: another file of the same name gets a number behind it.
 */
public final class Quarantine {

  private final Path directory;

  /**
   * A quarantine in a directory.
   *
   * @param directory is made when the first file goes there
   */
  public Quarantine(Path directory) {
    this.directory = directory;
  }

  /** Moves a file here; gives its new place. */
  public Path move(Path file) throws IOException {
    Path place = place(file);
    if (Files.exists(place)) {
      Files.delete(file);
    } else {
      Files.move(file, place);
    }
    return place;
  }

  /** Copies a file to here; gives the place of the copy. */
  public Path copy(Path file) throws IOException {
    Path place = place(file);
    if (!Files.exists(place)) {
      Files.copy(file, place);
    }
    return place;
  }

  /** A name that is free, or that the same content has already. */
  private Path place(Path file) throws IOException {
    Files.createDirectories(directory);
    Path place = directory.resolve(file.getFileName());
    for (int i = 2; Files.exists(place) && Files.mismatch(place, file) >= 0; i++) {
      place = directory.resolve(file.getFileName() + "." + i);
    }
    return place;
  }
}
