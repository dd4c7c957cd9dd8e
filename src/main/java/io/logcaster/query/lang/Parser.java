package io.logcaster.query.lang;

import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.QueryTree;
import io.logcaster.query.ast.QueryTree.Options;
import io.logcaster.query.value.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads queries, by recursive descent.
 *
 * <pre>
 * query   = [options] filter ("|" pipe)* [";"]
 * options = "options" "(" [name "=" value ("," name "=" value)* [","]] ")"
 * </pre>
 *
 * A query within a query has the options of the outer one unless it says otherwise.
 */
public final class Parser {

  /** The longest text that is read, in characters: what a request may carry, and bounded work. */
  public static final int MAX_LENGTH = 1 << 20;

  private static final Set<String> TRUE = Set.of("true", "True", "TRUE", "t", "T", "1");

  private static final Set<String> FALSE = Set.of("false", "False", "FALSE", "f", "F", "0");

  private final Cursor cursor;

  private final FilterParser filters;

  private final FunctionParser functions;

  private final PipeParser pipes;

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
   * @throws QuerySyntaxException if the text is none
   */
  public static QueryTree parse(String text) {
    Parser parser = new Parser(text);
    try {
      QueryTree query = parser.query();
      if (!parser.cursor.peek().isEnd()) {
        throw parser.cursor.error("Unexpected " + parser.cursor.peek().shown());
      }
      return query;
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

  /** Reads a query within a query, up to the parenthesis that closes it. */
  QueryTree subquery() {
    cursor.enter();
    Options outer = options;
    QueryTree query = query();
    options = outer;
    cursor.leave();
    return query;
  }

  private QueryTree query() {
    if (cursor.is("options")) {
      options = options();
    }
    Options own = options;
    if (cursor.atEnd()) {
      throw cursor.error(
          "Expected a filter, found " + cursor.peek().shown() + "; '*' selects every record");
    }
    Filter filter = filters.parse();
    List<Pipe> steps = new ArrayList<>();
    while (cursor.accept("|")) {
      steps.add(pipes.parse());
      if (!cursor.atEnd()) {
        throw cursor.error("Unexpected " + cursor.peek().shown() + " in this pipe");
      }
    }
    cursor.accept(";");
    return Pipes.simplify(new QueryTree(own, filter, steps));
  }

  private Options options() {
    cursor.next();
    cursor.expect("(");
    int concurrency = options.concurrency();
    boolean ignoreTime = options.ignoreGlobalTime();
    while (!cursor.accept(")")) {
      Token name = cursor.next();
      cursor.expect("=");
      Token token = cursor.peek();
      String value = cursor.text("a value");
      if (name.is("concurrency")) {
        double number = Numbers.parse(value);
        if (!(number >= 0 && number <= 1024 && number == Math.rint(number))) {
          throw cursor.error("Expected a number of threads, found '" + value + "'", token);
        }
        concurrency = (int) number;
      } else if (name.is("ignore_global_time_filter")) {
        ignoreTime = TRUE.contains(value);
        if (!ignoreTime && !FALSE.contains(value)) {
          throw cursor.error("Expected true or false, found '" + value + "'", token);
        }
      } else {
        throw cursor.error("There is no query option " + name.shown(), name);
      }
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    return new Options(concurrency, ignoreTime);
  }
}
