package io.logcaster.query.lang;

import com.google.re2j.Pattern;
import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.AnyCasePhraseFilter;
import io.logcaster.query.ast.AnyCasePrefixFilter;
import io.logcaster.query.ast.AnyValueFilter;
import io.logcaster.query.ast.CommonCaseFilter;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.ExactPrefixFilter;
import io.logcaster.query.ast.FieldCompareFilter;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.FilterFunction;
import io.logcaster.query.ast.JsonArrayFilter;
import io.logcaster.query.ast.LengthRangeFilter;
import io.logcaster.query.ast.ListFilter;
import io.logcaster.query.ast.PatternMatchFilter;
import io.logcaster.query.ast.PatternMatchFilter.Place;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.RangeFilter;
import io.logcaster.query.ast.RegexpFilter;
import io.logcaster.query.ast.SequenceFilter;
import io.logcaster.query.ast.StringRangeFilter;
import io.logcaster.query.ast.UniqPipe;
import io.logcaster.query.ast.ValueTypeFilter;
import io.logcaster.query.value.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads filters that are written as functions.
 *
 * <pre>
 * function = name "(" [text ("," text)* [","]] ")"
 *          | ("in" | "contains_any" | "contains_all") "(" ("*" | texts | query) ")"
 *          | "range" ("(" | "[") number "," number (")" | "]")
 * </pre>
 *
 * A query in there has to end in {@code fields} or {@code uniq} with one field.
 */
final class FunctionParser {

  private final Parser parser;

  private final Cursor cursor;

  /**
   * With brackets that are never closed, each list looks ahead up to the end; this bounds the work
   * for a query.
   */
  private static final long MAX_LOOK_AHEAD = 5_000_000;

  private long lookedAt;

  private final AddressParser addresses;

  FunctionParser(Parser parser, Cursor cursor) {
    this.parser = parser;
    this.cursor = cursor;
    addresses = new AddressParser(this, cursor);
  }

  /** The content of a list: texts, or a query that gives them. */
  record Values(List<String> texts, @Nullable Query subquery) {}

  /** Checks a text of a list, and throws if it is not allowed. */
  @FunctionalInterface
  interface Check {

    void check(String text, Token token);
  }

  /** Reads a function from its name on. */
  Filter parse(String field, FilterFunction function) {
    Token name = cursor.next();
    return switch (function) {
      case IN -> list(field, ListFilter.Operator.IN);
      case CONTAINS_ANY -> list(field, ListFilter.Operator.CONTAINS_ANY);
      case CONTAINS_ALL -> list(field, ListFilter.Operator.CONTAINS_ALL);
      case SEQ -> new SequenceFilter(field, texts());
      case I -> anyCase(field);
      case EXACT -> exact(field);
      case RE -> {
        Token token = cursor.peek(1);
        yield regexp(field, token, one(name));
      }
      case RANGE -> range(field);
      case IPV4_RANGE -> addresses.ipv4Range(field, name);
      case IPV6_RANGE -> addresses.ipv6Range(field, name);
      case JSON_ARRAY_CONTAINS_ANY -> new JsonArrayFilter(field, plainTexts());
      case CONTAINS_COMMON_CASE -> commonCase(field, false);
      case EQUALS_COMMON_CASE -> commonCase(field, true);
      case PATTERN_MATCH -> match(field, Place.ANYWHERE, name);
      case PATTERN_MATCH_FULL -> match(field, Place.WHOLE, name);
      case PATTERN_MATCH_PREFIX -> match(field, Place.START, name);
      case PATTERN_MATCH_SUFFIX -> match(field, Place.END, name);
      case STRING_RANGE -> {
        List<String> bounds = exactly(2, name);
        yield new StringRangeFilter(field, bounds.get(0), bounds.get(1));
      }
      case LEN_RANGE -> lengthRange(field, name);
      case VALUE_TYPE -> new ValueTypeFilter(field, one(name));
      case EQ_FIELD -> new FieldCompareFilter(field, FieldCompareFilter.Operator.EQUAL, one(name));
      case LE_FIELD ->
          new FieldCompareFilter(field, FieldCompareFilter.Operator.LESS_OR_EQUAL, one(name));
      case LT_FIELD -> new FieldCompareFilter(field, FieldCompareFilter.Operator.LESS, one(name));
    };
  }

  /** Reads {@code (a, b)}. */
  List<String> texts() {
    cursor.expect("(");
    List<String> texts = textsUntil(")", (text, token) -> {});
    cursor.next();
    return texts;
  }

  private List<String> textsUntil(String close, Check check) {
    List<String> texts = new ArrayList<>();
    while (!cursor.is(close)) {
      Token token = cursor.peek();
      String text = cursor.accept("*") ? "*" : cursor.argument("a value");
      check.check(text, token);
      texts.add(text);
      if (!cursor.is(close)) {
        cursor.expect(",");
      }
    }
    return texts;
  }

  /** Reads {@code (a, b)} or {@code (query)}. */
  Values values(Check check) {
    cursor.expect("(");
    int mark = cursor.mark();
    int depth = cursor.depth();
    QuerySyntaxException noQuery = null;
    if (pipeFollows()) {
      try {
        return new Values(List.of(), subquery());
      } catch (QuerySyntaxException ex) {
        // Brackets in values may look like a query's.
        noQuery = ex;
        cursor.reset(mark, depth);
      }
    }
    try {
      List<String> texts = textsUntil(")", check);
      cursor.next();
      return new Values(texts, null);
    } catch (QuerySyntaxException ex) {
      throw (noQuery == null) ? ex : noQuery;
    }
  }

  private Query subquery() {
    Token first = cursor.peek();
    Query subquery = parser.subquery();
    if (resultField(subquery) == null) {
      throw cursor.error("A subquery must end in 'fields' or 'uniq by' with one field", first);
    }
    cursor.expect(")");
    return subquery;
  }

  /**
   * Whether there is a pipe before the closing parenthesis, so that this is a query and not a list.
   * A range may close with another bracket than it opens with.
   */
  private boolean pipeFollows() {
    int open = 0;
    for (int ahead = 0; ; ahead++) {
      Token token = cursor.peek(ahead);
      if (token.isEnd() || ++lookedAt > MAX_LOOK_AHEAD) {
        return false;
      }
      if (token.is("(") || token.is("[")) {
        open++;
      } else if ((token.is(")") || token.is("]")) && open-- == 0) {
        return false;
      } else if (token.is("|") && open == 0) {
        return true;
      }
    }
  }

  /** The one field that a query gives; null if there is not exactly one. */
  static @Nullable String resultField(Query query) {
    if (query.pipes().isEmpty()) {
      return null;
    }
    Pipe last = query.pipes().getLast();
    if (last instanceof FieldsPipe fields
        && fields.fields().size() == 1
        && !fields.fields().getFirst().prefix()) {
      return fields.fields().getFirst().name();
    }
    return (last instanceof UniqPipe uniq && uniq.fields().size() == 1)
        ? uniq.fields().getFirst()
        : null;
  }

  private Filter list(String field, ListFilter.Operator operator) {
    if (cursor.peek(1).is("*") && cursor.peek(2).is(")")) {
      cursor.next();
      cursor.next();
      cursor.next();
      return new AllFilter();
    }
    Values values = values((text, token) -> {});
    return new ListFilter(field, operator, values.texts(), values.subquery());
  }

  /** Reads {@code (a, b)} where a star has no meaning. */
  List<String> plainTexts() {
    cursor.expect("(");
    List<String> texts = new ArrayList<>();
    while (!cursor.accept(")")) {
      texts.add(cursor.argument("a value"));
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    return texts;
  }

  private Filter commonCase(String field, boolean whole) {
    Token token = cursor.peek(1);
    List<String> texts = plainTexts();
    for (String text : texts) {
      if (text.codePoints().filter(Character::isUpperCase).count()
          > CommonCaseFilter.MAX_CAPITALS) {
        throw cursor.error(
            "'"
                + text
                + "' has more than "
                + CommonCaseFilter.MAX_CAPITALS
                + " capital letters; i(…) disregards case",
            token);
      }
    }
    return new CommonCaseFilter(field, whole, texts);
  }

  private Filter match(String field, Place place, Token name) {
    Token token = cursor.peek(1);
    if (token.is("<")) {
      throw cursor.error("A pattern that begins with '<' needs quotes", token);
    }
    List<String> patterns = plainTexts();
    if (patterns.size() != 1) {
      throw cursor.error(name.text() + "() takes one pattern, " + patterns.size() + " given", name);
    }
    return new PatternMatchFilter(field, place, patterns.getFirst());
  }

  private List<String> exactly(int count, Token name) {
    List<String> texts = texts();
    if (texts.size() != count) {
      throw cursor.error(
          name.text()
              + "() takes "
              + count
              + ((count == 1) ? " value, " : " values, ")
              + texts.size()
              + " given",
          name);
    }
    return texts;
  }

  private String one(Token name) {
    return exactly(1, name).getFirst();
  }

  private boolean star() {
    return !cursor.peek().spaced() && cursor.accept("*");
  }

  private Filter anyCase(String field) {
    cursor.expect("(");
    if (cursor.accept("*")) {
      cursor.expect(")");
      return new AnyCasePrefixFilter(field, "");
    }
    String text = cursor.argument("a word or phrase");
    boolean prefix = star();
    cursor.expect(")");
    return prefix ? new AnyCasePrefixFilter(field, text) : new AnyCasePhraseFilter(field, text);
  }

  private Filter exact(String field) {
    cursor.expect("(");
    if (cursor.accept("*")) {
      cursor.expect(")");
      return new ExactPrefixFilter(field, "");
    }
    String text = cursor.argument("a value");
    boolean prefix = star();
    cursor.expect(")");
    return prefix ? new ExactPrefixFilter(field, text) : new ExactFilter(field, text);
  }

  /** The filter of a regular expression, which is checked here so that an error has a position. */
  Filter regexp(String field, Token token, String pattern) {
    Pattern _ = cursor.compile(pattern, token);
    return switch (pattern) {
      case "", ".*" -> new AllFilter();
      case ".+" -> new AnyValueFilter(field);
      default -> new RegexpFilter(field, pattern);
    };
  }

  private Filter range(String field) {
    boolean minIncluded = cursor.next().is("[");
    String min = bound();
    cursor.expect(",");
    String max = bound();
    cursor.accept(",");
    if (!cursor.is("]", ")")) {
      throw cursor.error("Expected ')' or ']', found " + cursor.peek().shown());
    }
    boolean maxIncluded = cursor.next().is("]");
    return new RangeFilter(field, min, minIncluded, max, maxIncluded);
  }

  private String bound() {
    Token token = cursor.peek();
    String text = cursor.text("a number");
    double _ = number(text, token);
    return text;
  }

  private double number(String text, Token token) {
    double number = Numbers.measure(text);
    if (Double.isNaN(number)) {
      throw cursor.error("Expected a number, found '" + text + "'", token);
    }
    return number;
  }

  private Filter lengthRange(String field, Token name) {
    Token token = cursor.peek(1);
    List<String> bounds = exactly(2, name);
    long min = length(bounds.get(0), token);
    long max =
        bounds.get(1).equalsIgnoreCase("inf") ? Long.MAX_VALUE : length(bounds.get(1), token);
    return new LengthRangeFilter(field, min, max, "(" + bounds.get(0) + ", " + bounds.get(1) + ")");
  }

  private long length(String text, Token token) {
    double length = number(text, token);
    if (length < 0 || length != Math.rint(length)) {
      throw cursor.error("Expected a length, a whole number, found '" + text + "'", token);
    }
    return (long) length;
  }
}
