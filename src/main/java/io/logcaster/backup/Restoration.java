package io.logcaster.backup;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Makes a data directory of a backup, or verifies one. */
public final class Restoration {

  private static final String PARTIAL = ".restoring";

  private final BackupStore store;

  private final Consumer<String> progress;

  /**
   * @param progress told what is done
   */
  public Restoration(BackupStore store, Consumer<String> progress) {
    this.store = store;
    this.progress = progress;
  }

  /** What was read. */
  public record Result(String id, int files, long bytes) {}

  /**
   * Fills a directory. Everything is written beside it first, verified and synced, so that a
   * directory exists as a whole or not at all. After an interruption, the next call continues.
   *
   * @param id the name of the backup; empty for the last one
   * @param target must not exist, or be empty
   * @throws FileAlreadyExistsException if it has files
   * @throws IOException if a file of the backup is missing or damaged; nothing is restored then
   */
  public Result restore(String id, Path target) throws IOException {
    Path directory = target.toAbsolutePath().normalize();
    if (Files.isDirectory(directory)) {
      try (var files = Files.list(directory)) {
        if (files.findAny().isPresent()) {
          throw new FileAlreadyExistsException(
              directory.toString(), null, "it is not empty, and a restoration replaces nothing");
        }
      }
    }
    BackupManifest manifest = find(id);
    Path partial = directory.resolveSibling(directory.getFileName() + PARTIAL);
    Files.createDirectories(partial);
    Set<Path> directories = new HashSet<>(Set.of(partial));
    Set<Path> wanted = new HashSet<>();
    for (BackupManifest.Entry entry : manifest.files()) {
      Path file = entry.in(partial);
      wanted.add(file);
      Path parent = Files.createDirectories(file.getParent());
      for (Path at = parent; at != null && at.startsWith(partial); at = at.getParent()) {
        directories.add(at);
      }
      if (!isThere(entry, file)) {
        progress.accept(entry.path());
        write(entry, file);
      }
    }
    removeOthers(partial, wanted);
    for (Path made : directories) {
      sync(made);
    }
    Files.deleteIfExists(directory);
    Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    Path parent = directory.getParent();
    if (parent != null) {
      sync(parent);
    }
    return new Result(manifest.id(), manifest.files().size(), manifest.bytes());
  }

  /** Files that an interrupted restoration of another backup left. */
  private static void removeOthers(Path partial, Set<Path> wanted) throws IOException {
    List<Path> others = new ArrayList<>();
    try (var files = Files.walk(partial)) {
      files
          .filter((file) -> Files.isRegularFile(file) && !wanted.contains(file))
          .forEach(others::add);
    }
    for (Path other : others) {
      Files.delete(other);
    }
  }

  /**
   * Reads every file of a backup and verifies it; writes nothing.
   *
   * @param id the name of the backup; empty for the last one
   * @throws IOException naming the first file that is missing or damaged
   */
  public Result verify(String id) throws IOException {
    BackupManifest manifest = find(id);
    for (BackupManifest.Entry entry : manifest.files()) {
      progress.accept(entry.path());
      store.get(entry, OutputStream.nullOutputStream());
    }
    return new Result(manifest.id(), manifest.files().size(), manifest.bytes());
  }

  private BackupManifest find(String id) throws IOException {
    BackupManifest manifest = id.isEmpty() ? store.last() : store.manifest(id);
    if (manifest == null) {
      throw new NoSuchFileException("There is no backup at that place of the bucket");
    }
    return manifest;
  }

  private static boolean isThere(BackupManifest.Entry entry, Path file) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == entry.bytes()
        && BackupStore.hash(file).equals(entry.sha256());
  }

  private void write(BackupManifest.Entry entry, Path file) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
      store.get(entry, buffered);
      buffered.flush();
      out.getChannel().force(true);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
