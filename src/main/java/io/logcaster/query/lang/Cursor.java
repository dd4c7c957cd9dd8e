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

/** A place in a query's tokens, with what all parts of the parser read. */
final class Cursor {

  /**
   * How deep parentheses, groups and subqueries may lie in each other: far more than a person
   * writes, and a small part of a thread's stack, in the parser as well as in the compiled filter.
   */
  static final int MAX_DEPTH = 250;

  /**
   * How many pipes a query may have, with those of queries in it. Each calls the next, so that
   * their number is bounded by a thread's stack, too.
   */
  static final int MAX_PIPES = 500;

  /**
   * How many fields, functions or steps of a calculation one pipe may name: more than any person or
   * dashboard does. What compares names with names takes time by the square of it.
   */
  static final int MAX_NAMES = 2_000;

  /** How large all regular expressions of a query may be together, in steps of their programs. */
  private static final long MAX_REGEXPS = 200_000;

  /** Where a token that is written together ends. */
  private static final Set<String> STOPS = Set.of("(", ")", "[", "]", ",", "|", ";");

  /** Where the argument of a filter function ends; a star after it makes it a prefix. */
  private static final Set<String> ARGUMENT_STOPS = Set.of("(", ")", ",", "|", ";", "*");

  /** Where a word or phrase to search for ends. */
  private static final Set<String> PHRASE_STOPS = Set.of("(", ")", "[", "]", ",", "|", ";", "*");

  /** What is no part of a word unless it is quoted. An exclamation mark within a word is. */
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

  /** What was written between two places, the second of which is the present one. */
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
      throw error("Groups and subqueries lie more than " + MAX_DEPTH + " deep in each other");
    }
  }

  void leave() {
    depth--;
  }

  /** Counts a pipe that begins here. */
  void enterPipe() {
    names = 0;
    if (++pipes > MAX_PIPES) {
      throw error("The query has more than " + MAX_PIPES + " pipes");
    }
  }

  /** Counts a name, a function or an operator of a pipe. */
  void countName() {
    if (++names > MAX_NAMES) {
      throw error("This pipe has more than " + MAX_NAMES + " names, functions or operators");
    }
  }

  /** Compiles a regular expression that was read before this place, unless it is too large. */
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

  /** Counts the steps of an expression with those of the others in the query. */
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

  /** Refuses a text that follows what ends here without white space between them. */
  void expectSpace(String behind) {
    if (atText() && !peek().spaced()) {
      throw error("Expected white space behind " + behind + ", found " + peek().shown());
    }
  }

  /** Refuses operators, and text beside quotes, in what was read; selectors as text may stay. */
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

  /**
   * Reads a text that is quoted or written together: {@code foo-bar/baz*}.
   *
   * @param more characters that end it besides the usual ones
   */
  String text(String what, String... more) {
    return together(what, STOPS, more);
  }

  /**
   * Reads a word or phrase, which a star ends: {@code foo-bar}.
   *
   * @param more characters that end it besides the usual ones
   */
  String phrase(String what, String... more) {
    return together(what, PHRASE_STOPS, more);
  }

  /** Reads the argument of a filter function, which a star ends and brackets do not. */
  String argument(String what) {
    return together(what, ARGUMENT_STOPS);
  }

  /** Reads what is written together up to some character, quotes of a single part undone. */
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

  /** Reads the name of one field; a pattern is refused, but a star in quotes is part of a name. */
  String field() {
    Token token = peek();
    if (token.isQuoted()) {
      String name = text("a field name");
      return name.isEmpty() ? Field.MESSAGE : name;
    }
    FieldPattern pattern = pattern();
    if (pattern.prefix()) {
      throw error("A pattern of names cannot stand here", token);
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

  /** Reads patterns with commas between them: {@code a, b*}. */
  List<FieldPattern> patterns() {
    List<FieldPattern> patterns = new ArrayList<>();
    do {
      patterns.add(pattern());
    } while (accept(","));
    return patterns;
  }

  /** Reads patterns in parentheses; a last comma is allowed, none at all too. */
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

  /** Reads field names in parentheses; a last comma is allowed, none at all too. */
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

  /** Reads field names with commas between them, with or without parentheses. */
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

  /** Reads {@code as name} or just a name, where there is one before the pipe ends. */
  String result(String otherwise) {
    if (accept("as") || atText()) {
      if (is("if")) {
        throw error("The condition 'if' cannot stand here");
      }
      return field();
    }
    return otherwise;
  }

  /** Reads {@code filter text}; empty where it does not stand here. */
  String contained() {
    return accept("filter") ? text("a text to search for") : "";
  }

  /**
   * Reads a whole number that is not negative, such as {@code 10}, {@code 1_000} or {@code 10K};
   * one beyond 64 bits is as good as the largest of them.
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
