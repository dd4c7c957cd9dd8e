package io.logcaster.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.FormatVersionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recovery of logs that are torn, damaged, incomplete or of another version. */
class WalDamageTest extends WalFixture {

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
}
