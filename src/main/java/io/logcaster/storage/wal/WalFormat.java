package io.logcaster.storage.wal;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The files of the write-ahead log.
 *
 * <p>A log is a directory of files {@code 0000000001.wal}, {@code 0000000002.wal}, …, written in
 * sequence and never changed once the next one exists. A file gets its name when its header is
 * durable; an empty file {@code 0000000002.newest} names the newest file. All numbers are
 * big-endian. A file is
 *
 * <pre>
 * magic        u64  "LCWAL" 0 0 version
 * before u64 number of the previous file; 0 if none length u64 valid length of that file
 * checksum     u32  CRC-32C of the three
 * zero         u32
 * frame*
 * </pre>
 *
 * and a frame is
 *
 * <pre>
 * magic        u32  0x4C43464D, "LCFM"
 * checksum     u32  CRC-32C of all that follows
 * sequence     u64  larger than the frame before by one; logs of earlier versions leave those out
 *                   that could not be written
 * rawLength    u32  length of the batch before compression
 * length       u32  length of the payload
 * synced       u32  how much of the file was durable before the frame was written
 * markLength   u32  length of the mark, 0 for a batch without one
 * payload           the batch, compressed with zstd; see BatchCodec
 * mark              the batch's delivery: sequence u64, client in UTF-8
 * </pre>
 *
 * <p>A frame is the unit of durability: it is stored completely or not at all. A power failure may
 * leave data written after the last sync in any state, with gaps before good frames; that tail was
 * never acknowledged and is cut at its first gap. Bad data that was once durable was damaged later
 * and is reported: everything before the {@code length} recorded in the next file, and everything
 * before the {@code synced} of a good frame.
 */
final class WalFormat {

  static final int VERSION = 3;

  static final int FILE_HEADER = 32;

  static final int FRAME_HEADER = 32;

  static final int FRAME_MAGIC = 0x4C43464D;

  static final int MAX_MARK = Long.BYTES + DeliveryMark.MAX_CLIENT_BYTES;

  /** A batch is a few megabytes. A larger length is damage, and a reader must not allocate it. */
  static final int MAX_FRAME = 1 << 30;

  private static final byte[] NO_MARK = {};

  private static final byte[] FILE_MAGIC = {'L', 'C', 'W', 'A', 'L', 0, 0, VERSION};

  private WalFormat() {}

  /**
   * The header of a file.
   *
   * @param before the number of the previous file, 0 if none
   * @param length the durable length of that file
   */
  static ByteBuffer fileHeader(long before, long length) {
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
    header.put(FILE_MAGIC).putLong(before).putLong(length);
    return header.putInt(headerChecksum(header.array())).putInt(0).flip();
  }

  private static int headerChecksum(byte[] header) {
    CRC32C checksum = new CRC32C();
    checksum.update(header, 0, 24);
    return (int) checksum.getValue();
  }

  /** What is wrong with a file's header; null if nothing is. */
  static @Nullable String checkFileHeader(byte[] header) {
    for (int i = 0; i < FILE_MAGIC.length; i++) {
      if (header[i] != FILE_MAGIC[i]) {
        return "it is not a write-ahead log";
      }
    }
    return (ByteBuffer.wrap(header).getInt(24) == headerChecksum(header))
        ? null
        : "the checksum of its header is wrong";
  }

  /**
   * The format version of a file, from the first bytes of its header; {@link #VERSION} if they do
   * not show one. A header that is valid except for one flipped bit in its version is damaged, not
   * written by another version.
   *
   * @param header the whole header, or less if the file is shorter
   */
  static int version(byte[] header) {
    int last = FILE_MAGIC.length - 1;
    if (header.length <= last || !Arrays.equals(header, 0, last, FILE_MAGIC, 0, last)) {
      return VERSION;
    }
    int version = header[last] & 0xff;
    if (header.length == FILE_HEADER && Integer.bitCount(version ^ VERSION) == 1) {
      byte[] mended = header.clone();
      mended[last] = VERSION;
      if (checkFileHeader(mended) == null) {
        return VERSION;
      }
    }
    return version;
  }

  /** The mark of a batch as encoded at the end of its frame; empty without a mark. */
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

  /**
   * The batch of a frame, with its mark.
   *
   * @throws IOException if the frame holds no batch
   */
  static RecordBatch batch(byte[] frame, int length, int rawLength) throws IOException {
    RecordBatch batch = BatchCodec.decode(frame, FRAME_HEADER, length, rawLength);
    int from = FRAME_HEADER + length;
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
   * Fills in the header of a frame that already has its payload.
   *
   * @param synced the durable length of the file before the frame is written
   * @param mark follows the payload
   */
  static void putFrameHeader(
      byte[] frame, int end, long sequence, int rawLength, long synced, byte[] mark) {
    ByteBuffer header = ByteBuffer.wrap(frame);
    header.putInt(0, FRAME_MAGIC);
    header.putLong(8, sequence);
    header.putInt(16, rawLength);
    header.putInt(20, end - FRAME_HEADER);
    header.putInt(24, (int) synced);
    header.putInt(28, mark.length);
    CRC32C checksum = new CRC32C();
    checksum.update(frame, 8, end - 8);
    checksum.update(mark, 0, mark.length);
    header.putInt(4, (int) checksum.getValue());
  }

  static String fileName(long number) {
    return String.format(Locale.ROOT, "%010d.wal", number);
  }

  /**
   * The name of the empty file that names the newest file of the log. If that file is missing or
   * shorter than its header, it was lost; nothing else would show the loss.
   */
  static String markName(long number) {
    return String.format(Locale.ROOT, "%010d.newest", number);
  }

  /** The number of the newest file according to its mark; 0 without a mark. */
  static long newest(Path directory) throws IOException {
    try (var paths = Files.list(directory)) {
      return paths
          .map((path) -> path.getFileName().toString())
          .filter((name) -> name.matches("\\d{10}\\.newest"))
          .mapToLong((name) -> Long.parseLong(name.substring(0, 10)))
          .max()
          .orElse(0);
    }
  }

  /** Deletes the marks of all files but one, durably. */
  static void deleteMarks(Path directory, long but) throws IOException {
    List<Path> marks;
    try (var paths = Files.list(directory)) {
      marks =
          paths
              .filter((path) -> path.getFileName().toString().endsWith(".newest"))
              .filter((path) -> !path.getFileName().toString().equals(markName(but)))
              .toList();
    }
    for (Path mark : marks) {
      Files.deleteIfExists(mark);
    }
    if (!marks.isEmpty()) {
      syncDirectory(directory);
    }
  }

  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    }
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
