package io.logcaster.storage.segment.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.cli.SampleBatches;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.column.Decimals;
import io.logcaster.storage.segment.column.LongsLayout;
import io.logcaster.storage.segment.column.Templates;
import io.logcaster.storage.segment.column.VariableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage is detected wherever it is, and never read as data. */
@Order(3) // it closes many mapped files
@Execution(ExecutionMode.CONCURRENT)
class SegmentCorruptionTest {

  @TempDir Path directory = Path.of("");

  private Path file = Path.of("");

  private byte[] intact = new byte[0];

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("a.seg");
    SegmentContents.write(file, SampleBatches.of(SampleBatches.Shape.JSON, 70, 3));
    intact = Files.readAllBytes(file);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFlippedBit_isDetectedAnywhere(boolean grouped) throws IOException {
    if (grouped) {
      writeGrouped();
    }
    Random random = new Random(11);
    for (int at = 0; at < intact.length; at++) {
      byte[] damaged = intact.clone();
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      int place = at;
      assertThatThrownBy(this::readAll)
          .as("bit in byte %d", place)
          .isInstanceOf(CorruptSegmentException.class)
          .hasMessageContaining("a.seg");
    }
  }

  @Test
  void aDamagedBlock_isDetectedWithoutVerifyingFirst() throws IOException {
    Random random = new Random(12);
    List<RecordBatch> batches = SampleBatches.of(SampleBatches.Shape.JSON, 70, 3);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = intact.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try (SegmentReader reader = SegmentReader.open(file)) {
        assertThat(SegmentContents.records(reader)).isEqualTo(SegmentContents.records(batches));
      } catch (CorruptSegmentException ex) {
        assertThat(ex).hasMessageContaining(file.toString());
      } catch (UncheckedIOException ex) {
        assertThat(ex).hasCauseInstanceOf(CorruptSegmentException.class);
      }
    }
  }

  private void writeGrouped() throws IOException {
    Files.delete(file);
    SegmentContents.writeGrouped(file, SampleBatches.of(SampleBatches.Shape.JSON, 70, 3));
    intact = Files.readAllBytes(file);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTruncatedFile_isRejected(boolean grouped) throws IOException {
    if (grouped) {
      writeGrouped();
    }
    for (int length = 0; length < intact.length; length++) {
      Files.write(file, Arrays.copyOf(intact, length));
      assertThatThrownBy(() -> SegmentReader.open(file).close())
          .as("%d of %d bytes", length, intact.length)
          .isInstanceOf(CorruptSegmentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {SegmentFormat.VERSION + 1, SegmentFormat.OLDEST_VERSION - 1, 77})
  void anotherVersion_isDistinguishedFromDamage(int version) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(intact.clone()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(8, version);
    bytes.putInt(12, Placement.crc(bytes.array(), 0, 12));
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> SegmentReader.open(file).close())
        .isInstanceOf(FormatVersionException.class)
        .hasMessageContainingAll(file.toString(), "version " + version, "versions 1 to 3");
    // A later version may compute another checksum; equal versions at both ends are no accident.
    bytes.putInt(12, 0);
    bytes.putInt(intact.length - SegmentFooter.BYTES + 56, version);
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> SegmentReader.open(file).close())
        .isInstanceOf(FormatVersionException.class);
  }

  @Test
  void malformedBytes_areRejectedWithoutLargeArrays() {
    Random random = new Random(13);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = new byte[random.nextInt(200) + BodyReader.PADDING];
      random.nextBytes(body);
      if (random.nextBoolean()) {
        Arrays.fill(body, 0, Math.min(10, body.length), (byte) random.nextInt(40));
      }
      int count = random.nextInt(100);
      int kind = random.nextInt(4);
      try {
        BodyReader reader = new BodyReader(body, body.length - BodyReader.PADDING);
        switch (kind) {
          case 0 -> LongsLayout.decode(reader, count);
          case 1 -> readTemplates(reader, count);
          case 2 -> VariableLayout.read(reader, count).values(reader);
          default -> Decimals.decode("f", reader, null, count, count, false);
        }
      } catch (MalformedException ex) {
        assertThat(ex).hasMessageMatching(".+");
      }
    }
  }

  private static void readTemplates(BodyReader reader, int count) throws MalformedException {
    Templates templates = Templates.read(reader, new long[0], count, count);
    for (int template = 0; template < templates.count(); template++) {
      for (int i = 0; i < templates.get(template).variables(); i++) {
        templates.get(template).variable(i).values(reader);
      }
    }
  }

  private void readAll() throws IOException {
    try (SegmentReader reader = SegmentReader.open(file)) {
      reader.verify();
      for (RecordBatch batch : SegmentContents.batches(reader)) {
        batch.column(Field.MESSAGE);
      }
    }
  }
}
