package io.logcaster.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateLogTest {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve(TemplateLog.FILE);
  }

  private static KnownTemplate template(int number) {
    byte[] text = ("template " + number).getBytes(StandardCharsets.UTF_8);
    KnownTemplate template =
        new KnownTemplate(number, text, new FirstRecord(number, number, new byte[8]));
    template.add(number % 3, number, number);
    return template;
  }

  private void write(int... numbers) throws IOException {
    try (TemplateLog log = new TemplateLog(directory)) {
      boolean _ = log.open((changes) -> {});
      for (int number : numbers) {
        TemplateChanges changes = new TemplateChanges();
        changes.template(template(number));
        log.append(changes);
      }
    }
  }

  /** The ids in the file, by way of the registry. */
  private List<Long> read() throws IOException {
    try (TemplateRegistry registry =
        new TemplateRegistry(directory, 1_000, 1 << 20, Clock.systemUTC())) {
      registry.load(0);
      registry.ready();
      return registry.read((templates) -> templates.map((each) -> each.id).sorted().toList());
    }
  }

  @Test
  void open_afterATornWrite_keepsWholeFrames_andGoesOn() throws IOException {
    write(1, 2, 3);
    byte[] bytes = Files.readAllBytes(file());
    for (int cut = 1; cut < 20; cut++) {
      Files.write(file(), Arrays.copyOf(bytes, bytes.length - cut));
      assertThat(read()).as("cut by " + cut).containsExactly(1L, 2L);
      write(4);
      assertThat(read()).containsExactly(1L, 2L, 4L);
    }
  }

  @Test
  void open_ofADamagedFrame_keepsThoseBefore() throws IOException {
    write(1, 2, 3);
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length - 5] ^= 4;
    Files.write(file(), bytes);
    assertThat(read()).containsExactly(1L, 2L);
  }

  @Test
  void open_ofAnotherVersion_putsItAside_andBeginsAnew() throws IOException {
    write(1);
    byte[] bytes = Files.readAllBytes(file());
    bytes[7]++;
    Files.write(file(), bytes);
    assertThat(read()).isEmpty();
    assertThat(directory.resolve("templates.log.damaged")).hasBinaryContent(bytes);
  }

  @Test
  void rewrite_keepsWhatTheSnapshotHas_andMayBeAppendedTo() throws IOException {
    write(1, 2);
    try (TemplateLog log = new TemplateLog(directory)) {
      assertThat(log.open((changes) -> {})).isTrue();
      log.rewrite(
          (frames) -> {
            for (int number : new int[] {7, 8}) {
              TemplateChanges changes = new TemplateChanges();
              changes.template(template(number));
              frames.add(changes);
            }
          });
      TemplateChanges changes = new TemplateChanges();
      changes.template(template(9));
      log.append(changes);
    }
    assertThat(read()).containsExactly(7L, 8L, 9L);
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void garbageBehindTheHead_isDropped() throws IOException {
    write();
    Files.write(file(), new byte[50], StandardOpenOption.APPEND);
    assertThat(read()).isEmpty();
    write(1);
    assertThat(read()).containsExactly(1L);
  }
}
