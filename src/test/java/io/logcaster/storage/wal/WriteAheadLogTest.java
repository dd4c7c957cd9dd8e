package io.logcaster.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.Seeds;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.crash.CrashFileSystem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteAheadLogTest {

  @TempDir Path temporary;

  private Path directory;
  private Path quarantine;
  private final List<LogRecord> recovered = new ArrayList<>();
  private final List<LogRecord> committed = new CopyOnWriteArrayList<>();

  @BeforeEach
  void makeDirectories() throws IOException {
    directory = Files.createDirectory(temporary.resolve("wal"));
    quarantine = temporary.resolve("quarantine");
  }

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
  void recovery_ofALogTruncatedAnywhere_findsAllIntactFramesOnly() throws IOException {
    Path file = directory.resolve("0000000001.wal");
    List<Long> ends = new ArrayList<>();
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      for (int i = 0; i < 3; i++) {
        log.append(batch(i, 3)).join();
        ends.add(Files.size(file));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      int cut = length;
      Files.write(file, Arrays.copyOf(whole, length));
      WalRecovery found = recover(0);
      assertThat(recovered).hasSize(3 * (int) ends.stream().filter((end) -> end <= cut).count());
      // A file gets its name only after its header is written: a shorter one was truncated later.
      assertThat(found.damage()).hasSize(cut < WalFormat.FILE_HEADER ? 1 : 0);
      assertThat(Files.exists(file) ? Files.size(file) : 0).isLessThanOrEqualTo(length);
    }
  }

  @Test
  void recovery_ofADamagedFrame_quarantinesTheFileAndUsesTheRest() throws IOException {
    Path file = directory.resolve("0000000001.wal");
    long begin;
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      log.append(batch(0, 3)).join();
      begin = Files.size(file);
      log.append(batch(1, 3)).join();
      log.append(batch(2, 3)).join();
    }
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      int at = (int) begin + random.nextInt((int) begin - WalFormat.FILE_HEADER);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      quarantine = temporary.resolve("quarantine-" + i);
      WalRecovery found = recover(0);
      assertThat(recovered)
          .as("a flipped bit in byte %d", at)
          .extracting((record) -> record.message().charAt(0))
          .containsExactly('0', '0', '0', '2', '2', '2');
      assertThat(found.damage())
          .singleElement()
          .asString()
          .contains("0000000001.wal", "byte " + begin);
      assertThat(quarantine.resolve("0000000001.wal")).hasBinaryContent(damaged);
    }
  }

  @Test
  void recovery_ofADamagedLastFrameOfAnOlderFile_reportsItAndUsesTheRest() throws IOException {
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      log.append(batch(0, 3)).join();
      log.append(batch(1, 3)).join();
    }
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      log.append(batch(2, 3)).join();
    }
    Path older = directory.resolve("0000000001.wal");
    byte[] whole = Files.readAllBytes(older);
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      int at = whole.length - 1 - random.nextInt(whole.length / 3);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(older, damaged);
      quarantine = temporary.resolve("quarantine-" + i);
      WalRecovery found = recover(0);
      assertThat(recovered)
          .as("a flipped bit in byte %d", at)
          .extracting((record) -> record.message().charAt(0))
          .containsExactly('0', '0', '0', '2', '2', '2');
      assertThat(found.damage()).singleElement().asString().contains("0000000001.wal", "its end");
      assertThat(quarantine.resolve("0000000001.wal")).hasBinaryContent(damaged);
    }
    Files.write(older, Arrays.copyOf(whole, whole.length - 1));
    assertThat(recover(0).damage())
        .hasSize(2)
        .first()
        .asString()
        .contains("cut off at byte " + (whole.length - 1) + " of " + whole.length);
  }

  @Test
  void recovery_afterAPowerFailureTearsAGroup_truncatesItAtTheFirstGapAndReportsNothing()
      throws IOException {
    int durable = WalFormat.FILE_HEADER;
    byte[] first = frame(1, batch(0, 3), durable);
    durable += first.length;
    byte[] second = frame(2, batch(1, 3), durable);
    byte[] third = frame(3, batch(2, 3), durable);
    for (int at = 0; at < second.length; at++) {
      byte[] torn = second.clone();
      Arrays.fill(torn, at, torn.length, (byte) 0);
      Path file = write(1, first, torn, third);
      WalRecovery found = recover(0);
      assertThat(found.damage()).as("torn at %d", at).isEmpty();
      assertThat(recovered).extracting((record) -> record.message().charAt(0)).containsOnly('0');
      assertThat(Files.size(file)).isEqualTo(durable);
    }
  }

  @Test
  void recovery_ofAFileThatWasJustCreated_reportsNothing() throws IOException {
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      log.append(batch(0, 3)).join();
    }
    for (int length : new int[] {0, 5, WalFormat.FILE_HEADER}) {
      Files.write(directory.resolve("0000000002.wal"), new byte[length]);
      assertThat(recover(0).damage()).as("%d bytes of zeros", length).isEmpty();
      assertThat(recovered).hasSize(3);
    }
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      log.append(batch(1, 3)).join();
    }
    assertThat(recover(0).damage()).isEmpty();
    assertThat(recovered).hasSize(6);
  }

  @Test
  void recovery_ofAFrameWithoutAReadableBatch_quarantinesTheFileAndUsesTheRest()
      throws IOException {
    byte[] first = frame(1, batch(0, 3), WalFormat.FILE_HEADER);
    byte[] strange = new byte[WalFormat.FRAME_HEADER + 100];
    new Random(4).nextBytes(strange);
    WalFormat.putFrameHeader(strange, strange.length, 2, 1_000, 0, new byte[0]);
    Path file = write(1, first, strange, frame(3, batch(2, 3), 0));
    byte[] whole = Files.readAllBytes(file);
    WalRecovery found = recover(0);
    assertThat(recovered)
        .extracting((record) -> record.message().charAt(0))
        .containsExactly('0', '0', '0', '2', '2', '2');
    assertThat(found.damage())
        .singleElement()
        .asString()
        .contains("0000000001.wal", "byte " + (WalFormat.FILE_HEADER + first.length));
    assertThat(quarantine.resolve("0000000001.wal")).hasBinaryContent(whole);
    assertThat(found.lastSequence()).isEqualTo(3);
  }

  @Test
  void recovery_ignoresTheInvalidEndOfAnOlderFile() throws IOException {
    byte[] first = frame(1, batch(0, 3), WalFormat.FILE_HEADER);
    byte[] refused = frame(2, batch(1, 3), WalFormat.FILE_HEADER + first.length);
    write(1, first, refused);
    Path next = directory.resolve("0000000002.wal");
    Files.write(next, WalFormat.fileHeader(1, WalFormat.FILE_HEADER + (long) first.length).array());
    assertThat(recover(0).damage()).isEmpty();
    assertThat(recovered).extracting((record) -> record.message().charAt(0)).containsOnly('0');
  }

  private Path write(long number, byte[]... frames) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(WalFormat.fileHeader(0, 0).array());
    for (byte[] frame : frames) {
      bytes.write(frame);
    }
    return Files.write(directory.resolve(WalFormat.fileName(number)), bytes.toByteArray());
  }

  private static byte[] frame(long sequence, RecordBatch batch, long synced) {
    try (BatchCodec codec = new BatchCodec()) {
      BatchCodec.Encoded encoded = codec.encode(batch);
      WalFormat.putFrameHeader(
          encoded.frame, encoded.end, sequence, encoded.rawLength, synced, new byte[0]);
      return Arrays.copyOf(encoded.frame, encoded.end);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {WalFormat.VERSION + 1, WalFormat.VERSION - 1, 0, 200})
  void recovery_ofAnotherVersion_failsAndChangesNothing(int version) throws IOException {
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      log.append(batch(0, 1)).join();
    }
    Path file = directory.resolve("0000000001.wal");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    bytes.put(7, (byte) version);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.array(), 0, 24);
    bytes.putInt(24, (int) checksum.getValue());
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> recover(0))
        .isInstanceOf(FormatVersionException.class)
        .hasMessageContainingAll(
            file.toString(), "version " + version, "reads version " + WalFormat.VERSION);
    assertThat(file).hasBinaryContent(bytes.array());
    assertThat(quarantine).doesNotExist();
  }

  @Test
  void recovery_ofABitFlippedInTheVersion_isDamageAndUsesTheFrames() throws IOException {
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      log.append(batch(0, 1)).join();
    }
    Path file = directory.resolve("0000000001.wal");
    byte[] bytes = Files.readAllBytes(file);
    bytes[7] ^= 4;
    Files.write(file, bytes);
    assertThat(recover(0).damage()).singleElement().asString().contains("0000000001.wal");
    assertThat(recovered).hasSize(1);
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

  @Test
  void recovery_withoutTheNewestFile_reportsLostRecords() throws IOException {
    try (WriteAheadLog log = open(0, Durability.SYNC)) {
      log.append(batch(0, 3)).join();
    }
    Path file = directory.resolve("0000000001.wal");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, new byte[0]);
    assertThat(recover(0).damage()).singleElement().asString().contains("0000000001.wal", "header");
    Files.delete(file);
    assertThat(recover(0).damage())
        .singleElement()
        .asString()
        .contains("0000000001.wal", "missing");
    Files.write(file, whole);
    assertThat(recover(0).damage()).isEmpty();
    WriteAheadLog log = open(0, Durability.SYNC);
    log.append(batch(1, 3)).join();
    log.close();
    log.release(2);
    assertThat(directory).isEmptyDirectory();
    assertThat(recover(2).damage()).isEmpty();
  }

  @Test
  void recovery_withoutAFileInBetween_reportsHowMuchIsLost() throws IOException {
    for (int round = 0; round < 3; round++) {
      try (WriteAheadLog log = open(0, Durability.SYNC)) {
        log.append(batch(2 * round, 1)).join();
        log.append(batch(2 * round + 1, 1)).join();
      }
    }
    Files.delete(directory.resolve("0000000002.wal"));
    assertThat(recover(0).damage())
        .singleElement()
        .asString()
        .contains("0000000003.wal", "missing", "2 batches");
    assertThat(recovered).hasSize(4);
    // If all its batches are in segments, the file was released.
    assertThat(recover(4).damage()).isEmpty();
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

  private WriteAheadLog open(long after, Durability durability) throws IOException {
    return new WriteAheadLog(
        directory,
        durability,
        recover(after),
        (batch, sequence) -> committed.addAll(batch.records()));
  }

  private WalRecovery recover(long after) throws IOException {
    recovered.clear();
    return WalRecovery.run(
        directory, quarantine, after, (batch, sequence) -> recovered.addAll(batch.records()));
  }

  private static RecordBatch batch(int number, int size) {
    LogRecord[] records = new LogRecord[size];
    for (int i = 0; i < size; i++) {
      records[i] =
          new LogRecord(
              1_700_000_000_000_000_000L - i * 77L + number,
              i % 25,
              number + "/" + i + " ü",
              (i % 3 == 0)
                  ? List.of()
                  : List.of(new Field("host", "h" + i % 5), new Field("x" + i % 4, "v" + i)));
    }
    return Batches.of(records);
  }
}
