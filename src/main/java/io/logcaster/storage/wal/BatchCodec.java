package io.logcaster.storage.wal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Field;
import io.logcaster.record.PackedBatch;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes and decodes batches. Numbers are varints (seven bits a byte, low first), signed ones
 * zigzag-coded; a text is its length and its bytes:
 *
 * <pre>
 * rows
 * time of the first row, then each row's difference to the one before, signed
 * severity of each row, one byte
 * streams: count, and for each: field count, and for each field name and value, texts
 * runs of rows of one stream: count, and for each the stream and how many rows
 * columns: count, and for each, the message first: name, a text, and one byte, then
 *   0 values      length of each row's value, all values
 *   1 dictionary  entries: count, and a text for each; entry of each row, one byte
 *   2 constant    the value of all rows, a text
 * </pre>
 *
 * <p>Not thread-safe, because it reuses its buffers.
 */
public final class BatchCodec implements AutoCloseable {

  /**
   * Log text shrinks to a quarter at this level, at some 900 MB/s per core. Level -5 takes a fifth
   * less space and a fifth more time; the size of a frame matters little, because it lives only
   * until its rows are in a segment.
   */
  private static final int LEVEL = -12;

  static final int VALUES = 0;
  static final int DICTIONARY = 1;
  static final int CONSTANT = 2;

  /** The longest varint. */
  private static final int MAX_VARINT = 10;

  private final ZstdCompressCtx compressor;
  private byte[] raw = new byte[1 << 16];
  private int at;
  private byte[] packed = new byte[0];

  /** A codec with the level of the write-ahead log. */
  public BatchCodec() {
    this(LEVEL);
  }

  /** A codec with another level of zstd. */
  public BatchCodec(int level) {
    compressor = new ZstdCompressCtx().setLevel(level);
  }

  /** A frame: room for its header, which is not filled in, followed by the compressed batch. */
  static final class Encoded {

    final byte[] frame;
    final int end;
    final int rawLength;

    Encoded(byte[] frame, int rawLength) {
      this.frame = frame;
      this.end = frame.length;
      this.rawLength = rawLength;
    }
  }

  Encoded encode(RecordBatch batch) {
    at = 0;
    int rows = batch.size();
    need(2L * MAX_VARINT);
    varint(rows);
    putTimes(batch.times(), rows);
    putSeverities(batch, rows);
    putStreams(batch, rows);
    List<String> names = batch.fieldNames();
    need(MAX_VARINT);
    varint(names.size() + 1L);
    putColumn(batch.column(Field.MESSAGE), rows);
    for (String name : names) {
      putColumn(batch.column(name), rows);
    }
    return compress();
  }

  /**
   * Compresses the batch. The upper bound is far above the size of compressed log text, so the
   * frame is copied at its actual size, to save memory while it waits for the disk, and the large
   * buffer is reused.
   */
  private Encoded compress() {
    int bound = (int) Zstd.compressBound(at);
    if (packed.length < bound) {
      packed = new byte[bound];
    }
    int length = compressor.compressByteArray(packed, 0, packed.length, raw, 0, at);
    byte[] frame = new byte[Math.addExact(WalFormat.FRAME_HEADER, length)];
    System.arraycopy(packed, 0, frame, WalFormat.FRAME_HEADER, length);
    return new Encoded(frame, at);
  }

  private void putTimes(long[] times, int rows) {
    need((long) rows * MAX_VARINT);
    at = putSteps(times, rows, raw, at);
  }

  private static int putSteps(long[] times, int rows, byte[] target, int at) {
    int to = at;
    long before = 0;
    for (int row = 0; row < rows; row++) {
      long step = times[row] - before;
      before = times[row];
      to = varint(target, to, step << 1 ^ step >> 63);
    }
    return to;
  }

  private void putSeverities(RecordBatch batch, int rows) {
    need(rows);
    System.arraycopy(batch.severities(), 0, raw, at, rows);
    at += rows;
  }

  private void putStreams(RecordBatch batch, int rows) {
    int[] ordinals = batch.streamOrdinals();
    int[] ends = runEnds(ordinals, rows);
    int[] local = new int[batch.streamCount()];
    List<Stream> used = new ArrayList<>();
    for (int end : ends) {
      int ordinal = ordinals[end - 1];
      if (local[ordinal] == 0) {
        used.add(batch.stream(ordinal));
        local[ordinal] = used.size();
      }
    }
    need(MAX_VARINT);
    varint(used.size());
    used.forEach(this::putStream);
    need((2L * ends.length + 1) * MAX_VARINT);
    varint(ends.length);
    int start = 0;
    for (int end : ends) {
      varint(local[ordinals[start]] - 1L);
      varint((long) end - start);
      start = end;
    }
  }

  /** The end of each run of consecutive rows of one stream. */
  private static int[] runEnds(int[] ordinals, int rows) {
    int[] ends = new int[64];
    int runs = 0;
    for (int row = 1; row <= rows; row++) {
      if (row == rows || ordinals[row] != ordinals[row - 1]) {
        if (runs == ends.length) {
          ends = Arrays.copyOf(ends, runs * 2);
        }
        ends[runs++] = row;
      }
    }
    return Arrays.copyOf(ends, runs);
  }

  private void putStream(Stream stream) {
    need(MAX_VARINT);
    varint(stream.fields().size());
    for (Field field : stream.fields()) {
      text(WalFormat.utf8(field.name()));
      text(WalFormat.utf8(field.value()));
    }
  }

  private void putColumn(Column column, int rows) {
    text(WalFormat.utf8(column.name()));
    need(1);
    if (column instanceof DictionaryColumn dictionary) {
      raw[at++] = DICTIONARY;
      putDictionary(dictionary, rows);
    } else if (column instanceof ConstantColumn) {
      raw[at++] = CONSTANT;
      text(column.bytes());
    } else {
      raw[at++] = VALUES;
      putValues(column, rows);
    }
  }

  private void putDictionary(DictionaryColumn column, int rows) {
    ArenaColumn entries = column.entries();
    need((1L + column.cardinality()) * MAX_VARINT + entries.textBytes() + rows);
    varint(column.cardinality());
    for (int entry = 0; entry < column.cardinality(); entry++) {
      text(entries.bytes(), entries.start(entry), entries.end(entry));
    }
    System.arraycopy(column.codes(), 0, raw, at, rows);
    at += rows;
  }

  private void putValues(Column column, int rows) {
    if (column instanceof ArenaColumn arena) {
      need(rows * 5L + arena.textBytes());
      at = putLengths(arena, rows, raw, at);
      System.arraycopy(arena.bytes(), 0, raw, at, arena.textBytes());
      at += arena.textBytes();
      return;
    }
    need(rows * 5L);
    long total = 0;
    for (int row = 0; row < rows; row++) {
      int length = column.end(row) - column.start(row);
      varint(length);
      total += length;
    }
    need(total);
    for (int row = 0; row < rows; row++) {
      int length = column.end(row) - column.start(row);
      System.arraycopy(column.bytes(), column.start(row), raw, at, length);
      at += length;
    }
  }

  private static int putLengths(ArenaColumn column, int rows, byte[] target, int at) {
    int to = at;
    int start = 0;
    for (int row = 0; row < rows; row++) {
      int end = column.end(row);
      to = varint(target, to, end - start);
      start = end;
    }
    return to;
  }

  private void text(byte[] text) {
    text(text, 0, text.length);
  }

  private void text(byte[] bytes, int from, int to) {
    need((long) MAX_VARINT + to - from);
    varint(to - from);
    System.arraycopy(bytes, from, raw, at, to - from);
    at += to - from;
  }

  private void need(long bytes) {
    if (at + bytes > raw.length) {
      raw =
          Arrays.copyOf(
              raw, Math.toIntExact(Math.max(at + bytes, Math.min(raw.length * 2L, 1 << 30))));
    }
  }

  private void varint(long value) {
    at = varint(raw, at, value);
  }

  private static int varint(byte[] target, int at, long value) {
    int to = at;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      target[to++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[to++] = (byte) rest;
    return to;
  }

  /**
   * A batch as standalone bytes: its 32-bit length before compression, then the compressed batch.
   */
  public byte[] toBytes(RecordBatch batch) {
    Encoded encoded = encode(batch);
    byte[] bytes =
        Arrays.copyOfRange(encoded.frame, WalFormat.FRAME_HEADER - Integer.BYTES, encoded.end);
    ByteBuffer.wrap(bytes).putInt(encoded.rawLength);
    return bytes;
  }

  /** What was encoded before, as a frame. */
  static Encoded frame(PackedBatch packed) {
    byte[] frame = new byte[Math.addExact(WalFormat.FRAME_HEADER, packed.bytes().length)];
    System.arraycopy(packed.bytes(), 0, frame, WalFormat.FRAME_HEADER, packed.bytes().length);
    return new Encoded(frame, packed.rawLength());
  }

  /** Decodes the result of {@link #toBytes}. */
  public static RecordBatch fromBytes(byte[] bytes) throws IOException {
    int rawLength = ByteBuffer.wrap(bytes).getInt();
    return decode(bytes, Integer.BYTES, bytes.length - Integer.BYTES, rawLength);
  }

  /**
   * Decodes a batch.
   *
   * @throws IOException if the bytes, whose checksum was right, are not a batch: written by another
   *     version or a mistake
   */
  static RecordBatch decode(byte[] frame, int from, int length, int rawLength) throws IOException {
    // Checked before memory is allocated: a wrong length could exceed the heap.
    if (Zstd.getFrameContentSize(frame, from, length) != rawLength) {
      throw new IOException("A frame of the write-ahead log does not decompress to its length");
    }
    byte[] raw = new byte[rawLength];
    try {
      long size = Zstd.decompressByteArray(raw, 0, rawLength, frame, from, length);
      if (size != rawLength) {
        throw new IOException("A frame of the write-ahead log does not decompress to its length");
      }
      return new BatchReader(raw, rawLength).batch();
    } catch (RuntimeException ex) {
      throw new IOException(
          "A frame of the write-ahead log is not a batch: " + ex.getMessage(), ex);
    }
  }

  @Override
  public void close() {
    compressor.close();
  }
}
