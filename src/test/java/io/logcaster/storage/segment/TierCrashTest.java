package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;
import io.logcaster.s3.S3Server;
import io.logcaster.s3.S3Server.Failure;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stops a server at each of its requests to the object storage, before or after it is carried out,
 * and looks at what the next start finds: on the same disk, and on an empty one.
 */
class TierCrashTest {

  private static final long START = 1_795_219_200L * Timestamps.SECOND;

  private static final int DAYS = 2;

  private static final int RECORDS = 40;

  /** What a crash left. */
  private record Left(Path disk, Map<String, byte[]> objects) {}

  @TempDir Path directory;

  private static void append(SegmentLogStorage storage, int day) throws IOException {
    RecordBatchBuilder builder = RecordBatch.builder(List.of());
    for (int i = 0; i < RECORDS; i++) {
      builder.time(START + day * Timestamps.DAY + i);
      builder.value(RecordBatchBuilder.MESSAGE, day + "-" + i);
      builder.end();
    }
    storage.append(builder.build()).join();
    storage.flushAll();
  }

  /** Selects the second half of each day. */
  private static RowFilter doomed() {
    return (batch, rows) -> {
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (!isDoomed(batch.record(row).message())) {
          rows.clear(row);
        }
      }
    };
  }

  private static boolean isDoomed(String message) {
    return Integer.parseInt(message.substring(message.indexOf('-') + 1)) >= RECORDS / 2;
  }

  /** Moves, deletes, moves what is new, and drops a day; stops where a step fails. */
  private static void work(SegmentLogStorage storage) {
    try {
      storage.moveDue();
      long _ = storage.delete(ScanRequest.all().where(doomed()));
      append(storage, DAYS);
      storage.moveDue();
      long _ = storage.dropBefore(START + Timestamps.DAY);
      storage.moveDue();
    } catch (IOException ex) {
      // The server has crashed.
    }
  }

  private static List<String> messages(SegmentLogStorage storage) throws IOException {
    List<String> found = new ArrayList<>();
    storage.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            found.add(batch.record(row).message());
          }
          return true;
        });
    return found;
  }

  /** The records in whole segments on a disk. */
  private static Set<String> local(Path disk) throws IOException {
    Set<String> found = new HashSet<>();
    for (String name : Manifest.read(disk.resolve("records"), Manifest.FILE).segments()) {
      if (name.endsWith(".seg")) {
        try (SegmentReader reader = SegmentReader.open(disk.resolve("records").resolve(name))) {
          for (int block = 0; block < reader.blockCount(); block++) {
            RecordBatch batch = reader.read(block);
            for (int row = 0; row < batch.size(); row++) {
              found.add(batch.record(row).message());
            }
          }
        }
      }
    }
    return found;
  }

  private static void copy(Path from, Path to) {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        if (!path.startsWith(from.resolve("tier-cache"))) {
          Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
      }
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  private static S3Server with(Map<String, byte[]> objects) throws IOException {
    S3Server server = new S3Server();
    objects.forEach(server::replace);
    return server;
  }

  /**
   * Works until a request.
   *
   * @param last the number of the request; later ones are not answered
   * @param done whether it is carried out, although its answer is lost
   * @return null if there are fewer requests
   */
  private Left crash(String name, int last, boolean done) throws IOException {
    Path disk = directory.resolve(name);
    Path left = directory.resolve(name + "-left");
    List<Left> found = new ArrayList<>();
    try (S3Server server = new S3Server();
        SegmentLogStorage storage = Tiers.open(disk, server)) {
      for (int day = 0; day < DAYS; day++) {
        append(storage, day);
      }
      AtomicInteger number = new AtomicInteger();
      server.failing(
          () -> {
            int now = number.incrementAndGet();
            if (now < last) {
              return null;
            }
            synchronized (found) {
              boolean first = found.isEmpty();
              if (first) {
                // The server waits for the answer, so its disk does not change meanwhile.
                copy(disk, left);
                found.add(new Left(left, Map.of()));
              }
              return new Failure(403, "Crashed", first && done);
            }
          });
      work(storage);
      return found.isEmpty() ? null : new Left(left, server.objects());
    }
  }

  @Test
  void crashAtAnyRequest_losesNothing_andCountsNothingTwice() throws IOException {
    int crashes = 0;
    for (int last = 1; ; last++) {
      boolean done = last % 2 == 0;
      Left left = crash("crash-" + last, last, done);
      if (left == null) {
        break;
      }
      crashes++;
      check(left, "request " + last + (done ? ", carried out" : ""));
    }
    assertThat(crashes).isGreaterThan(25);
  }

  private void check(Left left, String where) throws IOException {
    Set<String> local = local(left.disk());
    Set<String> survivors = new TreeSet<>();
    Set<String> later = new TreeSet<>();
    try (S3Server server = with(left.objects())) {
      try (SegmentLogStorage storage = Tiers.open(left.disk(), server)) {
        List<String> found = messages(storage);
        assertThat(found).as(where).doesNotHaveDuplicates();
        survivors.addAll(found);
        for (int day = 1; day < DAYS; day++) {
          for (int i = 0; i < RECORDS / 2; i++) {
            assertThat(survivors).as(where).contains(day + "-" + i);
          }
        }
        Tiers.move(storage);
        assertThat(messages(storage)).as(where).containsExactlyInAnyOrderElementsOf(survivors);
        assertThat(storage.damage()).as(where).isEmpty();
        long objects =
            server.objects().keySet().stream().filter((key) -> key.contains("/segments/")).count();
        assertThat(objects).as("no leftovers after " + where).isEqualTo(2L * segments(storage));
        later.addAll(messages(storage));
      }
      try (SegmentLogStorage storage =
          Tiers.open(left.disk().resolveSibling(left.disk().getFileName() + "-new"), server)) {
        assertThat(messages(storage)).as(where).containsExactlyInAnyOrderElementsOf(later);
      }
    }
    try (S3Server server = with(left.objects());
        SegmentLogStorage storage =
            Tiers.open(left.disk().resolveSibling(left.disk().getFileName() + "-lost"), server)) {
      List<String> found = messages(storage);
      assertThat(found).as("disk lost, " + where).doesNotHaveDuplicates();
      Set<String> kept = new TreeSet<>(survivors);
      kept.removeAll(local);
      // What a deletion has not finished on the disk may be gone there already.
      kept.removeIf((message) -> isDoomed(message) || message.startsWith("0-"));
      assertThat(found).as("disk lost, " + where).containsAll(kept);
    }
  }

  private static int segments(SegmentLogStorage storage) {
    return storage.tier() == null ? 0 : storage.tier().segments();
  }
}
