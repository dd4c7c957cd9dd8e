package io.logcaster.storage.segment.file;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import io.logcaster.storage.segment.bytes.BodyReader;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import io.logcaster.storage.segment.bytes.PackedStrings;
import io.logcaster.storage.segment.column.Decimals;
import io.logcaster.storage.segment.column.LongsLayout;
import io.logcaster.storage.segment.column.TemplateColumn;
import io.logcaster.storage.segment.column.Templates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decodes the columns of a block. Thread-safe. */
final class ColumnDecoder {

  private final SegmentReader reader;

  private final int rows;

  private final int number;

  private final BlockCache cache;

  private final ScanTrace trace;

  /**
   * Creates a decoder for a block.
   *
   * @param rows the number of rows of the block
   * @param number the number of the block
   * @param cache caches decoded data
   * @param trace counts the bytes read and the values decoded
   */
  ColumnDecoder(SegmentReader reader, int rows, int number, BlockCache cache, ScanTrace trace) {
    this.reader = reader;
    this.rows = rows;
    this.number = number;
    this.cache = cache;
    this.trace = trace;
  }

  /** Decodes a column, unless it is cached. Not for columns of type STREAM. */
  Column decode(ColumnEntry column) {
    String name = column.name();
    if (column.body() == null) {
      ArenaColumn value = Objects.requireNonNull(column.entries());
      return new ConstantColumn(name, value.bytes());
    }
    Object kept = cache.get(reader.number(), number, name);
    if (kept instanceof Column known) {
      return known;
    }
    if (kept instanceof Templates templates) {
      return new TemplateColumn(name, templates, new Reading(column, null));
    }
    try {
      return decode(column, bodyOf(column));
    } catch (MalformedException ex) {
      throw malformedColumn(column, ex);
    }
  }

  private Column decode(ColumnEntry column, BodyReader body) throws MalformedException {
    if (column.entries() != null) {
      int from = body.soft.take(rows);
      byte[] codes = Arrays.copyOfRange(body.soft.array(), from, from + rows);
      for (byte code : codes) {
        if ((code & 0xff) >= column.cardinality()) {
          throw new MalformedException("code is not below " + column.cardinality());
        }
      }
      Column values = new DictionaryColumn(column.entries(), column.cardinality(), codes);
      cache.put(reader.number(), number, column.name(), values, values.memoryBytes());
      return values;
    }
    long[] presence = column.hasEmpty() ? presence(body.soft) : new long[0];
    int count = rows;
    if (column.hasEmpty()) {
      count = 0;
      for (long word : presence) {
        count += Long.bitCount(word);
      }
      if (count > rows) {
        throw new MalformedException(count + " values in " + rows + " rows");
      }
    }
    if (column.type() == ColumnType.TEMPLATES) {
      Templates templates = Templates.read(body, presence, rows, count);
      cache.put(reader.number(), number, column.name(), templates, templates.memoryBytes());
      return new TemplateColumn(column.name(), templates, new Reading(column, body));
    }
    if (column.type() == ColumnType.INTEGER || column.type() == ColumnType.DECIMAL) {
      return Decimals.decode(
          column.name(),
          body,
          column.hasEmpty() ? Bitmap.of(presence, rows) : null,
          rows,
          count,
          column.type() == ColumnType.INTEGER);
    }
    PackedStrings texts = plain(body, count);
    int[] ends = column.hasEmpty() ? spread(texts.ends(), presence, rows) : texts.ends();
    return new ArenaColumn(column.name(), texts.bytes(), ends, rows);
  }

  /** Reads the body of a column again when a cached column needs it. */
  private final class Reading implements TemplateColumn.Reading {

    private final ColumnEntry column;

    private volatile @Nullable BodyReader body;

    Reading(ColumnEntry column, @Nullable BodyReader body) {
      this.column = column;
      this.body = body;
    }

    @Override
    public BodyReader body() {
      BodyReader known = body;
      if (known == null) {
        known = bodyOf(column);
        body = known;
      }
      return known;
    }

    @Override
    public void decoded(int values) {
      trace.add(Count.VALUES_DECODED, values);
    }

    @Override
    public RuntimeException malformed(MalformedException cause) {
      return malformedColumn(column, cause);
    }
  }

  private BodyReader bodyOf(ColumnEntry column) {
    Placement place = Objects.requireNonNull(column.body());
    trace.add(Count.BYTES_READ, place.length());
    try {
      return new BodyReader(reader.body(place, trace), place.length());
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    } catch (MalformedException ex) {
      throw malformedColumn(column, ex);
    }
  }

  private UncheckedIOException malformedColumn(ColumnEntry column, MalformedException cause) {
    Placement place = Objects.requireNonNull(column.body());
    return new UncheckedIOException(
        reader.corrupt(place.offset(), "column " + column.name() + ": " + cause.getMessage()));
  }

  private long[] presence(ByteSource source) throws MalformedException {
    long[] presence = new long[(rows + 63) >>> 6];
    for (int i = 0; i < presence.length; i++) {
      presence[i] = source.getLong();
    }
    return presence;
  }

  private static int[] spread(int[] ends, long[] presence, int rows) {
    int[] spread = new int[rows];
    int value = 0;
    int end = 0;
    for (int row = 0; row < rows; row++) {
      if ((presence[row >>> 6] & 1L << row) != 0) {
        end = ends[value++];
      }
      spread[row] = end;
    }
    return spread;
  }

  private static PackedStrings plain(BodyReader body, int count) throws MalformedException {
    long[] lengths = LongsLayout.decode(body, count);
    int[] ends = new int[count];
    int available = body.soft.remaining();
    int used = 0;
    for (int i = 0; i < count; i++) {
      if (lengths[i] < 0 || lengths[i] > available - used) {
        throw new MalformedException("text of " + lengths[i] + " bytes");
      }
      used += (int) lengths[i];
      ends[i] = used;
    }
    int from = body.soft.take(used);
    return new PackedStrings(Arrays.copyOfRange(body.soft.array(), from, from + used), ends);
  }
}
