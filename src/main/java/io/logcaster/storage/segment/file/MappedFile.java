package io.logcaster.storage.segment.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A memory-mapped file; reads numbers in little-endian order. Thread-safe. Reading after {@link
 * #close} throws an {@link IllegalStateException}.
 */
final class MappedFile implements Closeable {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path path;

  private final Arena arena;

  private final MemorySegment memory;

  private MappedFile(Path path, Arena arena, MemorySegment memory) {
    this.path = path;
    this.arena = arena;
    this.memory = memory;
    MappedPages.add(arena, memory);
  }

  /**
   * Maps a file.
   *
   * @throws CorruptSegmentException if it is shorter than {@code minBytes}
   */
  static MappedFile open(Path path, long minBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < minBytes) {
        throw new CorruptSegmentException(path, size, "too short for a segment file");
      }
      Arena arena = Arena.ofShared();
      try {
        return new MappedFile(
            path, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena));
      } catch (IOException | RuntimeException ex) {
        arena.close();
        throw ex;
      }
    }
  }

  Path path() {
    return path;
  }

  MemorySegment memory() {
    return memory;
  }

  long size() {
    return memory.byteSize();
  }

  int getInt(long at) {
    return memory.get(INT, at);
  }

  long getLong(long at) {
    return memory.get(LONG, at);
  }

  byte[] copy(long from, int length) {
    return copy(from, length, 0);
  }

  /** Copies a range, followed by {@code padding} zeros. */
  byte[] copy(long from, int length, int padding) {
    byte[] bytes = new byte[length + padding];
    MappedPages.read(length);
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, from, bytes, 0, length);
    return bytes;
  }

  CorruptSegmentException corrupt(long place, @Nullable String detail) {
    return new CorruptSegmentException(path, place, (detail != null) ? detail : "malformed");
  }

  boolean isOpen() {
    return arena.scope().isAlive();
  }

  @Override
  public void close() {
    MappedPages.remove(arena);
    arena.close();
  }
}
