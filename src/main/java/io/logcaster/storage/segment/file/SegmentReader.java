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

  private final MappedFile file;

  private final SegmentFooter footer;

  private final SegmentInfo info;

  private final Directory directory;

  private final SegmentStreams streams;

  /** Descriptions can be read again at any time, so memory that runs short may take them. */
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
    entries = new AtomicReferenceArray<>(footer.blocks());
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
      // Where the end names the same version, a checksum that is unknown is no damage.
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

  public SegmentInfo info() {
    return info;
  }

  public int blockCount() {
    return info.blocks();
  }

  /** How many streams its records have. */
  public int streamCount() {
    return footer.streams();
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
    if (records != info.records()) {
      throw corrupt(
          footer.indexAt(), "the index counts " + records + " of " + info.records() + " records");
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

  /** The only stream of a block, or null. */
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

  /** Says that the description of a block is malformed. */
  CorruptSegmentException corruptEntry(int block, MalformedException cause) {
    return corrupt(footer.entriesAt() + directory.entryOffset(block), cause.getMessage());
  }

  private BlockEntry readEntry(int block) throws CorruptSegmentException {
    long from = footer.entriesAt() + directory.entryOffset(block);
    int length = directory.entryLength(block);
    if (from < footer.entriesAt() || length < 0 || length > footer.indexAt() - from) {
      throw corrupt(directory.at(block), "block " + block + " lies outside of the index");
    }
    byte[] bytes = file.copy(from, length);
    if (Placement.crc(bytes, 0, length) != directory.entryCrc(block)) {
      throw corrupt(from, "wrong checksum of the description of block " + block);
    }
    try {
      BlockEntry entry = BlockEntry.read(new ByteSource(bytes, 0, length), footer.version());
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
    byte[] bytes = file.copy(place.offset(), place.length(), BodyReader.PADDING);
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
    return BloomFilter.mayContain(file.memory(), place.offset(), place.length(), hash);
  }

  private void checkPlace(Placement place) throws CorruptSegmentException {
    if (place.offset() < SegmentHeader.BYTES
        || place.offset() > footer.entriesAt()
        || place.length() > footer.entriesAt() - place.offset()) {
      throw corrupt(place.offset(), place.length() + " bytes reach beyond the blocks of the file");
    }
  }

  CorruptSegmentException corrupt(long place, @Nullable String detail) {
    return file.corrupt(place, detail);
  }

  /**
   * Unmaps the file. Waits for nobody: whoever still reads gets an {@link IllegalStateException}.
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
