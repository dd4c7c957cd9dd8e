package io.logcaster.query.lang;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AnyValueFilter;
import io.logcaster.query.ast.CompareFilter;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.ExactPrefixFilter;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.FilterFunction;
import io.logcaster.query.ast.PhraseFilter;
import io.logcaster.query.ast.PrefixFilter;
import io.logcaster.query.ast.SubstringFilter;
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
 * atom  = "(" or ")" | stream | [name ["*"] ":"] value
 * value = "(" or ")" | "*" | text ["*"] | "*" text "*" | "=" text ["*"] | "~" text
 *       | comparison text | function
 * </pre>
 *
 * A name before a group holds for every filter in it; a colon in there belongs to the text. What is
 * written without quotes in place of a name or text has no operators in it: {@code a=b} is likelier
 * meant to be {@code a:=b}.
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

  /** Reads {@code (filter)}, which selects everything if it is empty. */
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
      more = cursor.accept("and") || (!cursor.is("or") && !cursor.atEnd());
    }
    return Filters.and(filters);
  }

  private Filter not(@Nullable String field) {
    boolean negated = false;
    while (cursor.is("!", "-", "not")) {
      if (cursor.next().is("not") && cursor.is(":")) {
        throw cursor.error("A field named 'not' needs quotes");
      }
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
      // A colon without a name before it has no effect.
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
      return stream();
    }
    FieldPattern names = names();
    if (names != null) {
      return anyField(names);
    }
    if (beginsValue(first)) {
      return message();
    }
    int mark = cursor.mark();
    String name = word(":");
    if (cursor.accept(":")) {
      return fieldValue(name.isEmpty() ? Field.MESSAGE : name);
    }
    cursor.reset(mark, cursor.depth());
    return message();
  }

  private Filter stream() {
    Filter filter = streams.parseMatchers();
    if (!cursor.is("{")) {
      cursor.expectSpace("a stream selector");
    }
    return filter;
  }

  /** Reads {@code prefix*:}; null if it is not there. */
  private @Nullable FieldPattern names() {
    Token first = cursor.peek();
    int mark = cursor.mark();
    String beginning = "";
    if (!first.is("*")) {
      if (beginsValue(first)) {
        return null;
      }
      beginning = cursor.phrase("a filter", ":");
    }
    boolean star = first.is("*") ? cursor.accept("*") : acceptStar();
    if (!star && first.isQuoted() && beginning.endsWith("*")) {
      beginning = beginning.substring(0, beginning.length() - 1);
      star = true;
    }
    if (star && cursor.accept(":")) {
      return new FieldPattern(beginning, true);
    }
    cursor.reset(mark, cursor.depth());
    return null;
  }

  private Filter anyField(FieldPattern names) {
    cursor.enter();
    Filter filter = not(Field.MESSAGE);
    cursor.leave();
    return Filters.ofAnyField(names, filter);
  }

  /** Reads a name or a text to search for, which has no operators unless it is in quotes. */
  private String word(String... more) {
    int mark = cursor.mark();
    String text = cursor.phrase("a filter", more);
    cursor.refuseOperators(mark);
    return text;
  }

  /**
   * A filter of the message, whose name is left out; a filter of any message is one of every
   * record.
   */
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
    return function(first) != null;
  }

  /** The function that a token calls; null if it is no call. */
  private @Nullable FilterFunction function(Token first) {
    FilterFunction function = named(first);
    boolean called =
        cursor.peek(1).is("(") || (function == FilterFunction.RANGE && cursor.peek(1).is("["));
    return called ? function : null;
  }

  private static @Nullable FilterFunction named(Token token) {
    return (token.kind() == Token.Kind.WORD)
        ? FilterFunction.of(token.text().toLowerCase(Locale.ROOT))
        : null;
  }

  private static boolean isList(String text) {
    FilterFunction function = FilterFunction.of(text.toLowerCase(Locale.ROOT));
    return function != null && function.isList();
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
    FilterFunction function = function(first);
    if (function != null) {
      return functions.parse(field, function);
    }
    if (first.is("{")) {
      throw cursor.error("A stream selector takes no field name", first);
    }
    if (cursor.accept("*")) {
      refuseColon();
      return (cursor.atText() && !cursor.peek().spaced())
          ? substring(field)
          : new AnyValueFilter(field);
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
    String text = word();
    if (cursor.is("(") && !cursor.peek().spaced()) {
      throw cursor.error("There is no filter function '" + text + "'", first);
    }
    if (first.kind() == Token.Kind.WORD && isList(text)) {
      throw cursor.error(
          "Expected '(' after '" + text + "'; put the word in quotes to search for it", first);
    }
    if (acceptStar()) {
      refuseColon();
      cursor.expectSpace("'*'");
      return text.isEmpty() ? new AnyValueFilter(field) : new PrefixFilter(field, text);
    }
    return new PhraseFilter(field, text);
  }

  /** Reads {@code text*} after a star. */
  private Filter substring(String field) {
    Token first = cursor.peek();
    String text = word();
    if (!first.isQuoted() && text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw cursor.error("The text between two stars needs quotes here", first);
    }
    if (!acceptStar()) {
      throw cursor.error(
          "Expected '*' after the text; a star before a text needs another one after it");
    }
    cursor.expectSpace("'*'");
    return new SubstringFilter(field, text);
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
    Token first = cursor.peek();
    boolean empty = first.spaced() ? !cursor.atText() : cursor.is("*") || cursor.atEnd();
    if (!empty && cursor.is("!", "=", "~", "<", ">")) {
      throw cursor.error("A value that begins with '" + first.text() + "' needs quotes");
    }
    int mark = cursor.mark();
    String value = empty ? "" : cursor.argument("a value");
    if (first.isQuoted() && cursor.mark() > mark + 1) {
      throw cursor.error("Expected white space after a quote", cursor.peek(-1));
    }
    if (!acceptStar()) {
      return new ExactFilter(field, value);
    }
    cursor.expectSpace("'*'");
    return new ExactPrefixFilter(field, value);
  }

  private void refuseColon() {
    if (cursor.is(":")) {
      throw cursor.error("A pattern of field names is not allowed here; name one field");
    }
  }

  private boolean acceptStar() {
    return !cursor.peek().spaced() && cursor.accept("*");
  }
}
