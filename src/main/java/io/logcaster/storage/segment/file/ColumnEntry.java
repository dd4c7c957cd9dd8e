package io.logcaster.storage.segment.file;

import io.logcaster.record.ArenaColumn;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.bytes.ByteSource;
import io.logcaster.storage.segment.bytes.MalformedException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The description of a column of a block, as read from the index.
 *
 * @param type how the column is stored
 * @param hasEmpty whether some rows have no value
 * @param entries the entries of a dictionary or the only value of a constant; null for other types
 * @param cardinality the number of entries
 * @param counts the number of rows of each entry, encoded; empty if unknown
 * @param min a lower bound of all numbers; NaN if the values are not numbers
 * @param max an upper bound of all numbers; NaN if the values are not numbers
 * @param body the place of the body; null for a constant or a field of the stream
 * @param bloom the filter of the words; null for a constant, a dictionary or a field of the stream,
 *     and if a {@link WordGroup} has the words
 */
@SuppressWarnings("ArrayRecordComponent") // read-only, never compared
record ColumnEntry(
    String name,
    ColumnType type,
    boolean hasEmpty,
    @Nullable ArenaColumn entries,
    int cardinality,
    byte[] counts,
    double min,
    double max,
    @Nullable Placement body,
    @Nullable TokenFilter bloom) {

  private static final byte[] NO_COUNTS = {};

  static ColumnEntry read(ByteSource source, int version) throws MalformedException {
    String name = new String(source.getSized(), StandardCharsets.UTF_8);
    ColumnType type = ColumnType.of(source.get());
    if (type == ColumnType.CONSTANT) {
      byte[] value = source.getSized();
      ArenaColumn entries = new ArenaColumn(name, value, new int[] {value.length}, 1);
      return new ColumnEntry(
          name, type, false, entries, 1, NO_COUNTS, Double.NaN, Double.NaN, null, null);
    }
    if (type == ColumnType.STREAM) {
      return new ColumnEntry(
          name, type, false, null, 0, NO_COUNTS, Double.NaN, Double.NaN, null, null);
    }
    boolean hasEmpty = (source.get() & SegmentFormat.HAS_EMPTY) != 0;
    return switch (type) {
      case DICTIONARY -> {
        int cardinality = source.getCount(SegmentFormat.MAX_DICTIONARY);
        ArenaColumn entries = entries(name, cardinality, source);
        Placement body = Placement.read(source);
        byte[] counts = (version >= SegmentFormat.COUNTED) ? source.getSized() : NO_COUNTS;
        yield new ColumnEntry(
            name, type, hasEmpty, entries, cardinality, counts, Double.NaN, Double.NaN, body, null);
      }
      case INTEGER, DECIMAL -> {
        double min = Double.longBitsToDouble(source.getLong());
        double max = Double.longBitsToDouble(source.getLong());
        yield filtered(name, type, hasEmpty, min, max, source, version);
      }
      case TEMPLATES, TEXT ->
          filtered(name, type, hasEmpty, Double.NaN, Double.NaN, source, version);
      case CONSTANT, STREAM -> throw new IllegalStateException(type + " has no flags");
    };
  }

  private static ColumnEntry filtered(
      String name,
      ColumnType type,
      boolean hasEmpty,
      double min,
      double max,
      ByteSource source,
      int version)
      throws MalformedException {
    Placement body = Placement.read(source);
    Placement place = Placement.read(source);
    boolean grouped = version >= SegmentFormat.GROUPED && place.equals(Placement.NOWHERE);
    TokenFilter bloom = grouped ? null : new TokenFilter(place);
    return new ColumnEntry(name, type, hasEmpty, null, 0, NO_COUNTS, min, max, body, bloom);
  }

  private static ArenaColumn entries(String name, int cardinality, ByteSource source)
      throws MalformedException {
    ByteSink bytes = new ByteSink(64);
    int[] ends = new int[cardinality];
    for (int i = 0; i < cardinality; i++) {
      int length = source.getCount(source.remaining());
      int from = source.take(length);
      bytes.put(source.array(), from, from + length);
      ends[i] = bytes.length();
    }
    return new ArenaColumn(name, bytes.toByteArray(), ends, cardinality);
  }
}
