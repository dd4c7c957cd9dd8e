package io.logcaster.storage.segment.file;

import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The local part of a segment that lies in object storage: everything that chooses blocks, but not
 * their values. Its header, the filters and groups of words, and the index stay at hand, so that a
 * query fetches only what it has to decode. Numbers are as in {@link SegmentFormat}.
 *
 * <pre>
 * file   := magic u64, version u32, length of the head u32, crc of the head u32, head, bytes
 * head   := key of the object sized, length of the segment varint,
 *           number of ranges varint, (offset varint, length varint)*
 * bytes  := the ranges of the segment, back to back, in the order of their offsets;
 *           the last one reaches the end of the segment
 * </pre>
 *
 * <p>The ranges have the checksums of the segment, which readers verify.
 *
 * @param key the key of the object, which is the segment byte by byte
 * @param size the length of the segment
 * @param starts the offset of each range
 * @param lengths the length of each range
 * @param at where the bytes of the first range are in this file
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
public record TieredFile(String key, long size, long[] starts, int[] lengths, int at) {

  /** What the name of such a file ends with. */
  public static final String SUFFIX = ".tier";

  /** {@code 89 "LCTIE" 1A 0A}: not valid text, and broken by any conversion of line ends. */
  private static final long MAGIC = 0x0A1A454954434C89L;

  private static final int VERSION = 1;

  private static final int FIXED_BYTES = 20;

  /** Enough for as many ranges as a segment has blocks and columns. */
  private static final int MAX_HEAD = 64 << 20;

  /**
   * Writes and syncs the local part of a segment.
   *
   * @param segment a reader of all of the segment
   */
  public static void write(Path target, String key, SegmentReader segment) throws IOException {
    List<Placement> ranges = joined(ranges(segment));
    ByteSink head = new ByteSink(1 << 10);
    byte[] name = key.getBytes(StandardCharsets.UTF_8);
    head.putSized(name, 0, name.length);
    head.putVarint(segment.info().bytes());
    head.putVarint(ranges.size());
    for (Placement range : ranges) {
      head.putVarint(range.offset());
      head.putVarint(range.length());
    }
    ByteSink first = new ByteSink(FIXED_BYTES);
    first.putLong(MAGIC);
    first.putInt(VERSION);
    first.putInt(head.length());
    first.putInt(Placement.crc(head.array(), 0, head.length()));
    try (FileChannel channel =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(channel, first.array(), first.length());
      write(channel, head.array(), head.length());
      for (Placement range : ranges) {
        write(channel, segment.copy(range), range.length());
      }
      channel.force(true);
    }
  }

  /** The ranges that choose blocks: the header, the filters and groups of words, and the index. */
  private static List<Placement> ranges(SegmentReader segment) throws CorruptSegmentException {
    List<Placement> ranges = new ArrayList<>();
    ranges.add(new Placement(0, SegmentHeader.BYTES, 0));
    for (int block = 0; block < segment.blockCount(); block++) {
      for (ColumnEntry column : segment.entry(block).columns().values()) {
        if (column.bloom() != null) {
          ranges.add(column.bloom().place());
        }
      }
    }
    for (int group = 0; group < segment.groupCount(); group++) {
      ranges.add(segment.group(group).place());
    }
    for (Placement range : ranges.subList(1, ranges.size())) {
      // Verified now, because damage must not be copied.
      byte[] _ = segment.body(range);
    }
    long index = segment.info().bytes() - segment.entriesAt();
    ranges.add(new Placement(segment.entriesAt(), Math.toIntExact(index), 0));
    return ranges;
  }

  private static void write(FileChannel channel, byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** The ranges by offset; those that touch are one. */
  private static List<Placement> joined(List<Placement> ranges) {
    List<Placement> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingLong(Placement::offset));
    List<Placement> joined = new ArrayList<>();
    for (Placement range : sorted) {
      Placement last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && range.offset() <= last.offset() + last.length()) {
        long end = Math.max(last.offset() + last.length(), range.offset() + range.length());
        joined.set(
            joined.size() - 1,
            new Placement(last.offset(), Math.toIntExact(end - last.offset()), 0));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /**
   * Reads the head of a file.
   *
   * @throws CorruptSegmentException if it is damaged
   * @throws FormatVersionException if it has another version
   */
  public static TieredFile read(Path file) throws IOException {
    try (var input = Files.newInputStream(file)) {
      byte[] fixed = input.readNBytes(FIXED_BYTES);
      ByteSource source = new ByteSource(fixed, 0, fixed.length);
      if (source.getLong() != MAGIC) {
        throw new CorruptSegmentException(file, 0, "not the local part of a segment");
      }
      int version = source.getInt();
      int length = source.getInt();
      int crc = source.getInt();
      byte[] head = input.readNBytes(Math.clamp(length, 0, MAX_HEAD));
      if (head.length != length || Placement.crc(head, 0, length) != crc) {
        throw new CorruptSegmentException(file, 0, "wrong checksum of the head");
      }
      if (version != VERSION) {
        throw new FormatVersionException(file, Integer.toUnsignedLong(version), VERSION, VERSION);
      }
      return read(new ByteSource(head, 0, length), FIXED_BYTES + length);
    } catch (MalformedException ex) {
      throw new CorruptSegmentException(file, 0, String.valueOf(ex.getMessage()));
    }
  }

  private static TieredFile read(ByteSource head, int at) throws MalformedException {
    String key = new String(head.getSized(), StandardCharsets.UTF_8);
    long size = head.getVarint();
    int count = head.getCount(head.remaining());
    long[] starts = new long[count];
    int[] lengths = new int[count];
    long end = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = head.getVarint();
      lengths[i] = head.getCount(Integer.MAX_VALUE);
      if (starts[i] < end) {
        throw new MalformedException("ranges overlap");
      }
      end = starts[i] + lengths[i];
    }
    if (count == 0 || end != size) {
      throw new MalformedException("the end of the segment is missing");
    }
    return new TieredFile(key, size, starts, lengths, at);
  }

  /** Opens what is here of a segment, without the object storage. */
  public static SegmentReader openAlone(Path file) throws IOException {
    TieredFile local = read(file);
    return SegmentReader.open(file, local, new Alone(local.key()), BlockCache.NONE);
  }

  /** Has nothing. */
  private record Alone(String name) implements RemoteFile {

    @Override
    public void read(long from, byte[] target, int length, ScanTrace trace) throws IOException {
      throw new IOException("The object storage is not asked");
    }

    @Override
    public void prefetch(long from, int length, ScanTrace trace) {
      // Nothing comes.
    }

    @Override
    public void forget(long from, int length) {
      // Nothing is cached.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  /** The length of the file. */
  long bytes() {
    long bytes = at;
    for (int length : lengths) {
      bytes += length;
    }
    return bytes;
  }
}
