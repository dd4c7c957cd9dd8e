package io.logcaster.storage.wal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Column;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a batch into bytes and back. Numbers are varints (seven bits a byte, low first), signed
 * ones zigzag-coded:
 *
 * <pre>
 * rows
 * time of the first row, then each row's difference to the one before, signed
 * severity of each row, one byte
 * streams: count, and for each: field count, and for each field name and value as length and bytes
 * stream of each row
 * columns: count, and for each, the message first: name as length and bytes, length of each row's value, all values
 * </pre>
 *
 * <p>Not thread-safe: it keeps its buffers.
 */
public final class BatchCodec implements AutoCloseable {

  /**
   * Log text shrinks to a third at this level at some 700 MB/s a core; better levels cost more than
   * the bytes they save take to write, because a frame lives only until its rows are in a segment.
   */
  private static final int LEVEL = -5;

  private final ZstdCompressCtx compressor = new ZstdCompressCtx().setLevel(LEVEL);
  private byte[] raw = new byte[1 << 20];
  private int at;

  /**
   * A frame with room for its header and the compressed batch behind it; the header is not filled
   * in.
   */
  static final class Encoded {

    final byte[] frame;
    final int end;
    final int rawLength;

    Encoded(byte[] frame, int end, int rawLength) {
      this.frame = frame;
      this.end = end;
      this.rawLength = rawLength;
    }
  }

  Encoded encode(RecordBatch batch) {
    at = 0;
    int rows = batch.size();
    need(20L + rows * 16L);
    varint(rows);
    long[] times = batch.times();
    long before = 0;
    for (int row = 0; row < rows; row++) {
      zigzag(times[row] - before);
      before = times[row];
    }
    for (int row = 0; row < rows; row++) {
      raw[at++] = (byte) batch.severity(row);
    }
    putStreams(batch, rows);
    List<String> names = batch.fieldNames();
    need(10);
    varint(names.size() + 1L);
    putColumn(batch.column(Field.MESSAGE), rows);
    for (String name : names) {
      putColumn(batch.column(name), rows);
    }
    byte[] frame = new byte[Math.addExact(WalFormat.FRAME_HEADER, (int) Zstd.compressBound(at))];
    int length =
        compressor.compressByteArray(
            frame, WalFormat.FRAME_HEADER, frame.length - WalFormat.FRAME_HEADER, raw, 0, at);
    // The bound is far above what log text takes; keeping it would hold back memory until the disk
    // has the frame.
    int end = WalFormat.FRAME_HEADER + length;
    return new Encoded(Arrays.copyOf(frame, end), end, at);
  }

  private void putStreams(RecordBatch batch, int rows) {
    int[] local = new int[batch.streamCount()];
    int count = 0;
    List<Stream> used = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int ordinal = batch.streamOrdinal(row);
      if (local[ordinal] == 0) {
        local[ordinal] = ++count;
        used.add(batch.stream(ordinal));
      }
    }
    need(10);
    varint(count);
    for (Stream stream : used) {
      need(10);
      varint(stream.fields().size());
      for (Field field : stream.fields()) {
        text(WalFormat.utf8(field.name()));
        text(WalFormat.utf8(field.value()));
      }
    }
    need(rows * 5L);
    for (int row = 0; row < rows; row++) {
      varint(local[batch.streamOrdinal(row)] - 1L);
    }
  }

  private void putColumn(Column column, int rows) {
    text(WalFormat.utf8(column.name()));
    need(rows * 5L);
    long total = 0;
    for (int row = 0; row < rows; row++) {
      int length = column.end(row) - column.start(row);
      varint(length);
      total += length;
    }
    need(total);
    if (column instanceof ArenaColumn arena) {
      System.arraycopy(arena.bytes(), 0, raw, at, arena.textBytes());
      at += arena.textBytes();
      return;
    }
    for (int row = 0; row < rows; row++) {
      int length = column.end(row) - column.start(row);
      System.arraycopy(column.bytes(), column.start(row), raw, at, length);
      at += length;
    }
  }

  private void text(byte[] text) {
    need(5L + text.length);
    varint(text.length);
    System.arraycopy(text, 0, raw, at, text.length);
    at += text.length;
  }

  private void need(long bytes) {
    if (at + bytes > raw.length) {
      raw =
          Arrays.copyOf(
              raw, Math.toIntExact(Math.max(at + bytes, Math.min(raw.length * 2L, 1 << 30))));
    }
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      raw[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    raw[at++] = (byte) rest;
  }

  private void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  /**
   * A batch as a text of its own: a 32-bit length before compression, then the compressed batch.
   */
  public byte[] toBytes(RecordBatch batch) {
    Encoded encoded = encode(batch);
    byte[] bytes =
        Arrays.copyOfRange(encoded.frame, WalFormat.FRAME_HEADER - Integer.BYTES, encoded.end);
    ByteBuffer.wrap(bytes).putInt(encoded.rawLength);
    return bytes;
  }

  /** Reads back what {@link #toBytes} gave. */
  public static RecordBatch fromBytes(byte[] bytes) throws IOException {
    int rawLength = ByteBuffer.wrap(bytes).getInt();
    return decode(bytes, Integer.BYTES, bytes.length - Integer.BYTES, rawLength);
  }

  /**
   * Reads a batch back.
   *
   * @throws IOException if the bytes, whose checksum was right, are not a batch: written by another
   *     version or a mistake
   */
  static RecordBatch decode(byte[] frame, int from, int length, int rawLength) throws IOException {
    byte[] raw = new byte[rawLength];
    try {
      long size = Zstd.decompressByteArray(raw, 0, rawLength, frame, from, length);
      if (size != rawLength) {
        throw new IOException("A frame of the write-ahead log does not decompress to its length");
      }
      return new Reader(raw).batch();
    } catch (RuntimeException ex) {
      throw new IOException(
          "A frame of the write-ahead log is not a batch: " + ex.getMessage(), ex);
    }
  }

  private static final class Reader {

    private final byte[] raw;
    private int at;

    Reader(byte[] raw) {
      this.raw = raw;
    }

    RecordBatch batch() {
      int rows = count();
      long[] times = new long[rows];
      long time = 0;
      for (int row = 0; row < rows; row++) {
        long coded = varint();
        time += (coded >>> 1) ^ -(coded & 1);
        times[row] = time;
      }
      byte[] severities = Arrays.copyOfRange(raw, at, at + rows);
      at += rows;
      List<Stream> streams = streams();
      int[] ordinals = new int[rows];
      for (int row = 0; row < rows; row++) {
        ordinals[row] = count();
      }
      int columns = count();
      Column message = column(rows);
      List<Column> fields = new ArrayList<>();
      for (int i = 1; i < columns; i++) {
        fields.add(column(rows));
      }
      return RecordBatch.of(times, severities, ordinals, streams, message, fields);
    }

    private List<Stream> streams() {
      int count = count();
      List<Stream> streams = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int fieldCount = count();
        List<Field> fields = new ArrayList<>();
        for (int f = 0; f < fieldCount; f++) {
          fields.add(new Field(text(), text()));
        }
        streams.add(Stream.of(fields));
      }
      return streams;
    }

    private Column column(int rows) {
      String name = text();
      int[] ends = new int[rows];
      int end = 0;
      for (int row = 0; row < rows; row++) {
        end += count();
        ends[row] = end;
      }
      byte[] arena = Arrays.copyOfRange(raw, at, at + end);
      at += end;
      return new ArenaColumn(name, arena, ends, rows);
    }

    private String text() {
      int length = count();
      String text = new String(raw, at, length, StandardCharsets.UTF_8);
      at += length;
      return text;
    }

    private int count() {
      long value = varint();
      if (value < 0 || value > raw.length) {
        throw new IllegalStateException("a count of " + value + " at " + at);
      }
      return (int) value;
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte b = raw[at++];
        value |= (b & 0x7FL) << shift;
        if (b >= 0) {
          return value;
        }
      }
      throw new IllegalStateException("a number without an end at " + at);
    }
  }

  @Override
  public void close() {
    compressor.close();
  }
}
