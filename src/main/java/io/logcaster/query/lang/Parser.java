package io.logcaster.query.lang;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.Query.Options;
import io.logcaster.query.value.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads queries, by recursive descent.
 *
 * <pre>
 * query   = [options] filter ("|" pipe)* [";"]
 * options = "options" "(" [name "=" value ("," name "=" value)* [","]] ")"
 * </pre>
 *
 * A query within a query has the options of the outer one unless it says otherwise; a {@code
 * global_filter} it has in any case.
 */
public final class Parser {

  /** The longest query, in characters: it bounds the work, and requests are not longer. */
  public static final int MAX_LENGTH = 1 << 20;

  private static final Set<String> TRUE = Set.of("true", "True", "TRUE", "t", "T", "1");

  private static final Set<String> FALSE = Set.of("false", "False", "FALSE", "f", "F", "0");

  private final Cursor cursor;

  private final FilterParser filters;

  private final FunctionParser functions;

  private final PipeParser pipes;

  /** Filters that the query and each of its subqueries must pass as well. */
  private final List<Filter> added = new ArrayList<>();

  private Options options = Options.DEFAULT;

  private Parser(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new QuerySyntaxException(
          "The query is longer than " + MAX_LENGTH + " characters", text, 0);
    }
    cursor = new Cursor(text);
    filters = new FilterParser(this, cursor);
    functions = new FunctionParser(this, cursor);
    pipes = new PipeParser(this, cursor);
  }

  /**
   * Reads a query.
   *
   * @throws QuerySyntaxException if the text is not a query
   */
  public static Query parse(String text) {
    return parse(text, List.of(), List.of());
  }

  /**
   * Reads a query.
   *
   * @param added further filters that records must pass, also in subqueries
   * @param hidden the fields to hide from the query
   * @throws QuerySyntaxException if the text is not a query
   */
  public static Query parse(String text, List<Filter> added, List<FieldPattern> hidden) {
    return Pipes.simplify(parseAsWritten(text, added, hidden));
  }

  /** As {@link #parse(String, List, List)}, with a pipe for each that is written. */
  public static Query parseAsWritten(String text, List<Filter> added, List<FieldPattern> hidden) {
    Parser parser = new Parser(text);
    parser.added.addAll(added);
    parser.options = new Options(0, false, 0, hidden);
    try {
      Query query = parser.query();
      if (!parser.cursor.peek().isEnd()) {
        throw parser.cursor.error("Unexpected " + parser.cursor.peek().shown());
      }
      return query;
    } catch (QuerySyntaxException ex) {
      throw ForeignSyntax.explained(ex, text);
    } catch (StackOverflowError ex) {
      // The limits of depth leave room for it, but not on a stack that is nearly full already.
      throw parser.cursor.error("The query is nested too deeply");
    }
  }

  FilterParser filters() {
    return filters;
  }

  FunctionParser functions() {
    return functions;
  }

  /** Reads a subquery, up to its closing parenthesis. */
  Query subquery() {
    cursor.enter();
    Options outer = options;
    int filtersOutside = added.size();
    Query query = Pipes.simplify(query());
    options = outer;
    added.subList(filtersOutside, added.size()).clear();
    cursor.leave();
    return query;
  }

  private Query query() {
    if (cursor.is("options")) {
      options();
    }
    Options own = options;
    if (cursor.atEnd()) {
      throw cursor.error(
          "Expected a filter, found " + cursor.peek().shown() + "; '*' selects every record");
    }
    Filter filter = filters.parse();
    if (!added.isEmpty()) {
      List<Filter> all = new ArrayList<>(added);
      all.add(filter);
      filter = Filters.and(all);
    }
    List<Pipe> steps = new ArrayList<>();
    while (cursor.accept("|")) {
      steps.add(pipes.parse());
      if (!cursor.atEnd()) {
        throw cursor.error("Unexpected " + cursor.peek().shown() + " in this pipe");
      }
    }
    cursor.accept(";");
    return new Query(own, filter, steps);
  }

  private void options() {
    cursor.next();
    cursor.expect("(");
    while (!cursor.accept(")")) {
      Token name = cursor.next();
      cursor.expect("=");
      option(name);
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
  }

  private void option(Token name) {
    Options now = options;
    switch (name.text().toLowerCase(Locale.ROOT)) {
      case "concurrency" ->
          options = new Options(threads(), now.ignoreGlobalTime(), now.timeOffset(), now.hidden());
      case "ignore_global_time_filter" ->
          options = new Options(now.concurrency(), flag(), now.timeOffset(), now.hidden());
      case "time_offset" ->
          options =
              new Options(
                  now.concurrency(), now.ignoreGlobalTime(), cursor.duration(), now.hidden());
      case "global_filter" -> added.add(filters.parseCondition());
      // Meant for clusters: accepted, and without effect on one server.
      case "parallel_readers" -> threads();
      case "allow_partial_response" -> flag();
      default -> throw cursor.error("There is no query option " + name.shown(), name);
    }
  }

  private int threads() {
    Token token = cursor.peek();
    String value = cursor.text("a value");
    double number = Numbers.parse(value);
    if (!(number >= 0 && number <= 1024 && number == Math.rint(number))) {
      throw cursor.error("Expected a number of threads, found '" + value + "'", token);
    }
    return (int) number;
  }

  private boolean flag() {
    Token token = cursor.peek();
    String value = cursor.text("a value");
    if (!TRUE.contains(value) && !FALSE.contains(value)) {
      throw cursor.error("Expected true or false, found '" + value + "'", token);
    }
    return TRUE.contains(value);
  }
}
