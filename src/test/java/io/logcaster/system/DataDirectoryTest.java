package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.logcaster.system.DataDirectoryException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir Path dir;

  @Test
  void secondOpener_isRefusedWithTheOwnersProcessId() {
    try (DataDirectory first = DataDirectory.open(dir)) {
      assertThat(first.dir()).isEqualTo(dir.toAbsolutePath());
      assertThatExceptionOfType(DataDirectoryException.class)
          .isThrownBy(() -> DataDirectory.open(dir.resolve("../" + dir.getFileName())))
          .satisfies(
              (failure) -> {
                assertThat(failure.reason()).isEqualTo(Reason.LOCKED);
                assertThat(failure.owner()).isEqualTo(Long.toString(ProcessHandle.current().pid()));
                assertThat(advice(failure)).contains("another running LogCaster", "process");
              });
    }
  }

  @Test
  void lock_isReleasedByItsOwner_andAStaleFileIsNotALock() throws IOException {
    DataDirectory.open(dir).close();
    Files.writeString(dir.resolve("LOCK"), "999999 left by a crash");

    try (DataDirectory again = DataDirectory.open(dir)) {
      assertThat(again.dir().resolve("LOCK"))
          .hasContent(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void missingDirectories_areCreated() {
    try (DataDirectory directory = DataDirectory.open(dir.resolve("a/b"))) {
      assertThat(directory.dir()).isDirectory();
    }
  }

  @Test
  void fileInItsPlace_isNamed() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));

    assertThatExceptionOfType(DataDirectoryException.class)
        .isThrownBy(() -> DataDirectory.open(file))
        .satisfies(
            (failure) -> {
              assertThat(failure.reason()).isEqualTo(Reason.NOT_A_DIRECTORY);
              assertThat(advice(failure)).contains(file.toString(), "there is a file in its place");
            });
  }

  @Test
  void directoryThatCannotBeWritten_isNamedWithTheUser() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));

    assertThatExceptionOfType(DataDirectoryException.class)
        .isThrownBy(() -> DataDirectory.open(file.resolve("below")))
        .satisfies(
            (failure) -> {
              assertThat(failure.reason()).isEqualTo(Reason.NOT_WRITABLE);
              assertThat(advice(failure))
                  .contains(System.getProperty("user.name"), "logcaster.data.dir");
            });
  }

  private static String advice(Throwable failure) {
    var analysis = new DataDirectoryFailureAnalyzer().analyze(failure);
    return analysis.getDescription() + " " + analysis.getAction();
  }
}
