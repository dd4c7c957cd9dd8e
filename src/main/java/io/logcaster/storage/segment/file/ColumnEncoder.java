package io.logcaster.storage.segment.file;

import io.logcaster.record.Tokens;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.column.BloomFilter;
import io.logcaster.storage.segment.column.Decimals;
import io.logcaster.storage.segment.column.LongsEncoder;
import io.logcaster.storage.segment.column.TemplateEncoder;
import io.logcaster.storage.segment.column.TokenSet;
import io.logcaster.storage.segment.column.VariableEncoder;

/**
 * Finds the smallest type that keeps a column's text byte for byte and writes it. Reused from
 * column to column, not thread-safe.
 */
final class ColumnEncoder implements AutoCloseable {

  /** Where plain compression usually beats templates, both are tried and the smaller is kept. */
  private static final int DOUBTFUL_RATIO = 4;

  private final BodyWriter body = new BodyWriter();

  private final LongsEncoder longs = new LongsEncoder();

  private final TemplateEncoder templates;

  private final TokenSet tokens = new TokenSet();

  private final BloomFilter.Builder bloom = new BloomFilter.Builder();

  private final Decimals decimals = new Decimals();

  private final CellCounter counts = new CellCounter();

  private final ByteSink attempt = new ByteSink(1 << 12);

  private long[] numbers = new long[0];

  ColumnEncoder() {
    templates = new TemplateEncoder(longs, new VariableEncoder(longs));
  }

  /**
   * Writes a column.
   *
   * @param values the values, at least one
   * @param runEnds where the rows of each stream end
   * @param entry takes the column's description
   * @param block takes its body and filter
   * @param base where the block begins in the file
   * @return the column's type
   */
  int encode(ColumnValues values, int[] runEnds, ByteSink entry, ByteSink block, long base) {
    boolean hasEmpty = values.hasEmpty();
    boolean dictionary = values.isDictionary();
    if (dictionary && values.distinct == 1 && !hasEmpty) {
      entry.put(SegmentFormat.CONSTANT);
      entry.putSized(values.bytes, values.froms[0], values.tos[0]);
      return SegmentFormat.CONSTANT;
    }
    if (dictionary) {
      dictionary(values, runEnds, entry, block, base);
      return SegmentFormat.DICTIONARY;
    }
    body.clear();
    if (hasEmpty) {
      values.writePresence(body.soft);
    }
    tokens.clear();
    int type;
    if (decimals.read(values)) {
      type = decimals.isInteger() ? SegmentFormat.INTEGER : SegmentFormat.DECIMAL;
      entry.put(type);
      entry.put(hasEmpty ? SegmentFormat.HAS_EMPTY : 0);
      entry.putLong(Double.doubleToRawLongBits(decimals.min()));
      entry.putLong(Double.doubleToRawLongBits(decimals.max()));
      decimals.encode(longs, body);
      visitTokens(values);
      place(block, base, entry);
    } else {
      type = text(values, hasEmpty, entry, block, base);
    }
    bloom(entry, block, base);
    return type;
  }

  private int text(
      ColumnValues values, boolean hasEmpty, ByteSink entry, ByteSink block, long base) {
    int presence = body.soft.length();
    int start = block.length();
    int type = SegmentFormat.TEMPLATES;
    if (templates.analyze(values, tokens)) {
      templates.encode(values, body);
      int length = body.writeTo(block);
      if ((long) length * DOUBTFUL_RATIO > values.textBytes()) {
        body.meta.clear();
        body.hard.clear();
        body.soft.length(presence);
        plain(values);
        attempt.clear();
        if (body.writeTo(attempt) < length) {
          block.length(start);
          block.put(attempt.array(), 0, attempt.length());
          type = SegmentFormat.TEXT;
        }
      }
    } else {
      visitTokens(values);
      plain(values);
      body.writeTo(block);
      type = SegmentFormat.TEXT;
    }
    entry.put(type);
    entry.put(hasEmpty ? SegmentFormat.HAS_EMPTY : 0);
    Placement.write(block, start, base, entry);
    return type;
  }

  private void visitTokens(ColumnValues values) {
    for (int i = 0; i < values.count; i++) {
      Tokens.visit(values.bytes, values.froms[i], values.tos[i], tokens);
    }
  }

  private void plain(ColumnValues values) {
    if (numbers.length < values.count) {
      numbers = new long[values.count];
    }
    for (int i = 0; i < values.count; i++) {
      numbers[i] = (long) values.tos[i] - values.froms[i];
    }
    longs.encode(numbers, values.count, body);
    body.soft.put(values.bytes, 0, values.textBytes());
  }

  private void dictionary(
      ColumnValues values, int[] runEnds, ByteSink entry, ByteSink block, long base) {
    boolean hasEmpty = values.hasEmpty();
    int shift = hasEmpty ? 1 : 0;
    entry.put(SegmentFormat.DICTIONARY);
    entry.put(hasEmpty ? SegmentFormat.HAS_EMPTY : 0);
    entry.putVarint(values.distinct + shift);
    if (hasEmpty) {
      entry.putVarint(0);
    }
    for (int i = 0; i < values.distinct; i++) {
      int first = values.firsts[i];
      entry.putSized(values.bytes, values.froms[first], values.tos[first]);
    }
    body.clear();
    int at = body.soft.reserve(values.rows);
    byte[] codes = body.soft.array();
    if (hasEmpty) {
      int value = 0;
      for (int row = 0; row < values.rows; row++) {
        codes[at + row] = values.isPresent(row) ? (byte) (values.codes[value++] + 1) : 0;
      }
    } else {
      System.arraycopy(values.codes, 0, codes, at, values.rows);
    }
    body.soft.length(at + values.rows);
    counts.count(codes, at, runEnds);
    place(block, base, entry);
    entry.putSized(counts.bytes().array(), 0, counts.bytes().length());
  }

  /** Writes numbers that are no field: times, severities. */
  void numbers(long[] values, int count, ByteSink entry, ByteSink block, long base) {
    body.clear();
    longs.encode(values, count, body);
    place(block, base, entry);
  }

  private void place(ByteSink block, long base, ByteSink entry) {
    int start = block.length();
    body.writeTo(block);
    Placement.write(block, start, base, entry);
  }

  private void bloom(ByteSink entry, ByteSink block, long base) {
    int start = block.length();
    bloom.begin(tokens.size());
    tokens.addTo(bloom);
    bloom.writeTo(block);
    Placement.write(block, start, base, entry);
  }

  @Override
  public void close() {
    body.close();
  }
}
