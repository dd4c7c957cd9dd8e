package io.logcaster.storage.segment.file;

import io.logcaster.storage.ScanTrace;
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
 * A memory-mapped segment; reads numbers in little-endian order. Of a segment in object storage,
 * some ranges are mapped, and {@link #copy(Placement, int, ScanTrace)} fetches the others. Offsets
 * are those of the whole segment. Thread-safe. Reading after {@link #close} throws an {@link
 * IllegalStateException}.
 */
final class MappedFile implements Closeable {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path path;

  private final Arena arena;

  private final MemorySegment memory;

  /** Where the rest is; null if all of the segment is mapped. */
  private final @Nullable RemoteRanges remote;

  private final long size;

  /** What the offsets of the index are larger than its places in the mapping. */
  private final long shift;

  private MappedFile(Path path, Arena arena, MemorySegment memory, @Nullable RemoteRanges remote) {
    this.path = path;
    this.arena = arena;
    this.memory = memory;
    this.remote = remote;
    size = (remote == null) ? memory.byteSize() : remote.size();
    shift = size - memory.byteSize();
    MappedPages.add(arena, memory);
  }

  /**
   * Maps a file.
   *
   * @throws CorruptSegmentException if it is shorter than {@code minBytes}
   */
  static MappedFile open(Path path, long minBytes) throws IOException {
    return open(path, minBytes, null);
  }

  /**
   * As {@link #open(Path, long)}.
   *
   * @param remote what the file lacks of its segment; null for nothing
   */
  static MappedFile open(Path path, long minBytes, @Nullable RemoteRanges remote)
      throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < minBytes) {
        throw new CorruptSegmentException(path, size, "too short for a segment file");
      }
      if (remote != null && size != remote.localBytes()) {
        throw new CorruptSegmentException(path, size, "the file has another length than it says");
      }
      Arena arena = Arena.ofShared();
      try {
        return new MappedFile(
            path, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena), remote);
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
    return size;
  }

  /** Reads a number of the index. */
  int getInt(long at) {
    return memory.get(INT, at - shift);
  }

  /** Reads a number of the index. */
  long getLong(long at) {
    return memory.get(LONG, at - shift);
  }

  /** The place in the mapping of an offset that is mapped. */
  long at(long offset) {
    return (remote == null) ? offset : remote.at(offset);
  }

  /** Copies a range that is mapped. */
  byte[] copy(long from, int length) {
    return copy(from, length, 0);
  }

  private byte[] copy(long from, int length, int padding) {
    byte[] bytes = new byte[length + padding];
    MappedPages.read(length);
    MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, at(from), bytes, 0, length);
    return bytes;
  }

  /**
   * Copies a range, wherever it is, and verifies its checksum.
   *
   * @param padding the number of zeros that follow
   * @param trace counts the bytes that had to be fetched
   */
  byte[] copy(Placement place, int padding, ScanTrace trace) throws CorruptSegmentException {
    byte[] bytes =
        (remote == null || remote.has(place))
            ? copy(place.offset(), place.length(), padding)
            : remote.copy(path, place, padding, trace);
    if (Placement.crc(bytes, 0, place.length()) != place.crc()) {
      throw corrupt(place.offset(), "wrong checksum of " + place.length() + " bytes");
    }
    return bytes;
  }

  /** What the mapping lacks; null if it lacks nothing. */
  @Nullable RemoteRanges remote() {
    return remote;
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
    if (remote != null) {
      remote.close();
    }
  }
}
