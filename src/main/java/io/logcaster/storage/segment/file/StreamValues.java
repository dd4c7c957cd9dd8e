package io.logcaster.storage.segment.file;

import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Column;
import io.logcaster.record.ConstantColumn;
import io.logcaster.record.DictionaryColumn;
import io.logcaster.record.Stream;
import io.logcaster.storage.segment.bytes.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a field that a block's rows get from their streams.
 *
 * @param values the distinct values
 * @param count the number of distinct values
 * @param ofStream the index of the value of each stream of the block
 */
@SuppressWarnings("ArrayRecordComponent") // built and used in one place, never compared
record StreamValues(ArenaColumn values, int count, int[] ofStream) {

  static StreamValues of(String name, List<Stream> streams) {
    Map<String, Integer> numbers = new HashMap<>();
    ByteSink bytes = new ByteSink(64);
    int[] ends = new int[streams.size()];
    int[] ofStream = new int[streams.size()];
    for (int i = 0; i < ofStream.length; i++) {
      String value = streams.get(i).value(name);
      Integer known = numbers.get(value);
      if (known == null) {
        known = numbers.size();
        numbers.put(value, known);
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        bytes.put(text, 0, text.length);
        ends[known] = bytes.length();
      }
      ofStream[i] = known;
    }
    return new StreamValues(
        new ArenaColumn(name, bytes.toByteArray(), ends, numbers.size()), numbers.size(), ofStream);
  }

  /**
   * Returns the values by row.
   *
   * @param runEnds the row after the last of each run
   */
  Column column(int[] runEnds, int rows) {
    if (count == 1) {
      return new ConstantColumn(values.name(), values.bytes());
    }
    if (count <= SegmentFormat.MAX_DICTIONARY) {
      byte[] codes = new byte[rows];
      int row = 0;
      for (int run = 0; run < runEnds.length; run++) {
        while (row < runEnds[run]) {
          codes[row++] = (byte) ofStream[run];
        }
      }
      return new DictionaryColumn(values, count, codes);
    }
    ByteSink bytes = new ByteSink(1 << 12);
    int[] ends = new int[rows];
    int row = 0;
    for (int run = 0; run < runEnds.length; run++) {
      int value = ofStream[run];
      while (row < runEnds[run]) {
        bytes.put(values.bytes(), values.start(value), values.end(value));
        ends[row++] = bytes.length();
      }
    }
    return new ArenaColumn(values.name(), bytes.array(), ends, rows);
  }
}
