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
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment through a memory mapping. Thread-safe. Its summaries and batches read the mapping
 * lazily; after {@link #close} they throw an {@link IllegalStateException}. They report damage by
 * an {@link UncheckedIOException} around a {@link CorruptSegmentException}.
 */
public final class SegmentReader implements Closeable {

  private final MappedFile file;

  private final SegmentFooter footer;

  private final SegmentInfo info;

  private final Directory directory;

  private final SegmentStreams streams;

  /** The words of neighbouring blocks; empty if each column has a filter. */
  private final List<WordGroup> groups;

  /** The group of each block; empty if there are none. */
  private final int[] groupOf;

  /** Soft references, because descriptions can be read again when memory has run short. */
  private final AtomicReferenceArray<@Nullable SoftReference<BlockEntry>> entries;

  private final BlockCache cache;

  /** The file's number in the cache. */
  private final long number = BlockCache.newFile();

  private SegmentReader(MappedFile file, BlockCache cache) throws IOException {
    this.file = file;
    this.cache = cache;
    footer = readFooter(file, readHeader(file));
    int indexBytes = Math.toIntExact(file.size() - SegmentFooter.BYTES - footer.indexAt());
    byte[] index = file.copy(footer.indexAt(), indexBytes);
    if (Placement.crc(index, 0, index.length) != footer.indexCrc()) {
      throw corrupt(footer.indexAt(), "wrong checksum of the index");
    }
    info = footer.info(file.size());
    directory = new Directory(file, footer.directoryAt());
    streams = new SegmentStreams(file, footer);
    groups =
        (footer.version() >= SegmentFormat.GROUPED)
            ? readGroups(
                new ByteSource(index, (int) (footer.groupsAt() - footer.indexAt()), indexBytes))
            : List.of();
    groupOf = new int[groups.isEmpty() ? 0 : footer.blocks()];
    for (int i = 0; i < groups.size(); i++) {
      WordGroup group = groups.get(i);
      Arrays.fill(groupOf, group.firstBlock(), group.firstBlock() + group.blocks(), i);
    }
    entries = new AtomicReferenceArray<>(footer.blocks());
  }

  /**
   * Opens a segment and verifies its header, footer and index.
   *
   * @throws CorruptSegmentException if the file is damaged
   * @throws io.logcaster.storage.FormatVersionException if the file has a version that this
   *     LogCaster does not read
   * @throws IOException if the file cannot be opened
   */
  public static SegmentReader open(Path file) throws IOException {
    return open(file, BlockCache.NONE);
  }

  /** Like {@link #open(Path)}, with a cache for the data that queries decode. */
  public static SegmentReader open(Path file, BlockCache cache) throws IOException {
    MappedFile mapped = MappedFile.open(file, SegmentHeader.BYTES + SegmentFooter.BYTES);
    try {
      return new SegmentReader(mapped, cache);
    } catch (IOException | RuntimeException ex) {
      mapped.close();
      throw ex;
    }
  }

  private static SegmentHeader readHeader(MappedFile file) throws IOException {
    try {
      SegmentHeader header = SegmentHeader.read(file.copy(0, SegmentHeader.BYTES));
      if (!header.isSegment()) {
        throw file.corrupt(0, "not a segment file");
      }
      // If the footer has the same version, an unknown checksum is not damage.
      if (header.isIntact() || SegmentFooter.names(header.version(), footerBytes(file))) {
        SegmentFormat.checkVersion(file.path(), header.version());
      }
      if (!header.isIntact()) {
        throw file.corrupt(0, "wrong checksum of the header");
      }
      return header;
    } catch (MalformedException ex) {
      throw file.corrupt(0, ex.getMessage());
    }
  }

  private static byte[] footerBytes(MappedFile file) {
    return file.copy(file.size() - SegmentFooter.BYTES, SegmentFooter.BYTES);
  }

  private static SegmentFooter readFooter(MappedFile file, SegmentHeader header)
      throws IOException {
    long at = file.size() - SegmentFooter.BYTES;
    try {
      SegmentFooter footer = SegmentFooter.read(footerBytes(file));
      if (!footer.fits(header, file.size())) {
        throw file.corrupt(at, "the footer contradicts the file");
      }
      return footer;
    } catch (MalformedException ex) {
      throw file.corrupt(at, ex.getMessage());
    }
  }

  private List<WordGroup> readGroups(ByteSource source) throws IOException {
    try {
      int count = source.getCount(footer.blocks());
      List<WordGroup> found = new ArrayList<>(count);
      int block = 0;
      for (int i = 0; i < count; i++) {
        int blocks = source.getCount(Math.min(WordGroup.MAX_BLOCKS, footer.blocks() - block));
        found.add(new WordGroup(block, blocks, Placement.read(source)));
        block += blocks;
      }
      if (source.remaining() != 0 || (count > 0 && block != footer.blocks())) {
        throw new MalformedException("groups of " + block + " of " + footer.blocks() + " blocks");
      }
      return found;
    } catch (MalformedException ex) {
      throw corrupt(footer.groupsAt(), ex.getMessage());
    }
  }

  public SegmentInfo info() {
    return info;
  }

  public int blockCount() {
    return info.blocks();
  }

  /** The number of streams of the records. */
  public int streamCount() {
    return footer.streams();
  }

  /**
   * Returns the summary of a block. It reads the block's description at the first use of a column.
   */
  public BlockSummary summary(int block) {
    return new MappedSummary(this, block);
  }

  /** The number of groups of neighbouring blocks that have a summary together; may be 0. */
  public int groupCount() {
    return groups.size();
  }

  WordGroup group(int number) {
    return groups.get(number);
  }

  /** The group of a block. Only if there are groups. */
  public int groupOf(int block) {
    return groupOf[block];
  }

  /**
   * Returns the summary of a group: what it rules out is in none of the blocks.
   *
   * @param size the number of its blocks that a scan would read
   */
  public BlockSummary groupSummary(int group, int size) {
    return new GroupSummary(this, groups.get(group), size);
  }

  /**
   * Returns a block as a batch that decodes each column at its first use.
   *
   * @throws CorruptSegmentException if the block's description is damaged
   */
  public RecordBatch read(int block) throws IOException {
    return new MappedBatch(this, entry(block), block, BlockCache.NONE, new ScanTrace());
  }

  /** Like {@link #read(int)}, for a query: caches decoded data and counts in {@code trace}. */
  public RecordBatch read(int block, ScanTrace trace) throws IOException {
    return new MappedBatch(this, entry(block), block, cache, trace);
  }

  /** The file's number in the cache. */
  long number() {
    return number;
  }

  /**
   * Reads everything and verifies every checksum.
   *
   * @throws CorruptSegmentException with the first damaged place
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
        // Requesting text forces columns to decode everything.
        batch.column(Field.MESSAGE).bytes();
        batch.fieldNames().forEach((name) -> batch.column(name).bytes());
        for (int i = 0; i < batch.streamCount(); i++) {
          batch.stream(i);
        }
      } catch (UncheckedIOException ex) {
        throw ex.getCause();
      }
    }
    for (WordGroup group : groups) {
      body(group.place());
    }
    if (records != info.records()) {
      throw corrupt(
          footer.indexAt(), "the blocks have " + records + " of " + info.records() + " records");
    }
  }

  public int rows(int block) {
    return directory.rows(block);
  }

  public long minTime(int block) {
    return directory.minTime(block);
  }

  public long maxTime(int block) {
    return directory.maxTime(block);
  }

  /** The only stream of a block; null if it has several. */
  @Nullable Stream streamOf(int block) {
    int stream = directory.stream(block);
    return (stream < 0) ? null : stream(stream);
  }

  Stream stream(int number) {
    return streams.get(number);
  }

  /** The streams of a block in the order of its rows. */
  List<Stream> streams(BlockEntry entry) {
    List<Stream> found = new ArrayList<>(entry.streams().length);
    for (int number : entry.streams()) {
      found.add(stream(number));
    }
    return found;
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

  /** Returns the exception for a malformed description of a block. */
  CorruptSegmentException corruptEntry(int block, MalformedException cause) {
    return corrupt(footer.entriesAt() + directory.entryOffset(block), cause.getMessage());
  }

  private BlockEntry readEntry(int block) throws CorruptSegmentException {
    long from = footer.entriesAt() + directory.entryOffset(block);
    int length = directory.entryLength(block);
    if (from < footer.entriesAt() || length < 0 || length > footer.indexAt() - from) {
      throw corrupt(
          directory.at(block), "description of block " + block + " lies outside the index");
    }
    byte[] bytes = file.copy(from, length);
    if (Placement.crc(bytes, 0, length) != directory.entryCrc(block)) {
      throw corrupt(from, "wrong checksum of the description of block " + block);
    }
    try {
      BlockEntry entry = BlockEntry.read(new ByteSource(bytes, 0, length), footer.version());
      if (entry.rows() != rows(block)) {
        throw corrupt(from, "description of block " + block + " contradicts the directory");
      }
      return entry;
    } catch (MalformedException ex) {
      throw corrupt(from, ex.getMessage());
    }
  }

  /** Copies a body, verifies its checksum, and appends {@link BodyReader#PADDING} bytes. */
  byte[] body(Placement place) throws CorruptSegmentException {
    checkPlace(place);
    byte[] bytes = file.copy(place.offset(), place.length(), BodyReader.PADDING);
    if (Placement.crc(bytes, 0, place.length()) != place.crc()) {
      throw corrupt(place.offset(), "wrong checksum of " + place.length() + " bytes");
    }
    return bytes;
  }

  /** Whether a column may contain a word. Verifies the checksum of the filter at its first use. */
  boolean mayContain(TokenFilter filter, long hash) throws CorruptSegmentException {
    Placement place = filter.place();
    if (!filter.isVerified()) {
      body(place);
      if (place.length() == 0 || place.length() % 8 != 0) {
        throw corrupt(place.offset(), "filter of " + place.length() + " bytes");
      }
      filter.setVerified();
    }
    MappedPages.read(0);
    return BloomFilter.mayContain(file.memory(), place.offset(), place.length(), hash);
  }

  /** Whether a column of a block whose words are in a group may contain a word. */
  boolean mayContain(int block, String column, long hash) throws CorruptSegmentException {
    if (groups.isEmpty()) {
      throw corrupt(directory.at(block), "words of block " + block + " are missing");
    }
    WordGroup group = groups.get(groupOf[block]);
    return (blocksWith(group, column, hash) & 1 << (block - group.firstBlock())) != 0;
  }

  /** The blocks of a group that may have a word in a column, a bit for each. */
  int blocksWith(WordGroup group, String column, long hash) throws CorruptSegmentException {
    return group.blocksWith(this, file, column, hash);
  }

  private void checkPlace(Placement place) throws CorruptSegmentException {
    if (place.offset() < SegmentHeader.BYTES
        || place.offset() > footer.entriesAt()
        || place.length() > footer.entriesAt() - place.offset()) {
      throw corrupt(place.offset(), place.length() + " bytes lie outside the blocks of the file");
    }
  }

  CorruptSegmentException corrupt(long place, @Nullable String detail) {
    return file.corrupt(place, detail);
  }

  /**
   * Unmaps the file. Does not wait for readers: later reads throw an {@link IllegalStateException}.
   */
  @Override
  public void close() {
    if (file.isOpen()) {
      file.close();
      cache.forget(number);
    }
  }

  @Override
  public String toString() {
    return file.path() + " with " + info;
  }
}
