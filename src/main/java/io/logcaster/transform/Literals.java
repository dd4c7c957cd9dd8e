package io.logcaster.transform;

import io.logcaster.query.ast.AndFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.OrFilter;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.PrefixFilter;
import io.logcaster.query.ast.SubstringFilter;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds texts of which a filter's records have at least one in their message, as they stand. */
final class Literals {

  /** {@link LiteralScan} skips as many bytes as the shortest text has, less one. */
  private static final int SHORTEST = 2;

  /** With more, most records have one of them. */
  private static final int MOST = 16;

  private Literals() {}

  /** The texts; empty if the filter requires none. */
  static List<String> of(Filter filter) {
    List<String> found = find(filter);
    return found == null || found.size() > MOST ? List.of() : List.copyOf(found);
  }

  private static @Nullable List<String> find(Filter filter) {
    return switch (filter) {
      case PhraseFilter phrase -> text(phrase.field(), phrase.phrase());
      case PrefixFilter prefix -> text(prefix.field(), prefix.prefix());
      case SubstringFilter part -> text(part.field(), part.text());
      case AndFilter and -> and(and.filters());
      case OrFilter or -> or(or.filters());
      default -> null;
    };
  }

  private static @Nullable List<String> text(String field, String text) {
    return field.equals(Field.MESSAGE) && text.length() >= SHORTEST ? List.of(text) : null;
  }

  /** Those of the part whose shortest text is longest. */
  private static @Nullable List<String> and(List<Filter> parts) {
    List<String> best = null;
    for (Filter part : parts) {
      List<String> found = find(part);
      if (found != null && (best == null || shortest(found) > shortest(best))) {
        best = found;
      }
    }
    return best;
  }

  private static @Nullable List<String> or(List<Filter> parts) {
    List<String> all = new ArrayList<>();
    for (Filter part : parts) {
      List<String> found = find(part);
      if (found == null) {
        return null;
      }
      all.addAll(found);
    }
    return all;
  }

  private static int shortest(List<String> texts) {
    return texts.stream().mapToInt(String::length).min().orElse(0);
  }
}
