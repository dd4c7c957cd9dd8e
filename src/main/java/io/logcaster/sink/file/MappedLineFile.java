package io.logcaster.sink.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines into windows of the file that are mapped into memory. The file is longer than its
 * lines while it is open: zeros follow, which are cut off when it is closed, or opened after a
 * crash.
 */
final class MappedLineFile implements LineFile {

  /** Large enough that mapping costs little, small enough to waste little of the disk. */
  static final int WINDOW = 4 << 20;

  private final FileChannel channel;
  private long committed;
  private long written;
  private @Nullable Arena arena;
  private @Nullable MemorySegment window;
  private long windowStart;

  MappedLineFile(FileChannel channel, long length) throws IOException {
    this.channel = channel;
    this.committed = length;
    this.written = length;
    channel.truncate(length);
  }

  @Override
  public void append(byte[] bytes, int length) throws IOException {
    int at = 0;
    while (at < length) {
      MemorySegment target = window();
      long offset = written - windowStart;
      int part = (int) Math.min(length - at, target.byteSize() - offset);
      MemorySegment.copy(bytes, at, target, ValueLayout.JAVA_BYTE, offset, part);
      at += part;
      written += part;
    }
  }

  private MemorySegment window() throws IOException {
    MemorySegment current = window;
    if (current != null && written >= windowStart && written - windowStart < current.byteSize()) {
      return current;
    }
    unmap();
    Arena opened = Arena.ofShared();
    windowStart = written - written % WINDOW;
    current = channel.map(FileChannel.MapMode.READ_WRITE, windowStart, WINDOW, opened);
    arena = opened;
    window = current;
    return current;
  }

  private void unmap() {
    Arena opened = arena;
    arena = null;
    window = null;
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public void commit() {
    // The pages belong to the operating system already.
    committed = written;
  }

  @Override
  public void rollBack() throws IOException {
    if (written > committed) {
      unmap();
      channel.truncate(committed);
      written = committed;
    }
  }

  @Override
  public void sync() throws IOException {
    MemorySegment current = window;
    if (current != null) {
      current.force();
    }
    channel.force(true); // the length has changed
  }

  @Override
  public long length() {
    return committed;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      unmap();
      channel.truncate(committed);
    }
  }
}
