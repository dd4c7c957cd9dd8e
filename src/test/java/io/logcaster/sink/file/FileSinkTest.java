package io.logcaster.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import io.logcaster.TestClock;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContexts;
import io.logcaster.sink.SinkContract;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.SinkOptions;
import io.logcaster.system.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FileSinkTest extends SinkContract {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;

  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

  String writer() {
    return "buffered";
  }

  @Override
  protected Sink open() {
    return open(Map.of());
  }

  private Sink open(Map<String, Object> more) {
    Map<String, Object> options = new TreeMap<>(more);
    options.putIfAbsent("path", "logs/app.log");
    options.put("writer", writer());
    FileSinkType type = new FileSinkType();
    return type.open(SinkOptions.of(type.options(), options), SinkContexts.in(directory, clock));
  }

  private Path file() {
    return directory.resolve("logs/app.log");
  }

  @Override
  protected List<String> received(int atLeast) throws IOException {
    List<String> messages = new ArrayList<>();
    if (Files.exists(file())) {
      for (String line : Files.readString(file()).lines().toList()) {
        String json = line.replace("\u0000", "");
        if (!json.isEmpty()) {
          messages.add(JSON.readTree(json).path("_msg").stringValue(""));
        }
      }
    }
    return messages;
  }

  @Override
  protected void fail() throws IOException {
    // A directory in the place of the file, which another program has moved away.
    Files.move(file(), directory.resolve("logs/moved"));
    Files.createDirectory(file());
    Files.createDirectory(file().resolve("x"));
  }

  @Override
  protected void mend() throws IOException {
    Files.delete(file().resolve("x"));
    Files.delete(file());
    Files.move(directory.resolve("logs/moved"), file());
  }

  @Override
  protected boolean noticesFailures() {
    return false; // it goes on writing to the file that it has open
  }

  private static void round(Sink sink, int from, int to) throws SinkException {
    sink.begin(from);
    sink.write(batch(from, to));
    sink.flush();
  }

  @Test
  void path_thatCannotBeWritten_isATemporaryFailure() throws Exception {
    Files.writeString(directory.resolve("logs"), "a file where a directory should be");
    try (Sink sink = open()) {
      assertThatThrownBy(() -> round(sink, 0, 1))
          .isInstanceOfSatisfying(
              SinkException.class,
              (ex) -> assertThat(ex.kind()).isEqualTo(SinkException.Kind.TEMPORARY))
          .hasMessageContaining("app.log");
    }
  }

  @Test
  void roundThatIsBegunAgain_isWrittenOnce() throws Exception {
    try (Sink sink = open()) {
      round(sink, 0, 3);
      sink.begin(3);
      sink.write(batch(3, 6));
      round(sink, 3, 6);
    }
    assertThat(received(6)).containsExactlyElementsOf(messages(0, 6));
  }

  @Test
  void lineThatACrashCutOff_isRemovedWhenTheFileIsOpened() throws Exception {
    try (Sink sink = open()) {
      round(sink, 0, 3);
    }
    Files.writeString(file(), "{\"_msg\":\"half", StandardOpenOption.APPEND);
    Files.write(file(), new byte[5_000], StandardOpenOption.APPEND);
    try (Sink sink = open()) {
      round(sink, 3, 5);
    }
    assertThat(Files.readString(file())).doesNotContain("half", "\u0000");
    assertThat(received(5)).containsExactlyElementsOf(messages(0, 5));
  }

  @Test
  void largeRounds_growPastBuffersAndWindows() throws Exception {
    try (Sink sink = open(Map.of("rotateSize", "0B"))) {
      for (int i = 0; i < 8; i++) {
        round(sink, i * 10_000, i * 10_000 + 10_000);
      }
    }
    assertThat(received(80_000)).containsExactlyElementsOf(messages(0, 80_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "zstd"})
  void fullFile_isRenamedAndCompressed(String compress) throws Exception {
    try (Sink sink = open(Map.of("rotateSize", "1KB", "compress", compress))) {
      round(sink, 0, 10);
      clock.advance(Duration.ofSeconds(1));
      round(sink, 10, 11);
      String ending = Map.of("none", "", "gzip", ".gz", "zstd", ".zst").get(compress);
      Path full = directory.resolve("logs/app-20261121-120000-001.log" + ending);
      await(() -> Files.exists(full) && files().size() == 2);

      assertThat(text(full).lines()).hasSize(10);
      assertThat(received(1)).containsExactly("record 10");
    }
  }

  private static String text(Path path) throws IOException {
    try (InputStream file = Files.newInputStream(path);
        InputStream text =
            path.toString().endsWith(".gz")
                ? new GZIPInputStream(file)
                : path.toString().endsWith(".zst") ? new ZstdInputStream(file) : file) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> files() {
    try (var paths = Files.list(directory.resolve("logs"))) {
      return paths.map((path) -> path.getFileName().toString()).sorted().toList();
    } catch (IOException ex) {
      return List.of();
    }
  }

  /** Full files are tidied by a thread of their own. */
  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void newDay_beginsANewFile() throws Exception {
    try (Sink sink = open(Map.of("rotateEvery", "1d"))) {
      round(sink, 0, 2);
      clock.advance(Duration.ofHours(13));
      round(sink, 2, 4);
      round(sink, 4, 5);

      assertThat(files()).hasSize(2).contains("app-20261122-010000-001.log");
      assertThat(received(1)).containsExactly("record 4");
    }
  }

  @Test
  void fullFiles_moreThanToKeep_areDeletedFromTheOldestOn() throws Exception {
    try (Sink sink = open(Map.of("rotateSize", "1B", "keepFiles", 2))) {
      for (int i = 0; i < 5; i++) {
        round(sink, i, i + 1);
        clock.advance(Duration.ofSeconds(1));
      }
      await(() -> files().size() == 2);
      assertThat(files())
          .containsExactly("app-20261121-120003-001.log", "app-20261121-120004-001.log");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "raw, 'record 0'",
    "logfmt," + " 'time=2026-11-21T12:00:00Z msg=\"record 0\" level=INFO host=web-1 app=shop n=0'",
    "syslog, '<134>1 2026-11-21T12:00:00Z web-1 shop - - [fields@32473 n=\"0\"] record 0'"
  })
  void format_decidesWhatALineIs(String format, String line) throws Exception {
    try (Sink sink = open(Map.of("format", format))) {
      round(sink, 0, 1);
    }
    assertThat(Files.readString(file())).isEqualTo(line + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/cron.d/x", "../x", "logs/../../x", ".", "logs/"})
  void path_outsideOfTheDirectory_isRefused(String path) {
    assertThatThrownBy(() -> open(Map.of("path", path)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("options.path");
  }
}
