package io.logcaster.query.lang;

import com.google.re2j.Pattern;
import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.StreamFilter;
import io.logcaster.query.ast.StreamFilter.Matcher;
import io.logcaster.query.ast.StreamFilter.Operator;
import io.logcaster.query.ast.StreamIdFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads filters of the stream.
 *
 * <pre>
 * stream   = "{" [matchers ("or" matchers)*] "}"
 * matchers = matcher ("," matcher)* [","]
 * matcher  = name ("=" | "!=" | "=~" | "!~") text | name ("in" | "not_in") "(" texts ")"
 * ids      = id | "in" "(" ids | query | "*" ")"
 * </pre>
 */
final class StreamParser {

  private final Parser parser;

  private final Cursor cursor;

  StreamParser(Parser parser, Cursor cursor) {
    this.parser = parser;
    this.cursor = cursor;
  }

  Filter parseMatchers() {
    cursor.expect("{");
    List<List<Matcher>> alternatives = new ArrayList<>();
    if (!cursor.is("}")) {
      do {
        alternatives.add(matchers());
      } while (cursor.accept("or"));
    }
    cursor.expect("}");
    return new StreamFilter(alternatives);
  }

  private List<Matcher> matchers() {
    List<Matcher> matchers = new ArrayList<>();
    do {
      matchers.add(matcher());
    } while (cursor.accept(",") && !cursor.is("}", "or"));
    return matchers;
  }

  private Matcher matcher() {
    if (cursor.is("}", "=", "!")) {
      throw cursor.error("Expected the name of a stream field, found " + cursor.peek().shown());
    }
    String name = cursor.phrase("the name of a stream field", "=", "!", "}", "{");
    if (cursor.is("in", "not_in")) {
      Token token = cursor.next();
      boolean in = token.is("in");
      List<String> values = parser.functions().texts();
      String pattern = values.stream().map(Pattern::quote).collect(Collectors.joining("|"));
      cursor.countRegexp(pattern.length(), token);
      return new Matcher(name, in ? Operator.MATCHES : Operator.NOT_MATCHES, pattern);
    }
    Operator operator = operator();
    Token token = cursor.peek();
    if (token.is("}")) {
      throw cursor.error("Expected a value, found '}'");
    }
    String value = cursor.text("a value", "}");
    if (operator == Operator.MATCHES || operator == Operator.NOT_MATCHES) {
      Pattern _ = cursor.compile(value, token);
    }
    return new Matcher(name, operator, value);
  }

  private Operator operator() {
    if (cursor.accept("=")) {
      return (!cursor.peek().spaced() && cursor.accept("~")) ? Operator.MATCHES : Operator.EQUAL;
    }
    if (cursor.accept("!")) {
      if (cursor.accept("~")) {
        return Operator.NOT_MATCHES;
      }
      cursor.expect("=");
      return Operator.NOT_EQUAL;
    }
    throw cursor.error("Expected =, !=, =~, !~, in or not_in, found " + cursor.peek().shown());
  }

  Filter parseIds() {
    if (cursor.is("in") && cursor.peek(1).is("(")) {
      cursor.next();
      if (cursor.peek(1).is("*") && cursor.peek(2).is(")")) {
        cursor.next();
        cursor.next();
        cursor.next();
        return new AllFilter();
      }
      FunctionParser.Values values = parser.functions().values(this::checkId);
      return new StreamIdFilter(values.texts(), values.subquery());
    }
    Token token = cursor.peek();
    String id = cursor.text("the identity of a stream");
    checkId(id, token);
    return new StreamIdFilter(List.of(id), null);
  }

  private void checkId(String id, Token token) {
    if (!id.matches("[0-9a-fA-F]{48}")) {
      throw cursor.error(
          "Expected the identity of a stream, 48 hexadecimal digits, found '" + id + "'", token);
    }
  }
}
