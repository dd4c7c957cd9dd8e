package io.logcaster.storage.segment.file;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.Pool;
import io.logcaster.work.HeapShare;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Writes an immutable segment file in the format that {@link SegmentFormat} specifies. */
public final class SegmentWriter {

  private static final Pool<BlockEncoder> ENCODERS =
      new Pool<>(
          BlockEncoder::new, BlockEncoder::close, Runtime.getRuntime().availableProcessors());

  /** What an encoder takes in the heap while it works, and the values that it has gathered. */
  private static final long ENCODER_BYTES = 12L << 20;

  /** In a small heap, a flush and a merge take turns, block by block. */
  private static final Semaphore WORKING =
      new Semaphore(Math.clamp(HeapShare.ENCODERS.bytes() / ENCODER_BYTES, 1, 1_000));

  /**
   * Segments with fewer blocks have a filter in each column, which is quicker to write: they are
   * merged again, so a partition has few of them, however many records it has.
   */
  private static final int GROUPED_BLOCKS = 96;

  private SegmentWriter() {}

  /**
   * Sorts rows by stream, then time, splits them into blocks, and writes, syncs and closes the
   * file. Rows come from batches in memory or from blocks of other segments. The columns of such a
   * block are decoded when the order reaches its rows, and released after its last row; so in
   * addition to the batches, a writer needs 20 bytes per row and some blocks. Thread-safe.
   *
   * @param file the file, which must not exist; after a failure the caller has to delete it
   * @param keep the rows of each batch to write; null for all of them
   * @throws IOException if the file cannot be written
   */
  public static SegmentInfo write(Path file, List<RecordBatch> batches, List<@Nullable Bitmap> keep)
      throws IOException {
    return write(file, batches, keep, MessageObserver.Flush.NONE);
  }

  /** As {@link #write(Path, List, List)}, and shows the messages of each block to an observer. */
  public static SegmentInfo write(
      Path file,
      List<RecordBatch> batches,
      List<@Nullable Bitmap> keep,
      MessageObserver.Flush flush)
      throws IOException {
    return write(file, batches, keep, flush, GROUPED_BLOCKS);
  }

  /** As above, with the number of blocks from which on their words are stored in groups. */
  static SegmentInfo write(
      Path file,
      List<RecordBatch> batches,
      List<@Nullable Bitmap> keep,
      MessageObserver.Flush flush,
      int groupedBlocks)
      throws IOException {
    RowOrder order = RowOrder.of(batches, keep);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      SegmentInfo info = write(channel, order, batches, flush, groupedBlocks);
      channel.force(false);
      return info;
    }
  }

  private static SegmentInfo write(
      FileChannel channel,
      RowOrder order,
      List<RecordBatch> batches,
      MessageObserver.Flush flush,
      int groupedBlocks)
      throws IOException {
    ByteSink head = new ByteSink(SegmentHeader.BYTES);
    SegmentHeader.of(SegmentFormat.VERSION).write(head);
    long at = write(channel, head);
    ByteSink entries = new ByteSink(1 << 14);
    ByteSink directory = new ByteSink(1 << 12);
    long minTime = Long.MAX_VALUE;
    long maxTime = Long.MIN_VALUE;
    int from = 0;
    int stream = 0;
    int[] ends = order.cut();
    int[] lastRows = order.lastRows();
    WordGroupWriter words = (ends.length >= groupedBlocks) ? new WordGroupWriter() : null;
    ByteSink group = new ByteSink(1 << 10);
    ByteSink groups = new ByteSink(1 << 8);
    int groupCount = 0;
    for (int to : ends) {
      while (order.streamStart(stream + 1) <= from) {
        stream++;
      }
      long blockMin = order.minTime(from, to);
      long blockMax = order.maxTime(from, to);
      boolean oneStream = order.streamStart(stream + 1) >= to;
      WORKING.acquireUninterruptibly();
      BlockEncoder encoder = ENCODERS.take();
      try {
        encoder.encode(order, batches, from, to, stream, at, flush, words);
        at += write(channel, encoder.block());
        ByteSink entry = encoder.entry();
        Directory.write(
            directory, entries.length(), entry, to - from, stream, oneStream, blockMin, blockMax);
        entries.put(entry.array(), 0, entry.length());
      } finally {
        ENCODERS.give(encoder);
        WORKING.release();
      }
      if (words != null && (words.endBlock() || to == order.size())) {
        group.clear();
        groups.putVarint(words.blocks());
        words.write(group);
        Placement.write(group, 0, at, groups);
        groupCount++;
        at += write(channel, group);
      }
      minTime = Math.min(minTime, blockMin);
      maxTime = Math.max(maxTime, blockMax);
      for (int b = 0; b < lastRows.length; b++) {
        if (lastRows[b] >= from
            && lastRows[b] < to
            && batches.get(b) instanceof MappedBatch mapped) {
          mapped.release();
        }
      }
      from = to;
    }
    long entriesAt = at;
    at += write(channel, entries);
    ByteSink index = new ByteSink(1 << 12);
    SegmentStreams.write(order.streams(), index);
    int streamsLength = index.length();
    index.put(directory.array(), 0, directory.length());
    index.putVarint(groupCount);
    index.put(groups.array(), 0, groups.length());
    SegmentFooter footer =
        new SegmentFooter(
            entriesAt,
            at,
            streamsLength,
            order.streams().size(),
            ends.length,
            Placement.crc(index.array(), 0, index.length()),
            order.size(),
            minTime,
            maxTime,
            SegmentFormat.VERSION);
    ByteSink foot = new ByteSink(SegmentFooter.BYTES);
    footer.write(foot);
    at += write(channel, index);
    at += write(channel, foot);
    return footer.info(at);
  }

  private static long write(FileChannel channel, ByteSink bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.array(), 0, bytes.length());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return bytes.length();
  }
}
