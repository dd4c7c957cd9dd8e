package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import io.logcaster.storage.Batches;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {

  @TempDir Path data;

  private final StringWriter printed = new StringWriter();

  @BeforeEach
  void fill() throws IOException {
    try (SegmentLogStorage storage = SegmentLogStorage.open(data, SegmentOptions.defaults())) {
      append(storage, 0);
      storage.flushAll();
      append(storage, 1);
      // As a killed server leaves it: with a log.
      copy(data.resolve("wal"), data.resolve("kept"));
    }
    copy(data.resolve("kept"), data.resolve("wal"));
  }

  @Test
  void check_ofAWholeDirectory_countsAndChangesNothing() throws IOException {
    List<String> before = listing();
    assertThat(check()).isZero();
    assertThat(printed.toString()).contains("200 records in 2 segments", "All checksums are right");
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void check_afterAFlippedBitAnywhere_namesTheFile() throws IOException {
    Random random = new Random(8);
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      // The last frame of the newest file of the log may be a tail that was never durable.
      int length = file.toString().endsWith(".wal") ? 32 : whole.length;
      if (length == 0) {
        continue; // a mark, whose name says all
      }
      for (int i = 0; i < 20; i++) {
        byte[] damaged = whole.clone();
        damaged[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        if (length == 32 && damaged[28] + damaged[29] + damaged[30] + damaged[31] != 0) {
          continue; // these four are not used
        }
        Files.write(file, damaged);
        assertThat(check()).as("%s", file).isEqualTo(1);
        assertThat(printed.toString()).contains("DAMAGED", file.getFileName().toString());
      }
      Files.write(file, whole);
    }
    assertThat(check()).isZero();
  }

  @Test
  void check_ofAMissingSegment_namesIt() throws IOException {
    Path segment =
        files().stream()
            .filter((file) -> file.toString().endsWith(".seg"))
            .findFirst()
            .orElseThrow();
    Files.delete(segment);
    assertThat(check()).isEqualTo(1);
    assertThat(printed.toString()).contains(segment.getFileName() + " is missing");
  }

  @Test
  void check_ofADirectoryInUse_isRefusedUnlessForced() throws IOException {
    try (FileChannel lock =
            FileChannel.open(
                data.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      assertThat(check()).isEqualTo(2);
      assertThat(printed.toString()).contains("running LogCaster", "--in-use");
      assertThat(check("--in-use")).isZero();
    }
    assertThat(check()).isZero();
  }

  @Test
  void check_ofSomethingElse_isRefused() {
    assertThat(run(data.resolve("records").resolve("nothing").toString())).isEqualTo(2);
    assertThat(printed.toString()).contains("not a data directory");
  }

  private int check(String... options) {
    return run(
        Stream.concat(Stream.of(options), Stream.of(data.toString())).toArray(String[]::new));
  }

  private int run(String... arguments) {
    printed.getBuffer().setLength(0);
    PrintWriter writer = new PrintWriter(printed, true);
    return new CommandLine(new CheckCommand()).setOut(writer).setErr(writer).execute(arguments);
  }

  private static void append(SegmentLogStorage storage, int number) {
    storage
        .append(
            Batches.of(
                IntStream.range(0, 100)
                    .mapToObj((i) -> new LogRecord(i, 9, number + " took " + i, List.of()))
                    .toArray(LogRecord[]::new)))
        .join();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(Files::isRegularFile)
          .filter((file) -> !file.startsWith(data.resolve("kept")))
          .filter((file) -> !file.endsWith("LOCK") && !file.endsWith("APPLIED_RULES"))
          .sorted()
          .toList();
    }
  }

  private List<String> listing() throws IOException {
    return files().stream()
        .map(
            (file) -> {
              try {
                return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
              } catch (IOException ex) {
                throw new AssertionError(ex);
              }
            })
        .toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
