package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.text.Needle;
import io.logcaster.query.exec.text.PhraseShapes;
import io.logcaster.query.exec.text.PhraseShapes.Edge;
import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Values equal to a text. */
final class ExactMatcher extends ValueMatcher {

  private final byte[] value;

  private final Needle needle;

  private final long[] words;

  ExactMatcher(String value) {
    this(value.getBytes(StandardCharsets.UTF_8));
  }

  ExactMatcher(byte[] value) {
    this.value = value;
    needle = new Needle(this.value, false);
    words = words(this.value, true, true);
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return Arrays.equals(value, 0, value.length, bytes, from, to);
  }

  @Override
  public Verdict judge(TextShape shape) {
    return PhraseShapes.judge(shape, needle, Edge.VALUE, Edge.VALUE, this);
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    return value.length > 0 && mayContainAll(values, words);
  }

  @Override
  int cost() {
    return RowMatcher.EQUALITY;
  }
}
