package io.logcaster.sink;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code state} of a sink's queue: what was taken from the write-ahead log, and what was
 * delivered. It has two slots of {@value #SLOT} bytes, written in turn; the valid one with the
 * larger generation counts. Numbers are big-endian:
 *
 * <pre>
 * magic       u64  "LCQSTAT" version
 * generation  u64
 * fed         u64  batches of the write-ahead log up to this sequence are queued, or not wanted
 * file        u64  number of the file with the next record to deliver
 * offset      u64  position of its frame
 * row         u32  its row in the frame
 * zero        u32
 * position    u64  how many records were delivered or dropped since the sink was created
 * replayFrom  u64  time from which the store is still to be sent, Long.MIN_VALUE for none
 * replayTo    u64  time up to which, excluded
 * checksum    u64  CRC-32C of all before it
 * </pre>
 *
 * <p>Only the first state is synced, and one that mends a queue. A state that a power failure makes
 * older is harmless: the queue's own files say what was fed, and what was delivered is delivered
 * again. A state never says that more was fed than what is durable without it.
 */
final class QueueState implements Closeable {

  static final int SLOT = 512;

  private static final long MAGIC = 0x4C43_5153_5441_5401L;
  private static final int LENGTH = 88;

  /** The values of a state. */
  record Values(
      long fed, long file, long offset, int row, long position, long replayFrom, long replayTo) {

    /** Of a sink that begins after a sequence. */
    static Values beginning(long fed) {
      return new Values(fed, 0, 0, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE);
    }
  }

  private final FileChannel channel;
  private long generation;

  private QueueState(FileChannel channel) {
    this.channel = channel;
  }

  static QueueState open(Path file) throws IOException {
    return new QueueState(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** The last state; null if there is none. */
  @Nullable Values read() throws IOException {
    Values found = null;
    for (int slot = 0; slot < 2; slot++) {
      ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
      while (bytes.hasRemaining()
          && channel.read(bytes, (long) slot * SLOT + bytes.position()) > 0) {
        // until it is whole
      }
      if (bytes.hasRemaining()
          || bytes.getLong(0) != MAGIC
          || bytes.getLong(LENGTH - 8) != checksum(bytes)
          || bytes.getLong(8) <= generation) {
        continue;
      }
      generation = bytes.getLong(8);
      found =
          new Values(
              bytes.getLong(16),
              bytes.getLong(24),
              bytes.getLong(32),
              bytes.getInt(40),
              bytes.getLong(48),
              bytes.getLong(56),
              bytes.getLong(64));
    }
    return found;
  }

  private static long checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.slice(0, LENGTH - 8));
    return checksum.getValue();
  }

  void write(Values values) throws IOException {
    generation++;
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.putLong(MAGIC).putLong(generation).putLong(values.fed());
    bytes.putLong(values.file()).putLong(values.offset()).putInt(values.row()).putInt(0);
    bytes.putLong(values.position()).putLong(values.replayFrom()).putLong(values.replayTo());
    bytes.putLong(LENGTH - 8, checksum(bytes)).clear();
    long at = (generation & 1) * SLOT;
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
  }

  void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
