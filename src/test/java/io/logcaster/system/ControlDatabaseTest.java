package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logcaster.TestClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class ControlDatabaseTest {

  private final TestClock clock = new TestClock(Instant.parse("2026-11-30T12:00:00Z"));

  @TempDir Path dir;

  @Test
  void commit_isInTheFileBeforeItReturns() throws IOException {
    Path crashed = dir.resolve("crashed");
    try (DataDirectory directory = DataDirectory.open(dir.resolve("live"));
        var source =
            new ControlOpening(
                    directory, new ControlProperties(null, null, null, null), Clock.systemUTC())
                .pool()) {
      SettingsStore settings = new SettingsStore(JdbcClient.create(source), Clock.systemUTC());
      settings.put("first", "1");
      settings.put("second", "2");

      // What a killed process would leave behind: the file in its current state, without a close.
      Files.createDirectories(crashed);
      Files.copy(directory.dir().resolve("control.mv.db"), crashed.resolve("control.mv.db"));
    }

    try (DataDirectory directory = DataDirectory.open(crashed);
        var source =
            new ControlOpening(
                    directory, new ControlProperties(null, null, null, null), Clock.systemUTC())
                .pool()) {
      SettingsStore settings = new SettingsStore(JdbcClient.create(source), Clock.systemUTC());
      assertThat(settings.get("first")).hasValue("1");
      assertThat(settings.get("second")).hasValue("2");
    }
  }

  @Test
  void databaseFile_isWrittenThroughToTheDisk() throws IOException {
    FilePath.register(new Recording());
    SyncedFilePath.register();
    Recording.MODES.clear();

    FilePath.get("sync:recording:" + dir.resolve("file")).open("rw").close();
    FilePath.get("sync:recording:" + dir.resolve("file")).open("r").close();

    assertThat(Recording.MODES).containsExactly("rwd", "r");
    assertThat(ControlDatabase.url(dir)).startsWith("jdbc:h2:sync:").contains(";WRITE_DELAY=0");
  }

  @Test
  void failedWrite_isReported_readsContinue_andWritesResumeWhenTheDiskAcceptsThem()
      throws Exception {
    Files.createDirectories(dir);
    FilePath.register(new Full());
    Full.full = false;
    try (ControlPool pool = open("full:")) {
      SettingsStore settings = settings(pool);
      settings.put("kept", "1");
      Full.full = true;

      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> settings.put("lost", "2")).isInstanceOf(DataAccessException.class);
        assertThat(settings.get("kept")).hasValue("1");
      }
      clock.advance(Duration.ofMinutes(1));
      Health down = new ControlHealth(pool).health();
      assertThat(down.getStatus()).isEqualTo(Status.DOWN);
      assertThat(down.getDetails().get("reason")).asString().contains("No space left");

      Full.full = false;
      assertThat(new ControlHealth(pool).health().getStatus()).isEqualTo(Status.DOWN);
      // The pool closes its readers in a thread of its own, and tries again if some are left.
      await()
          .until(
              () -> {
                clock.advance(Duration.ofSeconds(5));
                return new ControlHealth(pool).health().getStatus();
              },
              Status.UP::equals);
      settings.put("later", "3");
    }
    try (ControlPool pool = open("")) {
      assertThat(settings(pool).get("kept")).hasValue("1");
      assertThat(settings(pool).get("lost")).isEmpty();
      assertThat(settings(pool).get("later")).hasValue("3");
    }
  }

  @Test
  void fullDisk_doesNotStopTheStart() throws Exception {
    FilePath.register(new Full());
    Full.full = false;
    try (ControlPool pool = open("")) {
      settings(pool).put("kept", "1");
    }
    Full.full = true;
    try (ControlPool pool = open("full:")) {
      assertThat(settings(pool).get("kept")).hasValue("1");
    } finally {
      Full.full = false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zeros", "third", "noise", "head", "text", "empty", "gone"})
  void damagedFile_isKept_andReplacedByTheCopyOfTheLastStart(String damage) throws Exception {
    try (ControlPool pool = open("")) {
      settings(pool).put("kept", "1");
    }
    open("").close(); // this start creates the copy
    boolean gone = damage(damage);

    try (ControlPool pool = open("")) {
      assertThat(settings(pool).get("kept")).hasValue("1");
      settings(pool).put("later", "2");
      assertThat(pool.events()).singleElement().asString().contains("copy");
      assertThat(new ControlHealth(pool).health().getDetails()).containsKey("start");
    }
    if (!gone) {
      try (Stream<Path> kept = Files.list(dir.resolve("quarantine"))) {
        assertThat(kept).hasSize(1);
      }
    }
    try (ControlPool pool = open("")) {
      assertThat(settings(pool).get("later")).hasValue("2");
      assertThat(pool.events()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "empty"})
  void damagedFileWithoutACopy_isKept_andTheLossIsReported(String damage) throws Exception {
    open("").close();
    Files.delete(dir.resolve("control-copy.zip"));
    damage(damage);

    try (ControlPool pool = open("")) {
      assertThat(pool.events()).singleElement().asString().contains("a new one was created");
    }
    assertThat(dir.resolve("quarantine")).isNotEmptyDirectory();
  }

  @Test
  void firstStart_reportsNoEvents() {
    try (ControlPool pool = open("")) {
      assertThat(pool.events()).isEmpty();
    }
  }

  private ControlPool open(String scheme) {
    String url = ControlDatabase.url(dir).replace("sync:", "sync:" + scheme);
    return ControlDatabase.open(new ControlFiles(dir, clock), url, clock);
  }

  private static SettingsStore settings(ControlPool pool) {
    return new SettingsStore(JdbcClient.create(pool), Clock.systemUTC());
  }

  private boolean damage(String how) throws IOException {
    Path file = dir.resolve("control.mv.db");
    byte[] good = Files.readAllBytes(file);
    byte[] noise = new byte[good.length];
    new Random(7).nextBytes(noise);
    switch (how) {
      case "zeros" -> Files.write(file, new byte[good.length]);
      case "third" -> Files.write(file, Arrays.copyOf(good, good.length / 3));
      case "noise" -> Files.write(file, noise);
      case "head" -> {
        System.arraycopy(good, 0, noise, 0, 8192);
        Files.write(file, noise);
      }
      case "text" -> Files.writeString(file, "hello");
      case "empty" -> Files.write(file, new byte[0]);
      default -> Files.delete(file);
    }
    return how.equals("gone");
  }

  /** A disk that can be switched to refuse writes. Public because H2 instantiates it. */
  public static final class Full extends FilePathWrapper {

    static volatile boolean full;

    @Override
    public String getScheme() {
      return "full";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
      FileChannel file = getBase().open(mode);
      return new FileBaseDefault() {
        @Override
        public long size() throws IOException {
          return file.size();
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
          return file.read(target, position);
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
          if (full) {
            throw new IOException("No space left on device");
          }
          return file.write(source, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
          file.truncate(size);
        }

        @Override
        public void force(boolean metadata) throws IOException {
          file.force(metadata);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
          return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
          file.close();
        }
      };
    }
  }

  /** Records how a file is opened. Public because H2 instantiates it. */
  public static final class Recording extends FilePathWrapper {

    static final List<String> MODES = new CopyOnWriteArrayList<>();

    @Override
    public String getScheme() {
      return "recording";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
      MODES.add(mode);
      return getBase().open(mode);
    }
  }
}
