package io.logcaster.sink;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.wal.BatchCodec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file of a sink's queue, {@code 0000000001.queue}. It is a header followed by frames; numbers
 * are big-endian.
 *
 * <pre>
 * magic     u64  "LCQUEUE" version
 *
 * frame:
 * magic     u32  0x4C435146, "LCQF"
 * checksum  u32  CRC-32C of all that follows
 * sequence  u64  of the batch in the write-ahead log; 0 for one that is not in it
 * first     u64  how many records were queued before this batch, since the sink was created
 * queuedAt  u64  milliseconds since the epoch
 * rows      u32
 * length    u32  of the payload
 * payload        the batch, as BatchCodec.toBytes gives it
 * </pre>
 *
 * <p>Frames are written in order. After a crash the first bad one ends the newest file: what
 * followed was not yet durable, and the write-ahead log has it.
 */
final class QueueFile implements Closeable {

  static final int VERSION = 1;
  static final int HEADER = 8;
  static final int FRAME_HEADER = 40;
  static final int FRAME_MAGIC = 0x4C435146;

  private static final byte[] MAGIC = {'L', 'C', 'Q', 'U', 'E', 'U', 'E', VERSION};

  /** A larger length is damage, and must not be allocated. */
  private static final int MAX_PAYLOAD = 1 << 30;

  private final long number;
  private final Path path;
  private final FileChannel channel;
  private long size;
  private long rows;

  /**
   * The header of a frame.
   *
   * @param at its position in the file
   */
  record Frame(long at, long sequence, long first, long queuedAt, int rows, int length) {

    long end() {
      return at + FRAME_HEADER + length;
    }
  }

  private QueueFile(long number, Path path, FileChannel channel, long size) {
    this.number = number;
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  static String name(long number) {
    return String.format(Locale.ROOT, "%010d.queue", number);
  }

  static QueueFile create(Path directory, long number) throws IOException {
    Path path = directory.resolve(name(number));
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    QueueFile file = new QueueFile(number, path, channel, HEADER);
    try {
      file.write(ByteBuffer.wrap(MAGIC), 0);
      syncDirectory(directory); // or the file would be nameless after a power failure
      return file;
    } catch (IOException | RuntimeException ex) {
      channel.close();
      throw ex;
    }
  }

  /** Opens a file and cuts off what is no whole frame. A bad header makes it an empty file. */
  static QueueFile open(Path directory, long number) throws IOException {
    Path path = directory.resolve(name(number));
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    QueueFile file = new QueueFile(number, path, channel, HEADER);
    try {
      ByteBuffer magic = ByteBuffer.allocate(HEADER);
      boolean whole = file.read(magic, 0) && magic.equals(ByteBuffer.wrap(MAGIC));
      if (!whole) {
        file.write(ByteBuffer.wrap(MAGIC), 0);
      }
      long end = whole ? channel.size() : HEADER;
      for (Frame frame = file.frame(HEADER, end);
          frame != null && file.payload(frame) != null;
          frame = file.frame(frame.end(), end)) {
        file.size = frame.end();
        file.rows += frame.rows();
        file.last = frame;
      }
      channel.truncate(file.size);
      return file;
    } catch (IOException | RuntimeException ex) {
      channel.close();
      throw ex;
    }
  }

  private @Nullable Frame last;

  /** The last frame; null if there is none. */
  @Nullable Frame last() {
    return last;
  }

  long number() {
    return number;
  }

  /** The length of what is in it, with the header. */
  long size() {
    return size;
  }

  /** How many records are in it. */
  long rows() {
    return rows;
  }

  void append(byte[] payload, long sequence, long first, long queuedAt, int count)
      throws IOException {
    ByteBuffer header = ByteBuffer.allocate(FRAME_HEADER);
    header.putInt(FRAME_MAGIC).putInt(0).putLong(sequence).putLong(first).putLong(queuedAt);
    header.putInt(count).putInt(payload.length);
    CRC32C checksum = new CRC32C();
    checksum.update(header.array(), 8, FRAME_HEADER - 8);
    checksum.update(payload);
    header.putInt(4, (int) checksum.getValue()).flip();
    ByteBuffer[] parts = {header, ByteBuffer.wrap(payload)};
    long length = FRAME_HEADER + (long) payload.length;
    channel.position(size);
    for (long written = 0; written < length; ) {
      written += channel.write(parts);
    }
    last = new Frame(size, sequence, first, queuedAt, count, payload.length);
    size += length;
    rows += count;
  }

  /** The frame at a position; null if there is none before {@code end}. */
  @Nullable Frame frame(long at, long end) throws IOException {
    if (at + FRAME_HEADER > end) {
      return null;
    }
    ByteBuffer header = ByteBuffer.allocate(FRAME_HEADER);
    if (!read(header, at) || header.getInt(0) != FRAME_MAGIC) {
      return null;
    }
    Frame frame =
        new Frame(
            at,
            header.getLong(8),
            header.getLong(16),
            header.getLong(24),
            header.getInt(32),
            header.getInt(36));
    return (frame.length() < 0 || frame.length() > MAX_PAYLOAD || frame.end() > end) ? null : frame;
  }

  /** The payload of a frame; null if its checksum is wrong. */
  private byte @Nullable [] payload(Frame frame) throws IOException {
    ByteBuffer whole = ByteBuffer.allocate(FRAME_HEADER + frame.length());
    if (!read(whole, frame.at())) {
      return null;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(whole.array(), 8, whole.capacity() - 8);
    if ((int) checksum.getValue() != whole.getInt(4)) {
      return null;
    }
    byte[] payload = new byte[frame.length()];
    whole.get(FRAME_HEADER, payload);
    return payload;
  }

  /**
   * The batch of a frame.
   *
   * @throws IOException if it is damaged
   */
  RecordBatch batch(Frame frame) throws IOException {
    byte[] payload = payload(frame);
    if (payload == null) {
      throw new IOException("%s is damaged at byte %d".formatted(path, frame.at()));
    }
    return BatchCodec.fromBytes(payload);
  }

  private boolean read(ByteBuffer target, long at) throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target, at + target.position()) < 0) {
        return false;
      }
    }
    target.flip();
    return true;
  }

  private void write(ByteBuffer source, long at) throws IOException {
    while (source.hasRemaining()) {
      channel.write(source, at + source.position());
    }
  }

  /** Makes the names in a directory durable. */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  void sync() throws IOException {
    channel.force(false);
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
