package io.logcaster.query.lang;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AnyValueFilter;
import io.logcaster.query.ast.CompareFilter;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.ExactPrefixFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Keywords;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.PrefixFilter;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads filters.
 *
 * <pre>
 * or    = and ("or" and)*
 * and   = not (["and"] not)*
 * not   = ("!" | "-" | "not") not | atom
 * atom  = "(" or ")" | stream | [name ":"] value
 * value = "(" or ")" | "*" | text ["*"] | "=" text ["*"] | "~" text | comparison text | function
 * </pre>
 *
 * A name before a group holds for every filter in it; a colon in there belongs to the text.
 */
final class FilterParser {

  private final Cursor cursor;

  private final FunctionParser functions;

  private final StreamParser streams;

  private final TimeParser times;

  FilterParser(Parser parser, Cursor cursor) {
    this.cursor = cursor;
    functions = new FunctionParser(parser, cursor);
    streams = new StreamParser(parser, cursor);
    times = new TimeParser(cursor);
  }

  Filter parse() {
    return or(null);
  }

  /** Reads {@code (filter)}, which selects everything when empty. */
  Filter parseCondition() {
    cursor.expect("(");
    if (cursor.accept(")")) {
      return new AllFilter();
    }
    Filter filter = parse();
    cursor.expect(")");
    return filter;
  }

  private Filter or(@Nullable String field) {
    cursor.enter();
    List<Filter> filters = new ArrayList<>();
    do {
      filters.add(and(field));
    } while (cursor.accept("or"));
    cursor.leave();
    return Filters.or(filters);
  }

  private Filter and(@Nullable String field) {
    List<Filter> filters = new ArrayList<>();
    boolean more = true;
    while (more) {
      filters.add(not(field));
      more = cursor.accept("and") || (!cursor.is("or", ")", "|") && !cursor.peek().isEnd());
    }
    return Filters.and(filters);
  }

  private Filter not(@Nullable String field) {
    boolean negated = false;
    while (cursor.is("!", "-", "not")) {
      cursor.next();
      negated = !negated;
    }
    Filter filter = atom(field);
    return negated ? Filters.not(filter) : filter;
  }

  private Filter atom(@Nullable String field) {
    Token first = cursor.peek();
    if (first.isEnd()) {
      throw cursor.error("Expected a filter, found the end of the query");
    }
    if (first.is("(")) {
      return group(field);
    }
    if (first.is(":")) {
      // A colon without a name before it says nothing.
      while (cursor.accept(":")) {}
      cursor.enter();
      Filter filter = not(field);
      cursor.leave();
      return filter;
    }
    if (field != null) {
      return value(field);
    }
    if (first.is("{")) {
      return streams.parseMatchers();
    }
    if (beginsValue(first)) {
      return message();
    }
    int mark = cursor.mark();
    String name = cursor.phrase("a filter", ":");
    if (cursor.accept(":")) {
      return fieldValue(name.isEmpty() ? Field.MESSAGE : name);
    }
    cursor.reset(mark, cursor.depth());
    return message();
  }

  /** A filter of the message, which goes without its name; any message at all is any record. */
  private Filter message() {
    Filter filter = value(Field.MESSAGE);
    return (filter instanceof AnyValueFilter) ? new AllFilter() : filter;
  }

  private Filter group(@Nullable String field) {
    Token open = cursor.peek();
    if (!open.spaced() && cursor.mark() > 0 && !opensGroup(cursor.peek(-1))) {
      throw cursor.error("Expected white space before '('", open);
    }
    cursor.next();
    Filter filter = or(field);
    cursor.expect(")");
    return filter;
  }

  private static boolean opensGroup(Token before) {
    return before.is(":")
        || before.is("(")
        || before.is("!")
        || before.is("-")
        || before.is("|")
        || before.is("not")
        || before.is("and")
        || before.is("or");
  }

  private boolean beginsValue(Token first) {
    if (first.kind() == Token.Kind.SYMBOL) {
      return "*=~<>".contains(first.text());
    }
    return isFunction(first);
  }

  private boolean isFunction(Token first) {
    return first.kind() == Token.Kind.WORD
        && Keywords.FILTERS.contains(first.text().toLowerCase(Locale.ROOT))
        && (cursor.peek(1).is("(") || (first.is("range") && cursor.peek(1).is("[")));
  }

  private Filter fieldValue(String name) {
    switch (name) {
      case Field.TIME -> {
        return times.parse();
      }
      case Field.STREAM -> {
        return streams.parseMatchers();
      }
      case Field.STREAM_ID -> {
        return streams.parseIds();
      }
      default -> {}
    }
    cursor.enter();
    Filter filter = not(name);
    cursor.leave();
    return filter;
  }

  private Filter value(String field) {
    Token first = cursor.peek();
    if (isFunction(first)) {
      return functions.parse(field);
    }
    if (first.is("{")) {
      throw cursor.error("A stream selector stands by itself, without the name of a field", first);
    }
    if (cursor.accept("*")) {
      refuseColon();
      return new AnyValueFilter(field);
    }
    if (cursor.accept("=")) {
      return exact(field);
    }
    if (cursor.accept("~")) {
      return functions.regexp(field, cursor.peek(), cursor.text("a regular expression"));
    }
    if (first.is("<") || first.is(">")) {
      return comparison(field);
    }
    String text = cursor.phrase("a filter");
    if (cursor.is("(") && !cursor.peek().spaced()) {
      throw cursor.error("There is no filter function '" + text + "'", first);
    }
    if (acceptStar()) {
      refuseColon();
      return text.isEmpty() ? new AnyValueFilter(field) : new PrefixFilter(field, text);
    }
    return new PhraseFilter(field, text);
  }

  private Filter comparison(String field) {
    boolean less = cursor.next().is("<");
    boolean orEqual = cursor.is("=") && !cursor.peek().spaced() && cursor.accept("=");
    CompareFilter.Operator operator =
        less
            ? (orEqual ? CompareFilter.Operator.LESS_OR_EQUAL : CompareFilter.Operator.LESS)
            : (orEqual ? CompareFilter.Operator.GREATER_OR_EQUAL : CompareFilter.Operator.GREATER);
    return new CompareFilter(field, operator, cursor.text("a value to compare with"));
  }

  private Filter exact(String field) {
    boolean empty = cursor.peek().spaced() ? !cursor.atText() : cursor.is("*", ")", "|");
    String value = empty || cursor.peek().isEnd() ? "" : cursor.argument("a value");
    return acceptStar() ? new ExactPrefixFilter(field, value) : new ExactFilter(field, value);
  }

  private void refuseColon() {
    if (cursor.is(":")) {
      throw cursor.error("A pattern of names cannot stand before a colon; name one field");
    }
  }

  private boolean acceptStar() {
    return !cursor.peek().spaced() && cursor.accept("*");
  }
}
