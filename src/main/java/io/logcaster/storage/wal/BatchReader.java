package io.logcaster.storage.wal;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Field;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes what {@link BatchCodec} wrote. Throws a {@link RuntimeException} if the bytes are not a
 * batch.
 */
final class BatchReader {

  private final byte[] raw;
  private final int length;
  private int at;
  private boolean isByStream;

  /**
   * @param length how many of the bytes are the batch
   */
  BatchReader(byte[] raw, int length) {
    this.raw = raw;
    this.length = length;
  }

  /** Whether the rows of the batch that was read are grouped by stream. */
  boolean isByStream() {
    return isByStream;
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
    int[] ordinals = ordinals(rows, streams.size());
    int columns = count();
    Column message = column(rows);
    List<Column> fields = new ArrayList<>();
    for (int i = 1; i < columns; i++) {
      fields.add(column(rows));
    }
    return RecordBatch.of(times, severities, ordinals, streams, message, fields);
  }

  private int[] ordinals(int rows, int streams) {
    int[] ordinals = new int[rows];
    int row = 0;
    int runs = count();
    isByStream = runs == streams;
    for (; runs > 0; runs--) {
      int stream = count();
      int length = count();
      if (stream >= streams || length > rows - row) {
        throw new IllegalStateException("a run of " + length + " rows of stream " + stream);
      }
      Arrays.fill(ordinals, row, row + length, stream);
      row += length;
    }
    if (row < rows) {
      throw new IllegalStateException("only " + row + " of " + rows + " rows have a stream");
    }
    return ordinals;
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
    byte kind = raw[at++];
    return switch (kind) {
      case BatchCodec.VALUES -> values(name, rows);
      case BatchCodec.DICTIONARY -> dictionary(name, rows);
      case BatchCodec.CONSTANT -> ConstantColumn.of(name, text());
      default -> throw new IllegalStateException("a column of kind " + kind);
    };
  }

  private ArenaColumn values(String name, int rows) {
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

  private DictionaryColumn dictionary(String name, int rows) {
    int count = count();
    int[] ends = new int[count];
    ByteBuilder entries = new ByteBuilder(256);
    for (int entry = 0; entry < count; entry++) {
      int length = count();
      entries.append(raw, at, at + length);
      at += length;
      ends[entry] = entries.length();
    }
    byte[] codes = Arrays.copyOfRange(raw, at, at + rows);
    at += rows;
    for (byte code : codes) {
      if ((code & 0xff) >= count) {
        throw new IllegalStateException("entry " + (code & 0xff) + " of " + count);
      }
    }
    return new DictionaryColumn(new ArenaColumn(name, entries.array(), ends, count), count, codes);
  }

  private String text() {
    int length = count();
    String text = new String(raw, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  private int count() {
    long value = varint();
    if (value < 0 || value > length) {
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
