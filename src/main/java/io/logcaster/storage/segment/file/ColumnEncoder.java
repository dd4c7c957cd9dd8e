package io.logcaster.storage.segment.file;

import io.logcaster.record.Tokens;
import io.logcaster.storage.segment.bytes.BodyWriter;
import io.logcaster.storage.segment.bytes.ByteSink;
import io.logcaster.storage.segment.column.BloomFilter;
import io.logcaster.storage.segment.column.Decimals;
import io.logcaster.storage.segment.column.LongsEncoder;
import io.logcaster.storage.segment.column.TemplateEncoder;
import io.logcaster.storage.segment.column.TextSlices;
import io.logcaster.storage.segment.column.TokenSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the smallest type that preserves a column's text byte for byte, and writes the column.
 * Reusable, not thread-safe.
 */
final class ColumnEncoder implements AutoCloseable {

  /**
   * If templates shrink text by less than this factor, the encoder also tries plain compression.
   */
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

  /** Whether {@link #templates} describes the values of the last column. */
  private boolean analyzed;

  /** Collects the words of several blocks; null if each column has a filter. */
  private @Nullable WordGroupWriter words;

  ColumnEncoder() {
    templates = new TemplateEncoder(longs);
  }

  /**
   * Sets what collects the words of the next columns; null for a filter in each column, as in
   * segments that will be merged again.
   */
  void collectWords(@Nullable WordGroupWriter collector) {
    words = collector;
    body.thorough(collector != null);
  }

  /**
   * Writes a column.
   *
   * @param values the values, at least one
   * @param runEnds the row after the last of each run
   * @param entry receives the column's description
   * @param block receives the column's body and filter
   * @param base the offset at which the block begins in the file
   */
  void encode(ColumnValues values, int[] runEnds, ByteSink entry, ByteSink block, long base) {
    analyzed = false;
    switch (values) {
      case ColumnValues.Repeated repeated -> {
        if (words != null) {
          words.add(repeated.entries());
        }
        if (repeated.entries().count() == 1 && !repeated.presence().hasEmpty()) {
          constant(repeated.entries(), entry);
        } else {
          dictionary(repeated, runEnds, entry, block, base);
        }
      }
      case ColumnValues.Varied varied -> varied(varied, entry, block, base);
    }
  }

  private static void constant(TextSlices value, ByteSink entry) {
    entry.put(ColumnType.CONSTANT.code);
    entry.putSized(value.bytes(), value.start(0), value.end(0));
  }

  private void dictionary(
      ColumnValues.Repeated values, int[] runEnds, ByteSink entry, ByteSink block, long base) {
    boolean hasEmpty = values.presence().hasEmpty();
    TextSlices entries = values.entries();
    entry.put(ColumnType.DICTIONARY.code);
    entry.put(hasEmpty ? SegmentFormat.HAS_EMPTY : 0);
    entry.putVarint(entries.count() + (hasEmpty ? 1 : 0));
    if (hasEmpty) {
      entry.putVarint(0);
    }
    for (int i = 0; i < entries.count(); i++) {
      entry.putSized(entries.bytes(), entries.start(i), entries.end(i));
    }
    body.clear();
    int rows = values.presence().rows();
    int at = body.soft.reserve(rows);
    byte[] codes = body.soft.array();
    values.putRowCodes(codes, at);
    body.soft.length(at + rows);
    counts.count(codes, at, runEnds);
    place(block, base, entry);
    entry.putSized(counts.bytes().array(), 0, counts.bytes().length());
  }

  private void varied(ColumnValues.Varied values, ByteSink entry, ByteSink block, long base) {
    boolean hasEmpty = values.presence().hasEmpty();
    body.clear();
    if (hasEmpty) {
      values.presence().writeTo(body.soft);
    }
    tokens.clear(values.texts().count());
    if (decimals.read(values.texts())) {
      entry.put((decimals.isInteger() ? ColumnType.INTEGER : ColumnType.DECIMAL).code);
      entry.put(hasEmpty ? SegmentFormat.HAS_EMPTY : 0);
      entry.putLong(Double.doubleToRawLongBits(decimals.min()));
      entry.putLong(Double.doubleToRawLongBits(decimals.max()));
      decimals.encode(longs, body);
      visitTokens(values.texts());
      place(block, base, entry);
    } else {
      text(values, entry, block, base);
    }
    bloom(entry, block, base);
  }

  private void text(ColumnValues.Varied values, ByteSink entry, ByteSink block, long base) {
    int presence = body.soft.length();
    int start = block.length();
    ColumnType type = ColumnType.TEMPLATES;
    if (templates.analyze(values.texts(), tokens)) {
      analyzed = true;
      templates.encode(values.texts(), body);
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
          type = ColumnType.TEXT;
        }
      }
    } else {
      visitTokens(values.texts());
      plain(values);
      body.writeTo(block);
      type = ColumnType.TEXT;
    }
    entry.put(type.code);
    entry.put(values.presence().hasEmpty() ? SegmentFormat.HAS_EMPTY : 0);
    Placement.write(block, start, base, entry);
  }

  /** The templates of the last column, whatever its type became; null if it has none. */
  @Nullable TemplateEncoder templates() {
    return analyzed ? templates : null;
  }

  private void visitTokens(TextSlices texts) {
    for (int i = 0; i < texts.count(); i++) {
      Tokens.visit(texts.bytes(), texts.start(i), texts.end(i), tokens);
    }
  }

  private void plain(ColumnValues.Varied values) {
    TextSlices texts = values.texts();
    int count = texts.count();
    if (numbers.length < count) {
      numbers = new long[count];
    }
    for (int i = 0; i < count; i++) {
      numbers[i] = texts.length(i);
    }
    longs.encode(numbers, count, body);
    body.soft.put(texts.bytes(), 0, values.textBytes());
  }

  /** Writes numbers that are not a field: times, severities. */
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
    if (words != null) {
      words.add(tokens);
      Placement.NOWHERE.write(entry);
      return;
    }
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
