package io.logcaster.query.lang;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.value.Durations;
import io.logcaster.query.value.NumberBound;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A position in a query's tokens, with the rules that all parts of the parser share, and the limits
 * of a query.
 */
final class Cursor {

  /**
   * How deep parentheses, groups and subqueries may be nested: far deeper than people write, and a
   * small part of a thread's stack, in the parser as well as in the compiled filter.
   */
  static final int MAX_DEPTH = 250;

  /**
   * How many pipes a query may have, including those of its subqueries. Each pipe calls the next,
   * so their number is limited by a thread's stack, too.
   */
  static final int MAX_PIPES = 500;

  /**
   * How many fields, functions or operators one pipe may have: more than people and dashboards
   * need. Comparing names with each other takes quadratic time.
   */
  static final int MAX_NAMES = 2_000;

  /** How large all regular expressions of a query together may be, in steps of their programs. */
  private static final long MAX_REGEXPS = 200_000;

  /** The symbols that end a text without quotes. */
  private static final Set<String> STOPS = Set.of("(", ")", "[", "]", ",", "|", ";");

  /** The symbols that end the argument of a filter function; a star makes it a prefix. */
  private static final Set<String> ARGUMENT_STOPS = Set.of("(", ")", ",", "|", ";", "*");

  /** The symbols that end a word or phrase to search for. */
  private static final Set<String> PHRASE_STOPS = Set.of("(", ")", "[", "]", ",", "|", ";", "*");

  /** The symbols that need quotes within a word. An exclamation mark does not. */
  private static final Set<String> OPERATORS =
      Set.of("=", "~", "<", ">", "@", "%", "&", "?", "^", "\\", "\"", "'", "`");

  private final String text;

  private final List<Token> tokens;

  private int at;

  private int depth;

  private int pipes;

  private int names;

  private long regexps;

  Cursor(String text) {
    this.text = text;
    tokens = new Lexer(text).tokens();
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  int mark() {
    return at;
  }

  int depth() {
    return depth;
  }

  /** Goes back to a {@link #mark} and the {@link #depth} there. */
  void reset(int mark, int depthThere) {
    at = mark;
    depth = depthThere;
  }

  /** The text of the query from a mark to the current position. */
  String textSince(int mark) {
    int start = tokens.get(mark).start();
    return (at == mark) ? "" : text.substring(start, tokens.get(at - 1).end());
  }

  boolean is(String... words) {
    Token token = peek();
    for (String word : words) {
      if (token.is(word)) {
        return true;
      }
    }
    return false;
  }

  boolean accept(String word) {
    if (peek().is(word)) {
      next();
      return true;
    }
    return false;
  }

  void expect(String word) {
    if (!accept(word)) {
      throw error("Expected '" + word + "', found " + peek().shown());
    }
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw error("Groups and subqueries are nested more than " + MAX_DEPTH + " deep");
    }
  }

  void leave() {
    depth--;
  }

  /** Counts a pipe, against the limit. */
  void enterPipe() {
    names = 0;
    if (++pipes > MAX_PIPES) {
      throw error("The query has more than " + MAX_PIPES + " pipes");
    }
  }

  /** Counts a name, a function or an operator of a pipe, against the limit. */
  void countName() {
    if (++names > MAX_NAMES) {
      throw error("This pipe has more than " + MAX_NAMES + " names, functions or operators");
    }
  }

  /** Compiles a regular expression, unless it is too large. */
  Pattern compile(String pattern, Token token) {
    String problem = RegexpSize.problem(pattern);
    if (problem != null) {
      throw error(problem, token);
    }
    countRegexp(RegexpSize.of(pattern), token);
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException ex) {
      throw error("This is not a regular expression: " + ex.getDescription(), token);
    }
  }

  /** Counts the steps of a regular expression, against the limit of the query. */
  void countRegexp(long size, Token token) {
    regexps += size;
    if (regexps > MAX_REGEXPS) {
      throw error(
          "The regular expressions of the query are too large: together they have more than "
              + MAX_REGEXPS
              + " steps",
          token);
    }
  }

  QuerySyntaxException error(String detail) {
    return error(detail, peek());
  }

  QuerySyntaxException error(String detail, Token token) {
    return new QuerySyntaxException(detail, text, token.start());
  }

  private static boolean isAt(Token token, Set<String> stops) {
    return token.isEnd() || (token.kind() == Token.Kind.SYMBOL && stops.contains(token.text()));
  }

  /** Whether a query, a pipe or a group ends here. */
  boolean atEnd() {
    return peek().isEnd() || is("|", ")", ";");
  }

  /** Rejects a text that follows without white space. */
  void expectSpace(String after) {
    if (atText() && !peek().spaced()) {
      throw error("Expected white space after " + after + ", found " + peek().shown());
    }
  }

  /**
   * Rejects operators, and text next to quotes, in what was read since a mark; stream selectors are
   * allowed.
   */
  void refuseOperators(int mark) {
    if (tokens.subList(mark, at).stream().anyMatch((token) -> token.is("{"))) {
      return;
    }
    for (int i = mark; i < at; i++) {
      Token token = tokens.get(i);
      boolean besideQuotes = token.isQuoted() && at > mark + 1;
      if (besideQuotes || (token.kind() == Token.Kind.SYMBOL && OPERATORS.contains(token.text()))) {
        throw error(
            "Put '"
                + textSince(mark)
                + "' in quotes to search for it; a field is compared as in app:=shop",
            token);
      }
    }
  }

  /** Whether a text can begin here. */
  boolean atText() {
    return !isAt(peek(), STOPS);
  }

  /** Reads a text in quotes or without white space, up to {@code more} symbols: {@code a-b/c*}. */
  String text(String what, String... more) {
    return together(what, STOPS, more);
  }

  /** Reads a word or phrase, which also ends at a star or {@code more} symbols: {@code a-b}. */
  String phrase(String what, String... more) {
    return together(what, PHRASE_STOPS, more);
  }

  /** Reads the argument of a filter function, which ends at a star but not at a bracket. */
  String argument(String what) {
    return together(what, ARGUMENT_STOPS);
  }

  /**
   * Reads a text up to white space or one of some symbols; a text that is entirely in quotes loses
   * them.
   */
  String together(String what, Set<String> stops, String... more) {
    Token first = peek();
    if (isAt(first, stops)) {
      throw error("Expected " + what + ", found " + first.shown());
    }
    if (isOpenQuote(first)) {
      throw error("This quote is never closed");
    }
    next();
    if (first.isQuoted() && !continues(stops, more)) {
      return first.text();
    }
    while (continues(stops, more)) {
      next();
    }
    return text.substring(first.start(), tokens.get(at - 1).end());
  }

  private static boolean isOpenQuote(Token token) {
    return token.kind() == Token.Kind.SYMBOL && "\"'`".contains(token.text());
  }

  private boolean continues(Set<String> stops, String... more) {
    Token token = peek();
    return !token.spaced() && !isAt(token, stops) && !is(more);
  }

  /** Reads the name of one field; rejects a pattern, but a star in quotes is part of a name. */
  String field() {
    Token token = peek();
    if (token.isQuoted()) {
      String name = text("a field name");
      return name.isEmpty() ? Field.MESSAGE : name;
    }
    FieldPattern pattern = pattern();
    if (pattern.prefix()) {
      throw error("A pattern of field names is not allowed here", token);
    }
    return pattern.name();
  }

  /** Reads a field name that may end in {@code *}, quoted or not. */
  FieldPattern pattern() {
    countName();
    String name = text("a field name");
    return name.endsWith("*")
        ? new FieldPattern(name.substring(0, name.length() - 1), true)
        : new FieldPattern(name.isEmpty() ? Field.MESSAGE : name, false);
  }

  /** A field name with or without parentheses around it. */
  String wrappedField() {
    if (accept("(")) {
      String name = field();
      expect(")");
      return name;
    }
    return field();
  }

  /** Reads patterns separated by commas: {@code a, b*}. */
  List<FieldPattern> patterns() {
    List<FieldPattern> patterns = new ArrayList<>();
    do {
      patterns.add(pattern());
    } while (accept(","));
    return patterns;
  }

  /** Reads patterns in parentheses; a trailing comma is allowed, and so is an empty list. */
  List<FieldPattern> wrappedPatterns() {
    expect("(");
    List<FieldPattern> patterns = new ArrayList<>();
    while (!accept(")")) {
      patterns.add(pattern());
      if (!is(")")) {
        expect(",");
      }
    }
    return patterns;
  }

  /** Reads field names in parentheses; a trailing comma is allowed, and so is an empty list. */
  List<String> wrappedFields() {
    expect("(");
    List<String> fields = new ArrayList<>();
    while (!accept(")")) {
      fields.add(field());
      if (!is(")")) {
        expect(",");
      }
    }
    return fields;
  }

  /** Reads field names separated by commas, with or without parentheses. */
  List<String> fields() {
    if (is("(")) {
      return wrappedFields();
    }
    List<String> fields = new ArrayList<>();
    do {
      fields.add(field());
    } while (accept(","));
    return fields;
  }

  /** Reads {@code as name} or a name, if the pipe does not end here. */
  String result(String otherwise) {
    if (accept("as") || atText()) {
      if (is("if")) {
        throw error("A condition 'if' is not allowed here");
      }
      return field();
    }
    return otherwise;
  }

  /** Reads {@code filter text}; empty if it is not there. */
  String contained() {
    return accept("filter") ? text("a text to search for") : "";
  }

  /**
   * Reads a whole number that is not negative, such as {@code 10}, {@code 1_000} or {@code 10K}; a
   * number beyond 64 bits becomes the largest long.
   */
  long count(String what) {
    Token token = peek();
    String number = text(what);
    NumberBound value = NumberBound.of(number);
    if (value == null || !value.isWhole() || value.number() < 0) {
      throw error("Expected " + what + ", a whole number, found '" + number + "'", token);
    }
    return value.floor();
  }

  /** Reads a duration in nanoseconds. */
  long duration() {
    Token token = peek();
    String duration = text("a duration");
    long nanos = duration.equals("0") ? 0 : Durations.parse(duration);
    if (nanos == Durations.INVALID) {
      throw error("Expected a duration such as 5m or 1h30m, found '" + duration + "'", token);
    }
    return nanos;
  }
}
