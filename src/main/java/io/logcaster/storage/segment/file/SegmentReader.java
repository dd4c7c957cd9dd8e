package io.logcaster.storage.segment.file;

import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.column.BloomFilter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.SoftReference;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment through a memory mapping. Safe for use by many threads at once; what it hands out
 * reads the mapping lazily and must not be used once {@link #close} was called: it throws an {@link
 * IllegalStateException} then. Summaries and batches report a file that turns out to be corrupt by
 * an {@link UncheckedIOException} around a {@link CorruptSegmentException}.
 */
public final class SegmentReader implements Closeable {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path path;

  private final Arena arena;

  private final MemorySegment file;

  private final SegmentInfo info;

  private final long entriesAt;

  private final long indexAt;

  private final int streamsLength;

  private final int version;

  private final int streamCount;

  /**
   * Streams that were read: some have hundreds of thousands, so memory that runs short takes them.
   */
  private volatile SoftReference<AtomicReferenceArray<@Nullable Stream>> streams;

  /** Descriptions can be read again at any time, so memory that runs short may take them. */
  private final AtomicReferenceArray<@Nullable SoftReference<BlockEntry>> entries;

  private final BlockCache cache;

  /** The file's number in the cache. */
  private final long number = BlockCache.newFile();

  private SegmentReader(Path path, Arena arena, MemorySegment file, BlockCache cache)
      throws IOException {
    this.path = path;
    this.cache = cache;
    this.arena = arena;
    this.file = file;
    version = checkHeader();
    long footAt = file.byteSize() - SegmentFormat.FOOTER_BYTES;
    if (file.get(LONG, footAt + 64) != SegmentFormat.MAGIC) {
      throw corrupt(footAt, "the end is missing: the file was cut or never finished");
    }
    byte[] foot = copy(footAt, 60);
    if (Placement.crc(foot, 0, 60) != file.get(INT, footAt + 60)) {
      throw corrupt(footAt, "wrong checksum of the footer");
    }
    entriesAt = file.get(LONG, footAt);
    indexAt = file.get(LONG, footAt + 8);
    streamsLength = file.get(INT, footAt + 16);
    streamCount = file.get(INT, footAt + 20);
    int blocks = file.get(INT, footAt + 24);
    if (entriesAt < SegmentFormat.HEADER_BYTES
        || entriesAt > indexAt
        || streamCount < 0
        || streamsLength < streamCount * 4L
        || blocks < 0
        || indexAt + streamsLength + (long) blocks * SegmentFormat.DIRECTORY_ENTRY_BYTES != footAt
        || file.get(INT, footAt + 56) != file.get(INT, 8)) {
      throw corrupt(footAt, "the footer contradicts the file");
    }
    byte[] index = copy(indexAt, Math.toIntExact(footAt - indexAt));
    if (Placement.crc(index, 0, index.length) != file.get(INT, footAt + 28)) {
      throw corrupt(indexAt, "wrong checksum of the index");
    }
    info =
        new SegmentInfo(
            file.get(LONG, footAt + 32),
            file.byteSize(),
            file.get(LONG, footAt + 40),
            file.get(LONG, footAt + 48),
            blocks);
    streams = new SoftReference<>(null);
    entries = new AtomicReferenceArray<>(blocks);
  }

  /**
   * Opens a segment and checks its header, footer and index.
   *
   * @throws CorruptSegmentException if the file is damaged
   * @throws io.logcaster.storage.FormatVersionException if another version wrote it, which this one
   *     does not read
   * @throws IOException if it could not be opened
   */
  public static SegmentReader open(Path file) throws IOException {
    return open(file, BlockCache.NONE);
  }

  /** As {@link #open(Path)}, with a cache for what queries read. */
  public static SegmentReader open(Path file, BlockCache cache) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < SegmentFormat.HEADER_BYTES + SegmentFormat.FOOTER_BYTES) {
        throw new CorruptSegmentException(file, size, "the file is too short for a segment");
      }
      Arena arena = Arena.ofShared();
      try {
        return new SegmentReader(
            file, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena), cache);
      } catch (IOException | RuntimeException ex) {
        arena.close();
        throw ex;
      }
    }
  }

  /** The format version, which can be read. */
  private int checkHeader() throws IOException {
    if (file.get(LONG, 0) != SegmentFormat.MAGIC) {
      throw corrupt(0, "not a segment file");
    }
    int version = file.get(INT, 8);
    if (Placement.crc(copy(0, 12), 0, 12) != file.get(INT, 12)) {
      if (isVersionOfFooter(version)) {
        SegmentFormat.checkVersion(path, version);
      }
      throw corrupt(0, "wrong checksum of the header");
    }
    SegmentFormat.checkVersion(path, version);
    return version;
  }

  /** Whether the end names the same version: then a checksum that is unknown is no damage. */
  private boolean isVersionOfFooter(int version) {
    long footAt = file.byteSize() - SegmentFormat.FOOTER_BYTES;
    return file.get(LONG, footAt + 64) == SegmentFormat.MAGIC
        && file.get(INT, footAt + 56) == version;
  }

  public SegmentInfo info() {
    return info;
  }

  public int blockCount() {
    return info.blocks();
  }

  /** How many streams its records have. */
  public int streamCount() {
    return streamCount;
  }

  /** What is known of a block; its description is read when a column is first asked for. */
  public BlockSummary summary(int block) {
    return new MappedSummary(this, block);
  }

  /**
   * A block as a batch that decodes each column when it is first asked for.
   *
   * @throws CorruptSegmentException if the block's description is damaged
   */
  public RecordBatch read(int block) throws IOException {
    return new MappedBatch(this, entry(block), block, BlockCache.NONE, new ScanTrace());
  }

  /** As {@link #read(int)}, for a query: what it decodes is kept for the next. */
  public RecordBatch read(int block, ScanTrace trace) throws IOException {
    return new MappedBatch(this, entry(block), block, cache, trace);
  }

  /** The file's number in the cache. */
  long number() {
    return number;
  }

  /**
   * Reads everything and compares every checksum.
   *
   * @throws CorruptSegmentException naming the first place that is damaged
   */
  public void verify() throws IOException {
    long records = 0;
    for (int block = 0; block < blockCount(); block++) {
      BlockEntry entry = entry(block);
      records += entry.rows();
      body(entry.times());
      if (entry.severities() != null) {
        body(entry.severities());
      }
      for (ColumnEntry column : entry.columns().values()) {
        if (column.body() != null) {
          body(column.body());
        }
        if (column.bloom() != null) {
          body(column.bloom().place());
        }
      }
      RecordBatch batch = read(block);
      try {
        batch.times();
        batch.severity(0);
        // Asking for text makes columns read what they leave out else.
        batch.column(Field.MESSAGE).bytes();
        batch.fieldNames().forEach((name) -> batch.column(name).bytes());
        for (int i = 0; i < batch.streamCount(); i++) {
          batch.stream(i);
        }
      } catch (UncheckedIOException ex) {
        throw ex.getCause();
      }
    }
    if (records != info.records()) {
      throw corrupt(indexAt, "the index counts " + records + " of " + info.records() + " records");
    }
  }

  private long directory(int block) {
    return indexAt + streamsLength + (long) block * SegmentFormat.DIRECTORY_ENTRY_BYTES;
  }

  public int rows(int block) {
    return file.get(INT, directory(block) + 16);
  }

  public long minTime(int block) {
    return file.get(LONG, directory(block) + 24);
  }

  public long maxTime(int block) {
    return file.get(LONG, directory(block) + 32);
  }

  /** The only stream of a block, or null. */
  @Nullable Stream streamOf(int block) {
    int stream = file.get(INT, directory(block) + 20);
    return (stream < 0) ? null : stream(stream);
  }

  Stream stream(int number) {
    if (number >= streamCount) {
      throw new UncheckedIOException(corrupt(indexAt, "stream " + number + " of " + streamCount));
    }
    AtomicReferenceArray<@Nullable Stream> read = streams.get();
    if (read == null) {
      read = new AtomicReferenceArray<>(streamCount);
      streams = new SoftReference<>(read);
    }
    Stream known = read.get(number);
    if (known == null) {
      known = readStream(number);
      read.set(number, known);
    }
    return known;
  }

  /** The streams of a block in the order of its rows. */
  List<Stream> streams(BlockEntry entry) {
    List<Stream> found = new ArrayList<>(entry.streams().length);
    for (int number : entry.streams()) {
      found.add(stream(number));
    }
    return found;
  }

  private Stream readStream(int number) {
    int from = (number == 0) ? 0 : file.get(INT, indexAt + (number - 1) * 4L);
    int to = file.get(INT, indexAt + number * 4L);
    long texts = indexAt + streamCount * 4L;
    if (from < 0 || from > to || texts + to > indexAt + streamsLength) {
      throw new UncheckedIOException(corrupt(indexAt, "stream " + number + " lies outside"));
    }
    ByteSource source = new ByteSource(copy(texts + from, to - from), 0, to - from);
    try {
      int count = source.getCount(source.remaining());
      List<Field> fields = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String name = new String(source.getSized(), StandardCharsets.UTF_8);
        fields.add(new Field(name, new String(source.getSized(), StandardCharsets.UTF_8)));
      }
      return Stream.of(fields);
    } catch (MalformedException ex) {
      throw new UncheckedIOException(corrupt(texts + from, ex.getMessage()));
    }
  }

  BlockEntry entry(int block) throws CorruptSegmentException {
    SoftReference<BlockEntry> reference = entries.get(block);
    BlockEntry known = (reference != null) ? reference.get() : null;
    if (known == null) {
      known = readEntry(block);
      entries.set(block, new SoftReference<>(known));
    }
    return known;
  }

  /** Says that the description of a block is malformed. */
  CorruptSegmentException corruptEntry(int block, MalformedException cause) {
    return corrupt(entriesAt + file.get(LONG, directory(block)), cause.getMessage());
  }

  private BlockEntry readEntry(int block) throws CorruptSegmentException {
    long at = directory(block);
    long from = entriesAt + file.get(LONG, at);
    int length = file.get(INT, at + 8);
    if (from < entriesAt || length < 0 || length > indexAt - from) {
      throw corrupt(at, "block " + block + " lies outside of the index");
    }
    byte[] bytes = copy(from, length);
    if (Placement.crc(bytes, 0, length) != file.get(INT, at + 12)) {
      throw corrupt(from, "wrong checksum of the description of block " + block);
    }
    try {
      BlockEntry entry = BlockEntry.read(new ByteSource(bytes, 0, length), version);
      if (entry.rows() != rows(block)) {
        throw corrupt(from, "block " + block + " contradicts the index");
      }
      return entry;
    } catch (MalformedException ex) {
      throw corrupt(from, ex.getMessage());
    }
  }

  /** A column's body with its checksum compared, and the padding that packed bits are read with. */
  byte[] body(Placement place) throws CorruptSegmentException {
    checkPlace(place);
    byte[] bytes = new byte[place.length() + BodyReader.PADDING];
    MemorySegment.copy(file, ValueLayout.JAVA_BYTE, place.offset(), bytes, 0, place.length());
    if (Placement.crc(bytes, 0, place.length()) != place.crc()) {
      throw corrupt(place.offset(), "wrong checksum of " + place.length() + " bytes");
    }
    return bytes;
  }

  /** Whether a word may be in a column, by its filter, whose checksum is compared once. */
  boolean mayContain(TokenFilter filter, long hash) throws CorruptSegmentException {
    Placement place = filter.place();
    if (!filter.isVerified()) {
      body(place);
      if (place.length() == 0 || place.length() % 8 != 0) {
        throw corrupt(place.offset(), "filter of " + place.length() + " bytes");
      }
      filter.setVerified();
    }
    return BloomFilter.mayContain(file, place.offset(), place.length(), hash);
  }

  private void checkPlace(Placement place) throws CorruptSegmentException {
    if (place.offset() < SegmentFormat.HEADER_BYTES
        || place.offset() > entriesAt
        || place.length() > entriesAt - place.offset()) {
      throw corrupt(place.offset(), place.length() + " bytes reach beyond the blocks of the file");
    }
  }

  private byte[] copy(long from, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(file, ValueLayout.JAVA_BYTE, from, bytes, 0, length);
    return bytes;
  }

  CorruptSegmentException corrupt(long place, @Nullable String detail) {
    return new CorruptSegmentException(path, place, (detail != null) ? detail : "malformed");
  }

  /**
   * Unmaps the file. Waits for nobody: whoever still reads gets an {@link IllegalStateException}.
   */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
      cache.forget(number);
    }
  }

  @Override
  public String toString() {
    return path + " with " + info;
  }
}
