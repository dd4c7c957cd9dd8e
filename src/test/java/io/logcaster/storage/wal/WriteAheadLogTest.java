package io.logcaster.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Seeds;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import io.logcaster.storage.crash.CrashFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is appended is committed, recovered and released. */
@Execution(ExecutionMode.CONCURRENT)
class WriteAheadLogTest extends WalFixture {

  @ParameterizedTest
  @EnumSource
  void recovery_findsAcknowledgedBatchesByteForByte(Durability durability) throws IOException {
    List<LogRecord> all = new ArrayList<>();
    try (WriteAheadLog log = open(0, durability)) {
      for (int i = 0; i < 20; i++) {
        RecordBatch batch = batch(i, 1 + i * 7);
        assertThat(log.append(batch)).succeedsWithin(10, TimeUnit.SECONDS);
        all.addAll(batch.records());
      }
      assertThat(committed).isEqualTo(all);
    }
    assertThat(recover(0).lastSequence()).isEqualTo(20);
    assertThat(recovered).isEqualTo(all);
  }

  @Test
  void recovery_skipsBatchesThatAreInSegments() throws IOException {
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      for (int i = 0; i < 5; i++) {
        log.append(batch(i, 2)).join();
      }
    }
    assertThat(recover(3).lastSequence()).isEqualTo(5);
    assertThat(recovered)
        .extracting(LogRecord::message)
        .containsExactly("3/0 ü", "3/1 ü", "4/0 ü", "4/1 ü");
  }

  @Test
  void append_afterRecovery_continuesTheSequence() throws IOException {
    for (int round = 0; round < 4; round++) {
      try (WriteAheadLog log = open(0, Durability.SYNC)) {
        log.append(batch(round, 1)).join();
      }
    }
    assertThat(recover(0).lastSequence()).isEqualTo(4);
    assertThat(recovered)
        .extracting(LogRecord::message)
        .containsExactly("0/0 ü", "1/0 ü", "2/0 ü", "3/0 ü");
  }

  @Test
  void release_deletesFilesThatAreCompletelyInSegments() throws IOException {
    byte[] noise = new byte[1 << 20];
    new Random(3).nextBytes(noise);
    String text = HexFormat.of().formatHex(noise);
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      for (int i = 0; i < 140; i++) {
        log.append(Batches.of(new LogRecord(i, 0, i + text.substring(i), List.of()))).join();
      }
      assertThat(WalRecovery.list(directory)).hasSizeGreaterThan(2);
      log.release(139);
      assertThat(WalRecovery.list(directory)).hasSize(1);
    }
    recover(139);
    assertThat(recovered).hasSize(1);
  }

  private static LongStream seeds() {
    return Seeds.with(1, 2, 3, 4, 5, 6);
  }

  /** Fails at random at every place where something can fail after a group is written. */
  @ParameterizedTest
  @MethodSource("seeds")
  void append_byASenderThatRetries_storesEachBatchOnceDespiteFailures(long seed)
      throws IOException {
    Random random = new Random(seed);
    CrashFileSystem disk = new CrashFileSystem(Files.createDirectory(temporary.resolve("disk")));
    Path logs = disk.root();
    Set<Integer> taken = ConcurrentHashMap.newKeySet();
    Random faults = new Random(seed + 100);
    WriteAheadLog.Listener listener =
        (batch, sequence) -> {
          int fault = faults.nextInt(8);
          if (fault == 0) {
            throw new StackOverflowError("injected");
          }
          if (fault == 1) {
            throw new IllegalStateException("injected");
          }
          assertThat(taken.add(number(batch)))
              .as("batch %s, %s", number(batch), Seeds.told(seed))
              .isTrue();
        };
    WalRecovery none = WalRecovery.run(logs, quarantine, 0, (batch, sequence) -> {});
    int batches = 60;
    // Files of a few frames, so that the recovery finds many of them.
    try (WriteAheadLog log =
        new WriteAheadLog(
            logs, (seed % 2 == 0) ? Durability.SYNC : Durability.ASYNC, none, listener, 1_000)) {
      for (int number = 0; number < batches; number++) {
        disk.failSyncs(random.nextInt(5) == 0 ? 1 : 0);
        disk.failCloses(random.nextInt(3) == 0 ? 1 : 0);
        disk.leaveRoom(random.nextInt(6) == 0 ? random.nextInt(400) : Long.MAX_VALUE);
        while (!isStored(log.append(batch(number, 1 + random.nextInt(20))))) {
          disk.leaveRoom(Long.MAX_VALUE);
        }
      }
      disk.leaveRoom(Long.MAX_VALUE);
    }
    assertThat(taken).hasSize(batches);
    List<Integer> found = new ArrayList<>();
    WalRecovery recovery =
        WalRecovery.run(logs, quarantine, 0, (batch, sequence) -> found.add(number(batch)));
    assertThat(found)
        .as(Seeds.told(seed))
        .containsExactlyElementsOf(IntStream.range(0, batches).boxed().toList());
    assertThat(recovery.damage()).as(Seeds.told(seed)).isEmpty();
  }

  private static boolean isStored(CompletableFuture<Void> done) {
    try {
      done.join();
      return true;
    } catch (CompletionException ex) {
      return false;
    }
  }

  private static int number(RecordBatch batch) {
    String message = batch.record(0).message();
    return Integer.parseInt(message.substring(0, message.indexOf('/')));
  }

  @Test
  void append_byManyThreads_commitsInSequence() throws Exception {
    try (WriteAheadLog log = open(0, Durability.SYNC);
        ExecutorService senders = Executors.newFixedThreadPool(8)) {
      List<CompletableFuture<Void>> all = new CopyOnWriteArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int sender = thread;
        senders.submit(
            () -> {
              for (int i = 0; i < 50; i++) {
                all.add(log.append(batch(sender, 1)));
              }
            });
      }
      senders.shutdown();
      assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
          .succeedsWithin(30, TimeUnit.SECONDS);
    }
    recover(0);
    assertThat(recovered).hasSize(400).isEqualTo(committed);
  }

  @Test
  void append_afterClose_fails() throws IOException {
    WriteAheadLog log = open(0, Durability.SYNC);
    log.close();
    assertThat(log.append(batch(0, 1))).failsWithin(1, TimeUnit.SECONDS);
  }

  /** No other batch follows that would sync it. */
  @Test
  void append_async_isSyncedSoonAfterItsAcknowledgement() throws Exception {
    CrashFileSystem disk = new CrashFileSystem(Files.createDirectory(temporary.resolve("disk")));
    WalRecovery none = WalRecovery.run(disk.root(), quarantine, 0, (batch, sequence) -> {});
    try (WriteAheadLog log =
        new WriteAheadLog(disk.root(), Durability.ASYNC, none, (batch, sequence) -> {})) {
      assertThat(log.append(batch(7, 3))).succeedsWithin(10, TimeUnit.SECONDS);
      int acknowledged = disk.moment();
      await().atMost(Duration.ofMinutes(1)).until(() -> disk.moment() > acknowledged);
      for (int seed = 0; seed < 12; seed++) {
        Path left = temporary.resolve("left" + seed);
        disk.crash(disk.moment(), new Random(seed), left);
        List<Integer> found = new ArrayList<>();
        WalRecovery.run(left, quarantine, 0, (batch, sequence) -> found.add(number(batch)));
        assertThat(found).as("seed %s", seed).containsExactly(7);
      }
    }
  }

  /** It is durable, so its sender must not send it again. */
  @Test
  void append_whoseListenerFailsForEver_isAcknowledgedAtCloseAndRecovered() throws IOException {
    CompletableFuture<Void> done;
    AtomicInteger attempts = new AtomicInteger();
    try (WriteAheadLog log =
        new WriteAheadLog(
            directory,
            Durability.SYNC,
            recover(0),
            (batch, sequence) -> {
              attempts.incrementAndGet();
              throw new IllegalStateException("injected");
            })) {
      done = log.append(batch(7, 3));
    }
    assertThat(done).isCompleted();
    assertThat(attempts).hasValueGreaterThan(1);
    recover(0);
    assertThat(recovered).hasSize(3);
  }
}
