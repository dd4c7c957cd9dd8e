package io.logcaster.query;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.Query;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The words that every message of a template has, as a filter: it rules out blocks, and most other
 * templates of a block by a look at their constant text.
 */
final class PatternWords {

  private static final String PLACE = "<*>";

  /** Further words rule out little more, and each costs a look at every template. */
  private static final int MOST = 4;

  private PatternWords() {}

  /**
   * Restricts a query without pipes to messages with the words of a template.
   *
   * @param pattern the template, with {@code <*>} for what varies
   */
  static Query require(Query query, String pattern) {
    List<Filter> words = filters(pattern);
    if (words.isEmpty() || !query.pipes().isEmpty()) {
      return query;
    }
    if (!(query.filter() instanceof AllFilter)) {
      words.addFirst(query.filter());
    }
    Filter all = (words.size() == 1) ? words.getFirst() : new AndFilter(words);
    return new Query(query.options(), all, query.pipes());
  }

  private static List<Filter> filters(String pattern) {
    String[] words = pattern.split(" ", -1);
    // A template has blanks where its messages have them. The last word may be cut.
    return Stream.of(words)
        .limit(words.length - 1L)
        .filter((word) -> !word.contains(PLACE) && word.chars().anyMatch(Character::isLetter))
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .limit(MOST)
        .<Filter>map((word) -> new PhraseFilter(Field.MESSAGE, word))
        .collect(ArrayList::new, List::add, List::addAll);
  }
}
