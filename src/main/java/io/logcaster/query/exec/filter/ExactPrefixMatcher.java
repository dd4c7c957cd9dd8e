package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.text.Needle;
import io.logcaster.query.exec.text.PhraseShapes;
import io.logcaster.query.exec.text.PhraseShapes.Edge;
import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Values that begin with a text. */
final class ExactPrefixMatcher extends ValueMatcher {

  private final byte[] prefix;

  private final Needle needle;

  private final long[] words;

  ExactPrefixMatcher(String prefix) {
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    needle = new Needle(this.prefix, false);
    words = words(this.prefix, true, false);
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return to - from >= prefix.length
        && Arrays.equals(prefix, 0, prefix.length, bytes, from, from + prefix.length);
  }

  @Override
  public Verdict judge(TextShape shape) {
    return PhraseShapes.judge(shape, needle, Edge.VALUE, Edge.ANY, this);
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    return mayContainAll(values, words);
  }

  @Override
  int cost() {
    return RowMatcher.EQUALITY;
  }
}
