package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.record.Field;
import io.logcaster.storage.ScanRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Kills a process under load; {@code -Dlogcaster.kills=100} kills more often. */
@Execution(ExecutionMode.CONCURRENT)
class SegmentLogStorageKillTest {

  private static final int KILLS = Integer.getInteger("logcaster.kills", 4);

  @TempDir Path directory;

  @Test
  void open_afterAKillUnderLoad_findsAcknowledgedBatchesOnce() throws Exception {
    Random random = new Random(Seeds.fresh());
    Set<Integer> acknowledged = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged.addAll(appendAndKill(kill * 1_000_000, 20 + random.nextInt(200)));
      check(acknowledged, kill);
    }
  }

  /** Starts a process that appends, and kills it after so many acknowledged batches. */
  private Set<Integer> appendAndKill(int first, int count) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                AppendingProcess.class.getName(),
                directory.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Set<Integer> acknowledged = new HashSet<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        acknowledged.add(Integer.valueOf(line));
        if (acknowledged.size() == count) {
          // Not through Process: that would close the pipe, which may still contain output.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(count);
    return acknowledged;
  }

  private void check(Set<Integer> acknowledged, int kill) throws IOException {
    TreeMap<Integer, List<Integer>> found = new TreeMap<>();
    TreeSet<Long> marks = new TreeSet<>();
    try (SegmentLogStorage storage = SegmentLogStorage.open(directory, AppendingProcess.OPTIONS)) {
      assertThat(storage.damage()).isEmpty();
      storage.scan(
          ScanRequest.all(),
          (batch, rows, worker) -> {
            for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
              String[] id = batch.column(Field.MESSAGE).text(row).split("/", 2);
              found
                  .computeIfAbsent(Integer.valueOf(id[0]), (key) -> new ArrayList<>())
                  .add(Integer.valueOf(id[1]));
            }
            return true;
          });
      for (int thread = 0; thread < AppendingProcess.THREADS; thread++) {
        marks.add(storage.lastDelivery("thread-" + thread));
      }
      marks.remove(-1L); // of a thread that was killed before its first batch
    }
    assertThat(marks.last())
        .as("the newest mark after kill %s with %s", kill, Seeds.told(Seeds.fresh()))
        .isEqualTo(found.lastKey().longValue());
    assertThat(found.keySet())
        .as("batches of the newest marks after kill %s with %s", kill, Seeds.told(Seeds.fresh()))
        .containsAll(marks.stream().map(Long::intValue).toList());
    assertThat(found.keySet())
        .as("batches after kill %s with %s", kill, Seeds.told(Seeds.fresh()))
        .containsAll(acknowledged);
    found.forEach(
        (number, rows) ->
            assertThat(rows)
                .as(
                    "rows of batch %s after kill %s with %s",
                    number, kill, Seeds.told(Seeds.fresh()))
                .doesNotHaveDuplicates()
                .hasSize(AppendingProcess.rows(number)));
  }
}
