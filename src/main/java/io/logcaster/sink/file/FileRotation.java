package io.logcaster.sink.file;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renames full files, compresses them and deletes old ones. {@code app.log} becomes {@code
 * app-20261121-120000-001.log}, then {@code app-20261121-120000-001.log.zst}. Compressing goes to a
 * {@code .partial} file first, so that a crash leaves the whole original.
 */
final class FileRotation {

  /**
   * How full files are kept.
   *
   * @param compress {@code none}, {@code gzip} or {@code zstd}
   * @param keepFiles how many, 0 for all
   * @param keepAge how long, zero for ever
   * @param keepSize how many bytes, 0 for all
   */
  record Keeping(String compress, int keepFiles, Duration keepAge, long keepSize) {}

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Logger LOG = LoggerFactory.getLogger(FileRotation.class);

  private static final int MAX_NUMBER = 1_000;

  private final Path file;
  private final Keeping keeping;
  private final Clock clock;
  private final String stem;
  private final String extension;
  private final Pattern rotated;

  FileRotation(Path file, Keeping keeping, Clock clock) {
    this.file = file;
    this.keeping = keeping;
    this.clock = clock;
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    stem = (dot > 0) ? name.substring(0, dot) : name;
    extension = (dot > 0) ? name.substring(dot) : "";
    rotated =
        Pattern.compile(
            Pattern.quote(stem)
                + "-\\d{8}-\\d{6}-\\d{3}"
                + Pattern.quote(extension)
                + "(\\.gz|\\.zst)?");
  }

  /** Gives the file, which is closed, the name of a full one. */
  void rotate() throws IOException {
    String time = TIME.format(clock.instant());
    for (int number = 1; number < MAX_NUMBER; number++) {
      String name = String.format(Locale.ROOT, "%s-%s-%03d%s", stem, time, number, extension);
      Path target = file.resolveSibling(name);
      if (!exists(target)) {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
    }
    throw new IOException("There are already 1,000 files of %s of this second".formatted(file));
  }

  private static boolean exists(Path path) {
    return Files.exists(path)
        || Files.exists(path.resolveSibling(path.getFileName() + ".gz"))
        || Files.exists(path.resolveSibling(path.getFileName() + ".zst"));
  }

  /** Compresses full files and deletes those that are not to be kept. */
  void tidy() throws IOException {
    if (!keeping.compress().equals("none")) {
      for (Path full : full()) {
        if (full.toString().endsWith(extension) && !isCompressed(full)) {
          compress(full);
        }
      }
    }
    List<Path> newestFirst = full();
    newestFirst.sort(Comparator.reverseOrder());
    Instant oldest = clock.instant().minus(keeping.keepAge());
    long bytes = 0;
    for (int i = 0; i < newestFirst.size(); i++) {
      Path one = newestFirst.get(i);
      try {
        bytes += Files.size(one);
        boolean isOld = Files.getLastModifiedTime(one).toInstant().isBefore(oldest);
        if ((keeping.keepFiles() > 0 && i >= keeping.keepFiles())
            || (keeping.keepSize() > 0 && bytes > keeping.keepSize())
            || (!keeping.keepAge().isZero() && isOld)) {
          Files.deleteIfExists(one);
        }
      } catch (NoSuchFileException ex) {
        LOG.debug("{} was moved away by someone else", one, ex);
      }
    }
  }

  private static boolean isCompressed(Path path) {
    return path.toString().endsWith(".gz") || path.toString().endsWith(".zst");
  }

  /** The full files, in order of their time. */
  List<Path> full() throws IOException {
    Path directory = file.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return new ArrayList<>();
    }
    try (var paths = Files.list(directory)) {
      return new ArrayList<>(
          paths
              .filter((path) -> rotated.matcher(path.getFileName().toString()).matches())
              .sorted()
              .toList());
    }
  }

  private void compress(Path full) throws IOException {
    String ending = keeping.compress().equals("gzip") ? ".gz" : ".zst";
    Path target = full.resolveSibling(full.getFileName() + ending);
    Path partial = full.resolveSibling(target.getFileName() + ".partial");
    try (OutputStream file = Files.newOutputStream(partial);
        OutputStream packed =
            ending.equals(".gz")
                ? new GZIPOutputStream(file, 64 << 10)
                : new ZstdOutputStream(file)) {
      Files.copy(full, packed);
    }
    Files.setLastModifiedTime(partial, Files.getLastModifiedTime(full));
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(full);
  }
}
