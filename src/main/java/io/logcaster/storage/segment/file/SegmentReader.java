package io.logcaster.storage.segment.file;

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
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment through a memory mapping. Thread-safe. Its summaries and batches read the mapping
 * lazily; after {@link #close} they throw an {@link IllegalStateException}. They report damage by
 * an {@link UncheckedIOException} around a {@link CorruptSegmentException}.
 */
public final class SegmentReader implements Closeable {

  private static final int LEAST_BYTES = SegmentHeader.BYTES + SegmentFooter.BYTES;

  /** A block takes some hundred kilobytes. */
  private static final int MAX_PREFETCH = 4 << 20;

  /** Counts what no query asked for. */
  private static final ScanTrace UNTRACED = new ScanTrace();

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
    footer = SegmentEnds.footer(file, SegmentEnds.header(file));
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
    return open(MappedFile.open(file, LEAST_BYTES), cache);
  }

  /**
   * Opens a segment of which only the local part is here.
   *
   * @param local the head of the file
   * @param object has the rest
   */
  public static SegmentReader open(Path file, TieredFile local, RemoteFile object, BlockCache cache)
      throws IOException {
    return open(MappedFile.open(file, LEAST_BYTES, new RemoteRanges(local, object)), cache);
  }

  private static SegmentReader open(MappedFile mapped, BlockCache cache) throws IOException {
    try {
      return new SegmentReader(mapped, cache);
    } catch (IOException | RuntimeException ex) {
      mapped.close();
      throw ex;
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
   * Reads everything and verifies every checksum; of a segment in object storage what is here.
   *
   * @throws CorruptSegmentException with the first damaged place
   */
  public void verify() throws IOException {
    new SegmentCheck(this).run();
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
    return body(place, UNTRACED);
  }

  /** As {@link #body(Placement)}; counts in {@code trace} what had to be fetched. */
  byte[] body(Placement place, ScanTrace trace) throws CorruptSegmentException {
    checkPlace(place);
    return file.copy(place, BodyReader.PADDING, trace);
  }

  /** Copies a range without verifying it. */
  byte[] copy(Placement range) {
    return file.copy(range.offset(), range.length());
  }

  /** Where the descriptions of the blocks begin, after the last block. */
  long entriesAt() {
    return footer.entriesAt();
  }

  /** Whether the values of the segment are in object storage. */
  public boolean isRemote() {
    return file.remote() != null;
  }

  /**
   * Begins to fetch what a scan is about to read of a block, if it is in object storage.
   *
   * @param columns the names of the columns; null for all
   */
  public void prefetch(int block, @Nullable Set<String> columns, ScanTrace trace)
      throws CorruptSegmentException {
    RemoteRanges remote = file.remote();
    if (remote == null) {
      return;
    }
    BlockEntry entry = entry(block);
    long from = entry.times().offset();
    long to = from + entry.times().length();
    for (ColumnEntry column : entry.columns().values()) {
      Placement body = column.body();
      if (body != null && (columns == null || columns.contains(column.name()))) {
        from = Math.min(from, body.offset());
        to = Math.max(to, body.offset() + body.length());
      }
    }
    if (from >= SegmentHeader.BYTES && to <= footer.entriesAt() && to - from < MAX_PREFETCH) {
      remote.prefetch(from, (int) (to - from), trace);
    }
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
    filter.lookups().read();
    return BloomFilter.mayContain(file.memory(), file.at(place.offset()), place.length(), hash);
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
