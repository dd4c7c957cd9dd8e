package io.logcaster.query.exec.filter;

import io.logcaster.record.BytesPredicate;
import io.logcaster.record.Tokens;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.ArrayList;
import java.util.List;

/** A test of one value, with what it knows of the values that pass. */
abstract class ValueMatcher implements BytesPredicate {

  /** Whether a non-empty value that passes may be among those of a column. */
  boolean mayMatch(ColumnSummary values) {
    return true;
  }

  int cost() {
    return RowMatcher.SEARCH;
  }

  /**
   * The hashes of the words that every value with a text in it contains.
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
