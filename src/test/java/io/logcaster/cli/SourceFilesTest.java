package io.logcaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    for (String name : List.of("a.log", "b.gz", "deep/c.gz", "deep/er/d.gz", ".hidden/e.gz")) {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private List<String> found(String pattern) throws IOException {
    return SourceFiles.files(directory + "/" + pattern).stream()
        .map((path) -> directory.relativize(path).toString())
        .toList();
  }

  @Test
  void twoStars_matchAnyDirectories_orNone() throws IOException {
    assertThat(found("**/*.gz")).containsExactly("b.gz", "deep/c.gz", "deep/er/d.gz");
    assertThat(found("deep/**/*")).containsExactly("deep/c.gz", "deep/er/d.gz");
    assertThat(found("**")).containsExactly("a.log", "b.gz", "deep/c.gz", "deep/er/d.gz");
  }

  @Test
  void oneStar_matchesWithinItsDirectory() throws IOException {
    assertThat(found("*.gz")).containsExactly("b.gz");
    assertThat(found("*/*.gz")).containsExactly("deep/c.gz");
    assertThat(found("a.log")).containsExactly("a.log");
    assertThat(found("")).containsExactly("a.log", "b.gz", "deep/c.gz", "deep/er/d.gz");
  }

  @Test
  void nothingFound_isReported() {
    assertThatThrownBy(() -> found("*.zst"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no files found");
    assertThatThrownBy(() -> found("none.log"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no such file");
  }
}
