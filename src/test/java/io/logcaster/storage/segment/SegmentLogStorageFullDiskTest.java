package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.record.LogRecord;
import io.logcaster.storage.Batches;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.storage.crash.CrashFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Fills the disk below a storage, and expects that acknowledged batches survive. */
class SegmentLogStorageFullDiskTest extends CrashedStorage {

  @Test
  void append_whileTheDiskIsFull_failsAndRecoversWhenThereIsRoom() throws IOException {
    Random random = new Random(5);
    CrashFileSystem disk = disk("live");
    try (SegmentLogStorage storage = open(disk.root())) {
      for (int round = 0; round < 8; round++) {
        for (int i = 0; i < 4; i++) {
          send(storage, disk, random, batches.size()).run();
        }
        disk.leaveRoom(random.nextInt(3_000));
        for (int i = 0; i < 6; i++) {
          send(storage, disk, random, batches.size()).run();
        }
        disk.leaveRoom(Long.MAX_VALUE);
      }
      assertThat(batches.values()).anyMatch((batch) -> batch.refused);
      check(storage, Integer.MAX_VALUE - 1, "open");
    }
    check(disk.root(), Integer.MAX_VALUE - 1, "opened again");
  }

  @Test
  void open_afterACrashOnAFullDisk_findsAcknowledgedBatches() throws IOException {
    Random random = new Random(8);
    CrashFileSystem disk = disk("live");
    Path left = temporary.resolve("full");
    try (SegmentLogStorage storage = open(disk.root())) {
      send(storage, disk, random, 0).run();
      // Segments are compressed, so the log needs most of the space.
      disk.leaveRoom(100_000);
      while (batches.values().stream().noneMatch((batch) -> batch.refused)) {
        send(storage, disk, random, batches.size()).run();
      }
      disk.crash(disk.moment(), new Random(8), left);
    }
    CrashFileSystem full = new CrashFileSystem(left);
    full.leaveRoom(0);
    try (SegmentLogStorage storage = open(full.root())) {
      check(storage, Integer.MAX_VALUE - 1, "full");
      full.leaveRoom(Long.MAX_VALUE);
      storage.flushAll();
      check(storage, Integer.MAX_VALUE - 1, "with room again");
    }
    check(full.root(), Integer.MAX_VALUE - 1, "opened again");
  }

  @Test
  void append_whileTheVolumeIsLow_failsAndRecoversWhenThereIsRoom() throws IOException {
    Random random = new Random(7);
    CrashFileSystem disk = disk("live");
    try (SegmentLogStorage storage =
        SegmentLogStorage.open(disk.root(), SMALL.withMinFreeBytes(1 << 20))) {
      send(storage, disk, random, 0).run();
      disk.leaveRoom(1 << 19);
      await().until(() -> storage.stats().readOnly());
      assertThat(storage.append(Batches.of(new LogRecord(TODAY, 0, "refused", List.of()))))
          .failsWithin(60, TimeUnit.SECONDS)
          .withThrowableThat()
          .withRootCauseInstanceOf(StorageReadOnlyException.class);
      check(storage, disk.moment(), "low");
      disk.leaveRoom(Long.MAX_VALUE);
      await().until(() -> !storage.stats().readOnly());
      send(storage, disk, random, 1).run();
      check(storage, disk.moment(), "recovered");
    }
    check(disk.root(), disk.moment(), "opened again");
  }

  /** Tests the time before the keeper notices that the volume is low. */
  @Test
  void append_whenTheDiskHasJustRunFull_failsAsReadOnlyAndRecoversByItself() throws IOException {
    Random random = new Random(9);
    CrashFileSystem disk = disk("live");
    try (SegmentLogStorage storage = open(disk.root())) {
      disk.leaveRoom(0);
      assertThat(storage.append(Batches.of(new LogRecord(TODAY, 0, "refused", List.of()))))
          .failsWithin(60, TimeUnit.SECONDS)
          .withThrowableThat()
          .withCauseInstanceOf(StorageReadOnlyException.class);
      disk.leaveRoom(Long.MAX_VALUE);
      send(storage, disk, random, 0).run();
      check(storage, disk.moment(), "recovered");
    }
  }
}
