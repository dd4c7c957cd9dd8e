package io.logcaster.storage.segment.file;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.Pool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one immutable segment file, laid out as {@link SegmentFormat} says. */
public final class SegmentWriter {

  private static final Pool<BlockEncoder> ENCODERS =
      new Pool<>(
          BlockEncoder::new, BlockEncoder::close, Runtime.getRuntime().availableProcessors());

  private SegmentWriter() {}

  /**
   * Regroups rows by stream, then time, into blocks, and writes, syncs and closes the file. Rows
   * may come from live batches or from blocks of other segments, whose columns are decoded when the
   * order reaches them and let go behind them: beside the batches a writer holds 16 bytes a row and
   * some blocks. Safe to call from several threads at once.
   *
   * @param file the file, which must not exist; what is left of it after a failure is the caller's
   *     to delete
   * @param keep for each batch the rows to write, null for all
   * @throws IOException if the file could not be written
   */
  public static SegmentInfo write(Path file, List<RecordBatch> batches, List<@Nullable Bitmap> keep)
      throws IOException {
    RowOrder order = RowOrder.of(batches, keep);
    BlockEncoder encoder = ENCODERS.take();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      SegmentInfo info = write(channel, order, batches, encoder);
      channel.force(false);
      return info;
    } finally {
      ENCODERS.give(encoder);
    }
  }

  private static SegmentInfo write(
      FileChannel channel, RowOrder order, List<RecordBatch> batches, BlockEncoder encoder)
      throws IOException {
    ByteSink head = new ByteSink(SegmentFormat.HEADER_BYTES);
    head.putLong(SegmentFormat.MAGIC);
    head.putInt(SegmentFormat.VERSION);
    head.putInt(Placement.crc(head.array(), 0, 12));
    long at = write(channel, head);
    ByteSink entries = new ByteSink(1 << 14);
    ByteSink directory = new ByteSink(1 << 12);
    long minTime = Long.MAX_VALUE;
    long maxTime = Long.MIN_VALUE;
    int from = 0;
    int stream = 0;
    int[] ends = order.cut();
    int[] lastRows = order.lastRows();
    for (int to : ends) {
      while (order.streamStart(stream + 1) <= from) {
        stream++;
      }
      encoder.encode(order, batches, from, to, stream, at);
      at += write(channel, encoder.block());
      ByteSink entry = encoder.entry();
      long blockMin = order.minTime(from, to);
      long blockMax = order.maxTime(from, to);
      boolean oneStream = order.streamStart(stream + 1) >= to;
      directory.putLong(entries.length());
      directory.putInt(entry.length());
      directory.putInt(Placement.crc(entry.array(), 0, entry.length()));
      directory.putInt(to - from);
      directory.putInt(oneStream ? stream : -1);
      directory.putLong(blockMin);
      directory.putLong(blockMax);
      entries.put(entry.array(), 0, entry.length());
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
    ByteSink index = streams(order.streams());
    int streamsLength = index.length();
    index.put(directory.array(), 0, directory.length());
    ByteSink foot = new ByteSink(SegmentFormat.FOOTER_BYTES);
    foot.putLong(entriesAt);
    foot.putLong(at);
    foot.putInt(streamsLength);
    foot.putInt(order.streams().size());
    foot.putInt(ends.length);
    foot.putInt(Placement.crc(index.array(), 0, index.length()));
    foot.putLong(order.size());
    foot.putLong(minTime);
    foot.putLong(maxTime);
    foot.putInt(SegmentFormat.VERSION);
    foot.putInt(Placement.crc(foot.array(), 0, foot.length()));
    foot.putLong(SegmentFormat.MAGIC);
    at += write(channel, index);
    at += write(channel, foot);
    return new SegmentInfo(order.size(), at, minTime, maxTime, ends.length);
  }

  /** The streams, each found through the table of its end. */
  private static ByteSink streams(List<Stream> streams) {
    ByteSink texts = new ByteSink(1 << 12);
    ByteSink target = new ByteSink(1 << 12);
    for (Stream stream : streams) {
      texts.putVarint(stream.fields().size());
      for (Field field : stream.fields()) {
        byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
        texts.putSized(name, 0, name.length);
        byte[] value = field.value().getBytes(StandardCharsets.UTF_8);
        texts.putSized(value, 0, value.length);
      }
      target.putInt(texts.length());
    }
    target.put(texts.array(), 0, texts.length());
    return target;
  }

  private static long write(FileChannel channel, ByteSink bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.array(), 0, bytes.length());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return bytes.length();
  }
}
