package io.logcaster.query.exec.filter;

import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Tokens;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * Matches one value at a time, given as bytes, and knows which blocks cannot have a value that
 * passes. Immutable or thread-safe, as a {@link RowMatcher}, which wraps it for a field: {@link
 * FieldMatcher}.
 */
abstract class ValueMatcher implements BytesPredicate {

  /**
   * Whether the non-empty values of a column may have one that passes. May be wrong only by saying
   * yes.
   */
  boolean mayMatch(ColumnSummary values) {
    return true;
  }

  /** What matching one value costs, in the unit of {@link RowMatcher#CHEAP}. */
  int cost() {
    return RowMatcher.SEARCH;
  }

  /**
   * The hashes of the words that every value contains in which a text occurs.
   *
   * @param wholeStart whether a word that begins the text also begins in the value
   * @param wholeEnd whether a word that ends the text also ends in the value
   */
  static long[] words(byte[] text, boolean wholeStart, boolean wholeEnd) {
    List<Long> hashes = new ArrayList<>();
    Tokens.visit(
        text,
        0,
        text.length,
        (bytes, from, to) -> {
          if ((from > 0 || wholeStart) && (to < text.length || wholeEnd)) {
            hashes.add(Tokens.hash(bytes, from, to));
          }
        });
    return hashes.stream().mapToLong(Long::longValue).distinct().toArray();
  }

  static boolean mayContainAll(ColumnSummary values, long[] words) {
    for (long word : words) {
      if (!values.mayContainToken(word)) {
        return false;
      }
    }
    return true;
  }
}
