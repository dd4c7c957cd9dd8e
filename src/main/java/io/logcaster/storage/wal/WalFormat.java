package io.logcaster.storage.wal;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The files of the write-ahead log.
 *
 * <p>A log is a directory of files {@code 0000000001.wal}, {@code 0000000002.wal}, …, written one
 * after the other and never changed once the next one is begun. All numbers are big-endian. A file
 * is
 *
 * <pre>
 * header   8 bytes  "LCWAL" 0 0 version
 * frame*
 * </pre>
 *
 * and a frame is
 *
 * <pre>
 * magic        u32  0x4C43464D, "LCFM"
 * checksum     u32  CRC-32C of all that follows
 * sequence     u64  larger than the frame before, by one but for frames that could not be written
 * rawLength    u32  length of the batch before compression
 * length       u32  length of the payload
 * markLength   u32  length of the mark, 0 for a batch without
 * payload           the batch, compressed with zstd; see BatchCodec
 * mark              the batch's delivery: sequence u64, client in UTF-8
 * </pre>
 *
 * <p>A frame is the unit of durability: it is there whole or not at all. A file may end in the
 * middle of a frame after a crash; that tail was never acknowledged and is cut. A frame that fails
 * its checksum and is followed by good frames was damaged later, and is reported.
 */
final class WalFormat {

  static final int VERSION = 2;

  static final int FILE_HEADER = 8;

  static final int FRAME_HEADER = 28;

  static final int MAX_MARK = Long.BYTES + DeliveryMark.MAX_CLIENT_BYTES;

  static final int FRAME_MAGIC = 0x4C43464D;

  /**
   * A batch is a few megabytes; a length beyond this is damage, and must not make a reader allocate
   * it.
   */
  static final int MAX_FRAME = 1 << 30;

  private static final byte[] NO_MARK = {};

  private static final byte[] FILE_MAGIC = {'L', 'C', 'W', 'A', 'L', 0, 0, VERSION};

  private WalFormat() {}

  static ByteBuffer fileHeader() {
    return ByteBuffer.wrap(FILE_MAGIC.clone());
  }

  /** What is wrong with a file's header; null when nothing is. */
  static @Nullable String checkFileHeader(byte[] header) {
    for (int i = 0; i < FILE_HEADER - 1; i++) {
      if (header[i] != FILE_MAGIC[i]) {
        return "it is not a write-ahead log";
      }
    }
    int version = header[FILE_HEADER - 1];
    return (version == VERSION)
        ? null
        : "it has version " + version + ", but this LogCaster reads version " + VERSION;
  }

  /** The mark of a batch as it stands at the end of its frame; empty without one. */
  static byte[] mark(RecordBatch batch) {
    DeliveryMark mark = batch.mark();
    if (mark == null) {
      return NO_MARK;
    }
    byte[] client = utf8(mark.client());
    return ByteBuffer.allocate(Long.BYTES + client.length)
        .putLong(mark.sequence())
        .put(client)
        .array();
  }

  /** A batch with the mark that stands at the end of its frame. */
  static RecordBatch withMark(RecordBatch batch, byte[] frame, int from) {
    if (from == frame.length) {
      return batch;
    }
    long sequence = ByteBuffer.wrap(frame).getLong(from);
    int client = from + Long.BYTES;
    return batch.withMark(
        new DeliveryMark(
            new String(frame, client, frame.length - client, StandardCharsets.UTF_8),
            sequence,
            -1));
  }

  /**
   * Fills in the header of a frame whose payload stands behind it.
   *
   * @param mark follows the payload
   */
  static void putFrameHeader(byte[] frame, int end, long sequence, int rawLength, byte[] mark) {
    ByteBuffer header = ByteBuffer.wrap(frame);
    header.putInt(0, FRAME_MAGIC);
    header.putLong(8, sequence);
    header.putInt(16, rawLength);
    header.putInt(20, end - FRAME_HEADER);
    header.putInt(24, mark.length);
    CRC32C checksum = new CRC32C();
    checksum.update(frame, 8, end - 8);
    checksum.update(mark, 0, mark.length);
    header.putInt(4, (int) checksum.getValue());
  }

  static String fileName(long number) {
    return String.format(Locale.ROOT, "%010d.wal", number);
  }

  /** The number of a file of the log; -1 for other files. */
  static long fileNumber(Path file) {
    String name = file.getFileName().toString();
    return name.matches("\\d{10}\\.wal") ? Long.parseLong(name.substring(0, 10)) : -1;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
