package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class ControlDatabaseTest {

  private final ControlDatabase database = new ControlDatabase();

  @TempDir Path dir;

  @Test
  void commit_isInTheFileBeforeItReturns() throws IOException {
    Path crashed = dir.resolve("crashed");
    try (DataDirectory directory = DataDirectory.open(dir.resolve("live"));
        var source = database.dataSource(directory)) {
      SettingsStore settings = new SettingsStore(JdbcClient.create(source), Clock.systemUTC());
      settings.put("first", "1");
      settings.put("second", "2");

      // What a killed process would leave: the file as it is now, without an orderly close.
      Files.createDirectories(crashed);
      Files.copy(directory.dir().resolve("control.mv.db"), crashed.resolve("control.mv.db"));
    }

    try (DataDirectory directory = DataDirectory.open(crashed);
        var source = database.dataSource(directory)) {
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

  /** Sees how a file is opened. Public for H2, which creates it. */
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
