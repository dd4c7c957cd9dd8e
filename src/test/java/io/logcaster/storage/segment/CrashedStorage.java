package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.Batches;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.crash.CrashFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.io.TempDir;

/**
 * Works with a storage on a file system that records syncs, and checks what is found when it is
 * opened again on what a crash would have left.
 */
abstract class CrashedStorage {

  static final long TODAY = 1_795_262_400L * Timestamps.SECOND;

  private static final long LONG_AGO = TODAY - 20 * Timestamps.DAY;

  private static final String CLIENT = "sender";

  static final SegmentOptions SMALL =
      SegmentOptions.defaults().withFlush(30_000, Duration.ofDays(1)).withMergeFan(3);

  /** The history of a batch, in moments of the file system. */
  static final class Sent {

    final int rows;
    final int sent;
    final boolean marked;
    int acknowledged = Integer.MAX_VALUE;
    int deleting = Integer.MAX_VALUE;
    int deleted = Integer.MAX_VALUE;
    boolean refused;

    Sent(int rows, int sent, boolean marked) {
      this.rows = rows;
      this.sent = sent;
      this.marked = marked;
    }
  }

  @TempDir Path temporary;

  final Map<Integer, Sent> batches = new TreeMap<>();

  /** The number of the last batch with a delivery mark, which every third batch has. */
  private int lastMarked = -1;

  CrashFileSystem disk(String name) throws IOException {
    return new CrashFileSystem(Files.createDirectory(temporary.resolve(name)));
  }

  static SegmentLogStorage open(Path directory) throws IOException {
    return SegmentLogStorage.open(directory, SMALL);
  }

  /** Sends, flushes, merges, deletes and reopens at random. */
  void work(CrashFileSystem disk, Random random) throws IOException {
    SegmentLogStorage storage = open(disk.root());
    for (int step = 0; step < 40; step++) {
      switch (random.nextInt(12)) {
        case 0 -> storage.flushAll();
        case 1, 2 -> storage.mergeOnce();
        case 3 -> delete(storage, disk, random);
        case 4 -> dropOld(storage, disk);
        case 5 -> {
          storage.close();
          storage = open(disk.root());
        }
        default -> {
          List<Runnable> acknowledgements = new ArrayList<>();
          for (int i = random.nextInt(4); i >= 0; i--) {
            acknowledgements.add(send(storage, disk, random, batches.size()));
          }
          acknowledgements.forEach(Runnable::run);
        }
      }
    }
    storage.close();
  }

  /** Sends a batch and returns an action that waits for the answer and records it. */
  Runnable send(SegmentLogStorage storage, CrashFileSystem disk, Random random, int number) {
    int rows = 1 + random.nextInt(60);
    // The first batches are old, so that dropping old records always drops whole batches.
    boolean old = number % 5 == 0;
    boolean daysApart = !old && random.nextInt(4) == 0;
    LogRecord[] records = new LogRecord[rows];
    for (int row = 0; row < rows; row++) {
      long time = (old ? LONG_AGO : TODAY) + number * Timestamps.SECOND + row;
      if (daysApart) {
        time -= random.nextInt(3) * Timestamps.DAY;
      }
      records[row] =
          new LogRecord(
              time,
              9,
              number + "/" + row + " took " + random.nextInt(1000) + " ms",
              List.of(
                  new Field("app", "app-" + random.nextInt(3)),
                  new Field("trace", Long.toHexString(random.nextLong()))));
    }
    boolean marked = number % 3 == 0;
    Sent sent = new Sent(rows, disk.moment(), marked);
    batches.put(number, sent);
    RecordBatch batch = Batches.of(records);
    if (marked) {
      batch = batch.withMark(new DeliveryMark(CLIENT, number, lastMarked));
      lastMarked = number;
    }
    CompletableFuture<Void> done = storage.append(batch);
    return () -> {
      try {
        done.get(60, TimeUnit.SECONDS);
        sent.acknowledged = disk.moment();
      } catch (ExecutionException ex) {
        assertThat(ex).hasCauseInstanceOf(IOException.class);
        sent.refused = true;
        lastMarked = (int) storage.lastDelivery(CLIENT);
      } catch (InterruptedException | TimeoutException ex) {
        fail("No answer to batch " + number, ex);
      }
    };
  }

  private void delete(SegmentLogStorage storage, CrashFileSystem disk, Random random)
      throws IOException {
    if (batches.isEmpty()) {
      return;
    }
    int number = random.nextInt(batches.size());
    byte[] prefix = (number + "/").getBytes(StandardCharsets.UTF_8);
    RowFilter filter =
        (batch, rows) ->
            batch
                .column(Field.MESSAGE)
                .retain(
                    rows,
                    (bytes, from, to) ->
                        to - from >= prefix.length
                            && Arrays.equals(
                                bytes, from, from + prefix.length, prefix, 0, prefix.length));
    Sent doomed = batches.get(number);
    int before = disk.moment();
    storage.delete(ScanRequest.all().where(filter));
    gone(List.of(doomed), before, disk.moment());
  }

  private void dropOld(SegmentLogStorage storage, CrashFileSystem disk) throws IOException {
    List<Sent> old =
        batches.entrySet().stream()
            .filter((entry) -> entry.getKey() % 5 == 0)
            .map(Map.Entry::getValue)
            .toList();
    storage.flushAll();
    int before = disk.moment();
    storage.dropBefore(TODAY - 10 * Timestamps.DAY);
    gone(old, before, disk.moment());
  }

  private static void gone(List<Sent> doomed, int before, int after) {
    for (Sent batch : doomed) {
      batch.deleting = Math.min(batch.deleting, before);
      batch.deleted = Math.min(batch.deleted, after);
    }
  }

  void check(Path directory, int moment, String where) throws IOException {
    try (SegmentLogStorage storage = open(directory)) {
      check(storage, moment, where);
      // The recovered storage accepts records again.
      assertThat(storage.append(Batches.of(new LogRecord(TODAY, 0, "-1/0 afterwards", List.of()))))
          .succeedsWithin(60, TimeUnit.SECONDS);
    }
    try (SegmentLogStorage storage = open(directory)) {
      check(storage, moment, where + ", opened again");
    }
  }

  void check(SegmentLogStorage storage, int moment, String where) throws IOException {
    Map<Integer, List<Integer>> found = new TreeMap<>();
    storage.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            String[] id = batch.column(Field.MESSAGE).text(row).split("[/ ]", 3);
            found
                .computeIfAbsent(Integer.valueOf(id[0]), (key) -> new ArrayList<>())
                .add(Integer.valueOf(id[1]));
          }
          return true;
        });
    found.remove(-1);
    Set<Integer> present = Set.copyOf(found.keySet());
    for (Map.Entry<Integer, Sent> entry : batches.entrySet()) {
      List<Integer> rows = found.getOrDefault(entry.getKey(), List.of());
      found.remove(entry.getKey());
      Sent sent = entry.getValue();
      assertThat(rows)
          .as("rows of batch %s after %s", entry.getKey(), where)
          .doesNotHaveDuplicates()
          .hasSizeLessThanOrEqualTo(sent.rows);
      if (sent.refused || sent.sent > moment || sent.deleted <= moment) {
        assertThat(rows).as("batch %s after %s", entry.getKey(), where).isEmpty();
      } else if (sent.acknowledged <= moment && sent.deleting > moment) {
        assertThat(rows).as("batch %s after %s", entry.getKey(), where).hasSize(sent.rows);
      } else if (sent.acknowledged > moment) {
        assertThat(rows.size())
            .as("batch %s after %s is whole or not there", entry.getKey(), where)
            .isIn(0, sent.rows);
      }
    }
    assertThat(found).as("never sent, after %s", where).isEmpty();
    checkDeliveries(storage.lastDelivery(CLIENT), present, moment, where);
  }

  /** A mark exists if and only if its batch does: senders rely on that. */
  private void checkDeliveries(long last, Set<Integer> present, int moment, String where) {
    batches.forEach(
        (number, sent) -> {
          if (!sent.marked) {
            return;
          }
          if (number <= last && !sent.refused && sent.deleting > moment) {
            assertThat(present)
                .as("batches before the mark %s after %s", last, where)
                .contains(number);
          }
          if (present.contains(number) || (!sent.refused && sent.acknowledged <= moment)) {
            assertThat(last).as("last delivery after %s", where).isGreaterThanOrEqualTo(number);
          } else if (last == number) {
            assertThat(sent.deleting)
                .as("moment when batch %s was deleted, after %s", number, where)
                .isLessThanOrEqualTo(moment);
          }
        });
  }

  static void remove(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
