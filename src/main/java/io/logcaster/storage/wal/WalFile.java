package io.logcaster.storage.wal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads one file of the write-ahead log, a frame at a time. */
final class WalFile implements Closeable {

  /** The number of bytes searched at once for the next good frame. */
  private static final int WINDOW = 64 << 10;

  /** A frame whose checksum is right. */
  static final class Frame {

    private final byte[] bytes;
    private final long end;

    Frame(byte[] bytes, long end) {
      this.bytes = bytes;
      this.end = end;
    }

    /** The whole frame. */
    byte[] bytes() {
      return bytes;
    }

    /** The position in the file after the frame. */
    long end() {
      return end;
    }

    long sequence() {
      return ByteBuffer.wrap(bytes).getLong(8);
    }

    int rawLength() {
      return ByteBuffer.wrap(bytes).getInt(16);
    }

    /** The length of the payload. */
    int length() {
      return ByteBuffer.wrap(bytes).getInt(20);
    }

    /** The durable length of the file when the frame was written. */
    long synced() {
      return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(24));
    }
  }

  private final FileChannel channel;
  private final long size;

  private WalFile(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  static WalFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new WalFile(channel);
    } catch (IOException ex) {
      channel.close();
      throw ex;
    }
  }

  long size() {
    return size;
  }

  /** What is wrong with the header; null if nothing is. */
  @Nullable String headerFault() throws IOException {
    return (size < WalFormat.FILE_HEADER)
        ? "it ends in its header"
        : WalFormat.checkFileHeader(bytes(0, WalFormat.FILE_HEADER));
  }

  /** The format version of the file, as far as its first bytes show it. */
  int version() throws IOException {
    return WalFormat.version(bytes(0, (int) Math.min(size, WalFormat.FILE_HEADER)));
  }

  /** The number of the previous file; only for a valid header. */
  long before() throws IOException {
    return ByteBuffer.wrap(bytes(0, WalFormat.FILE_HEADER)).getLong(8);
  }

  /** The valid length of the previous file; only for a valid header. */
  long lengthBefore() throws IOException {
    return ByteBuffer.wrap(bytes(0, WalFormat.FILE_HEADER)).getLong(16);
  }

  /** The frame at a position; null if no good frame begins there and ends by {@code limit}. */
  @Nullable Frame frame(long at, long limit) throws IOException {
    if (at + WalFormat.FRAME_HEADER > limit) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes(at, WalFormat.FRAME_HEADER));
    int rawLength = header.getInt(16);
    int length = header.getInt(20);
    int markLength = header.getInt(28);
    if (header.getInt(0) != WalFormat.FRAME_MAGIC
        || length < 0
        || rawLength < 0
        || rawLength > WalFormat.MAX_FRAME
        || markLength < 0
        || markLength > WalFormat.MAX_MARK
        || at + WalFormat.FRAME_HEADER + length + markLength > limit) {
      return null;
    }
    byte[] frame = bytes(at, WalFormat.FRAME_HEADER + length + markLength);
    CRC32C checksum = new CRC32C();
    checksum.update(frame, 8, frame.length - 8);
    return ((int) checksum.getValue() == header.getInt(4))
        ? new Frame(frame, at + frame.length)
        : null;
  }

  /** The position of the next good frame; -1 if none follows. */
  long nextGoodFrame(long from, long limit) throws IOException {
    for (long start = from; start + WalFormat.FRAME_HEADER <= limit; start += WINDOW - 3) {
      int length = (int) Math.min(WINDOW, limit - start);
      ByteBuffer window = ByteBuffer.wrap(bytes(start, length));
      for (int i = 0; i + 3 < length; i++) {
        if (window.getInt(i) == WalFormat.FRAME_MAGIC && frame(start + i, limit) != null) {
          return start + i;
        }
      }
    }
    return -1;
  }

  /** Whether a good frame at or after {@code from} shows that a position was durable before it. */
  boolean wasDurable(long place, long from, long limit) throws IOException {
    for (long at = nextGoodFrame(from, limit); at >= 0; at = nextGoodFrame(at, limit)) {
      for (Frame frame = frame(at, limit); frame != null; frame = frame(at, limit)) {
        if (frame.synced() > place) {
          return true;
        }
        at = frame.end();
      }
    }
    return false;
  }

  private byte[] bytes(long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("The write-ahead log became shorter while it was read");
      }
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
