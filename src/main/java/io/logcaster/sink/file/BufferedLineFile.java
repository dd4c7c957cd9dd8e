package io.logcaster.sink.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Collects lines in a buffer outside the heap and writes it when it is full, or on commit. */
final class BufferedLineFile implements LineFile {

  /** From here on, larger buffers were not faster. */
  static final int BUFFER = 256 << 10;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private long committed;

  /** How much was written, also of what is not committed. */
  private long written;

  /**
   * @param channel positioned nowhere in particular
   * @param length of the whole lines in it
   */
  BufferedLineFile(FileChannel channel, long length) throws IOException {
    this.channel = channel;
    this.committed = length;
    this.written = length;
    channel.truncate(length);
  }

  @Override
  public void append(byte[] bytes, int length) throws IOException {
    int at = 0;
    while (at < length) {
      int part = Math.min(length - at, buffer.remaining());
      buffer.put(bytes, at, part);
      at += part;
      if (!buffer.hasRemaining()) {
        drain();
      }
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      written += channel.write(buffer, written);
    }
    buffer.clear();
  }

  @Override
  public void commit() throws IOException {
    drain();
    committed = written;
  }

  @Override
  public void rollBack() throws IOException {
    buffer.clear();
    if (written > committed) {
      channel.truncate(committed);
      written = committed;
    }
  }

  @Override
  public void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public long length() {
    return committed;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      rollBack();
    }
  }
}
