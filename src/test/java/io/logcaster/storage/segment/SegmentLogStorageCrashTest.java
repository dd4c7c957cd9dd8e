package io.logcaster.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.storage.crash.CrashFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Opens a storage on what a power failure would have left: at many moments, with unsynced changes
 * lost, torn and reordered. {@code -Dlogcaster.crashes=5000} crashes more often.
 */
@Order(3) // it closes many mapped files
@Execution(ExecutionMode.CONCURRENT)
class SegmentLogStorageCrashTest extends CrashedStorage {

  private static final int CRASHES = Integer.getInteger("logcaster.crashes", 60);

  private static LongStream seeds() {
    return Seeds.with(1, 2, 3, 4);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void open_afterAPowerFailureAtAnyMoment_findsAcknowledgedBatchesOnce(long seed)
      throws IOException {
    Random random = new Random(seed);
    CrashFileSystem disk = disk("live");
    work(disk, random);
    for (int crash = 0; crash < CRASHES; crash++) {
      int moment = random.nextInt(disk.moment() + 1);
      long loss = random.nextLong();
      Path left = temporary.resolve("crash-" + crash);
      disk.crash(moment, new Random(loss), left);
      String where = Seeds.told(seed) + ", moment " + moment + ", loss " + loss;
      if (crash % 2 == 0) {
        check(left, moment, where);
      } else {
        checkAfterASecondCrash(left, moment, random, where);
      }
      remove(left);
    }
  }

  /** Lets the power fail again during recovery. */
  private void checkAfterASecondCrash(Path left, int moment, Random random, String where)
      throws IOException {
    CrashFileSystem again = new CrashFileSystem(left);
    open(again.root()).close();
    int second = random.nextInt(again.moment() + 1);
    long loss = random.nextLong();
    Path leftAgain = left.resolveSibling(left.getFileName() + "-again");
    again.crash(second, new Random(loss), leftAgain);
    check(leftAgain, moment, where + ", then moment " + second + ", loss " + loss);
    remove(leftAgain);
  }

  @Test
  void append_whoseSyncFails_isNotAcknowledgedAndNotStored() throws IOException {
    Random random = new Random(6);
    CrashFileSystem disk = disk("live");
    try (SegmentLogStorage storage = open(disk.root())) {
      for (int round = 0; round < 12; round++) {
        if (round % 3 == 1) {
          disk.failSyncs(1);
        }
        send(storage, disk, random, batches.size()).run();
      }
      assertThat(batches.values()).anyMatch((batch) -> batch.refused);
    }
    for (int crash = 0; crash < 20; crash++) {
      Path left = temporary.resolve("crash-" + crash);
      disk.crash(disk.moment(), new Random(crash), left);
      check(left, disk.moment(), "loss " + crash);
      remove(left);
    }
  }
}
