package io.logcaster.query.exec.filter;

import io.logcaster.query.exec.text.Needle;
import io.logcaster.query.exec.text.PhraseShapes;
import io.logcaster.record.TextShape;
import io.logcaster.record.Verdict;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.nio.charset.StandardCharsets;

/** Values that contain a text. */
public final class SubstringMatcher extends ValueMatcher {

  private final Needle needle;

  private final long[] words;

  public SubstringMatcher(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    needle = new Needle(bytes, false);
    words = words(bytes, false, false);
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return needle.find(bytes, from, to) >= 0;
  }

  @Override
  public Verdict judge(TextShape shape) {
    return PhraseShapes.judge(shape, needle, PhraseShapes.Edge.ANY, PhraseShapes.Edge.ANY, this);
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    return mayContainAll(values, words);
  }
}
