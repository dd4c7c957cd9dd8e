package io.logcaster.query.exec.filter;

import io.logcaster.query.ast.PatternMatchFilter.Place;
import io.logcaster.query.exec.text.MatchPattern;
import io.logcaster.storage.BlockSummary.ColumnSummary;
import java.util.ArrayList;
import java.util.List;

/** Values that match a text with placeholders. */
final class PatternMatcher extends ValueMatcher {

  private final MatchPattern pattern;

  private final Place place;

  private final List<long[]> words = new ArrayList<>();

  PatternMatcher(String pattern, Place place) {
    this.pattern = new MatchPattern(pattern);
    this.place = place;
    this.pattern.literals().forEach((literal) -> words.add(words(literal, false, false)));
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    MatchPattern.Search search = pattern.new Search(bytes, from, to);
    return switch (place) {
      case ANYWHERE -> search.isFound(false);
      case WHOLE -> search.end(from) == to;
      case START -> search.end(from) >= 0;
      case END -> search.isFound(true);
    };
  }

  @Override
  boolean mayMatch(ColumnSummary values) {
    return words.stream().allMatch((literal) -> mayContainAll(values, literal));
  }

  @Override
  int cost() {
    return RowMatcher.SEARCH * 2;
  }
}
