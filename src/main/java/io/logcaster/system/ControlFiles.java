package io.logcaster.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The control database's file and its copy, and how the copy replaces a damaged file. The copy is a
 * ZIP archive written by H2, with that one file in it.
 */
final class ControlFiles {

  private static final String DATABASE = "control.mv.db";

  private static final String COPY = "control-copy.zip";

  private static final String PARTIAL = ".partial";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private final Path directory;
  private final Clock clock;

  ControlFiles(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  Path database() {
    return directory.resolve(DATABASE);
  }

  /** Where H2 writes a copy before it is {@linkplain #keepCopy() kept}. */
  Path newCopy() {
    return directory.resolve(COPY + PARTIAL);
  }

  boolean hasDatabase() {
    return Files.exists(database());
  }

  boolean isEmpty() throws IOException {
    return Files.size(database()) == 0;
  }

  boolean hasCopy() {
    return Files.exists(directory.resolve(COPY));
  }

  /** Syncs the new copy to disk, then replaces the old one with it. */
  void keepCopy() throws IOException {
    sync(newCopy());
    Files.move(
        newCopy(),
        directory.resolve(COPY),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Moves a damaged file to a place where nothing overwrites it.
   *
   * @return where it is now
   */
  Path quarantine() throws IOException {
    Path quarantine = Files.createDirectories(directory.resolve("quarantine"));
    String name = "control-" + NAME.format(clock.instant());
    Path target = quarantine.resolve(name + ".mv.db");
    for (int i = 2; Files.exists(target); i++) {
      target = quarantine.resolve(name + "-" + i + ".mv.db");
    }
    return Files.move(database(), target);
  }

  /** Restores the file from the copy. The file must not exist. */
  void restore() throws IOException {
    try (InputStream file = Files.newInputStream(directory.resolve(COPY));
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().endsWith(DATABASE)) {
          create(entries);
          return;
        }
      }
    }
    throw new FileSystemException(COPY, null, "holds no " + DATABASE);
  }

  /** Creates the file with what a new database holds. The file must not exist. */
  void create(InputStream content) throws IOException {
    Path partial = directory.resolve(DATABASE + PARTIAL);
    write(content, partial);
    Files.move(partial, database(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(InputStream in, Path target) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      in.transferTo(out);
      channel.force(true);
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
