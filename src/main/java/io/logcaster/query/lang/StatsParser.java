package io.logcaster.query.lang;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Keywords;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.RunningStatsPipe;
import io.logcaster.query.ast.SortKey;
import io.logcaster.query.ast.StatsFunction;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.ast.StatsPipe.Calculation;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the {@code stats} pipe.
 *
 * <pre>
 * stats       = [["by"] "(" [bucket ("," bucket)* [","]] ")"] calculation ("," calculation)*
 * bucket      = name [":" (number | duration | "/" bits | step) ["offset" duration]]
 * calculation = call ["if" "(" filter ")"] [["as"] name] | call "switch" "(" case ("," case)* ")"
 * call        = function "(" [phi ","] [patterns] ")" ["sort" ["by"] keys] ["limit" count]
 * case        = "case" "(" filter ")" ["as"] name | "default" ["as"] name
 * </pre>
 */
final class StatsParser {

  /** Functions that need to be told their fields, one by one. */
  private static final Set<String> NAMED_FIELDS =
      Set.of("count_uniq", "count_uniq_hash", "histogram");

  /** How many fields some functions take. */
  private static final Map<String, Integer> EXACT_FIELDS =
      Map.of("any", 1, "first", 1, "last", 1, "field_max", 2, "field_min", 2);

  private static final Set<String> LIMITED =
      Set.of("count_uniq", "count_uniq_hash", "json_values", "uniq_values", "values");

  private final Parser parser;

  private final Cursor cursor;

  private final OrderParser orders;

  StatsParser(Parser parser, Cursor cursor, OrderParser orders) {
    this.parser = parser;
    this.cursor = cursor;
    this.orders = orders;
  }

  Pipe parse() {
    List<Bucket> by = by();
    return new StatsPipe(by, calculations(by, Keywords.STATS));
  }

  /** Reads {@code running_stats} or {@code total_stats} behind its name. */
  Pipe running(boolean total) {
    return new RunningStatsPipe(total, by(), calculations(List.of(), Keywords.RUNNING_STATS));
  }

  private List<Bucket> by() {
    List<Bucket> by = new ArrayList<>();
    if (cursor.accept("by") || cursor.is("(")) {
      cursor.expect("(");
      while (!cursor.accept(")")) {
        by.add(bucket());
        if (!cursor.is(")")) {
          cursor.expect(",");
        }
      }
    }
    return by;
  }

  private List<Calculation> calculations(List<Bucket> by, Set<String> functions) {
    Set<String> names = new HashSet<>();
    by.forEach((bucket) -> names.add(bucket.field()));
    List<Calculation> calculations = new ArrayList<>();
    do {
      Token token = cursor.peek();
      for (Calculation calculation : calculation(functions)) {
        if (!names.add(calculation.result())) {
          throw cursor.error(
              "There are two results of the name '" + calculation.result() + "'", token);
        }
        calculations.add(calculation);
      }
    } while (cursor.accept(","));
    return calculations;
  }

  private Bucket bucket() {
    cursor.countName();
    String name = cursor.phrase("a field name", ":");
    String field = name.isEmpty() ? Field.MESSAGE : name;
    if (!cursor.accept(":")) {
      return new Bucket(field);
    }
    Token token = cursor.peek();
    String step = cursor.text("the width of a bucket");
    if (!isStep(step)) {
      throw cursor.error(
          "Expected the width of a bucket such as 5m, 10KiB, /24 or month, found '" + step + "'",
          token);
    }
    return new Bucket(
        field,
        step.toLowerCase(Locale.ROOT).equals(step) ? step : foldNamed(step),
        cursor.accept("offset") ? offset() : 0);
  }

  private double offset() {
    Token token = cursor.peek();
    String text = cursor.text("by how much buckets are shifted");
    double offset = Numbers.parse(text);
    if (Double.isNaN(offset)) {
      throw cursor.error("Expected a number or a duration such as 5m, found '" + text + "'", token);
    }
    return offset;
  }

  private static String foldNamed(String step) {
    String folded = step.toLowerCase(Locale.ROOT);
    return Bucket.NAMED_STEPS.containsKey(folded) ? folded : step;
  }

  private static boolean isStep(String step) {
    if (step.startsWith("/")) {
      return step.matches("/\\d{1,2}") && Integer.parseInt(step.substring(1)) <= 32;
    }
    return Numbers.parse(step) > 0 || Bucket.NAMED_STEPS.containsKey(step.toLowerCase(Locale.ROOT));
  }

  private List<Calculation> calculation(Set<String> functions) {
    cursor.countName();
    boolean running = functions.equals(Keywords.RUNNING_STATS);
    StatsFunction function = function(functions);
    if (!running && cursor.is("switch") && cursor.peek(1).is("(")) {
      return switched(function);
    }
    Filter condition = (!running && cursor.accept("if")) ? parser.filters().parseCondition() : null;
    String result = Calculation.label(function, condition);
    if (cursor.accept("as") || (cursor.atText() && !(running && cursor.is("if", "switch")))) {
      result = cursor.field();
    }
    return List.of(new Calculation(function, condition, result));
  }

  /** Reads the cases of a {@code switch}; the default is for the rows that none of them matches. */
  private List<Calculation> switched(StatsFunction function) {
    Token start = cursor.next();
    cursor.expect("(");
    List<Calculation> cases = new ArrayList<>();
    List<Filter> matched = new ArrayList<>();
    String otherwise = null;
    int place = 0;
    while (!cursor.accept(")")) {
      if (otherwise == null && cursor.accept("default")) {
        place = cases.size();
        otherwise = name();
      } else {
        cursor.countName();
        cursor.expect("case");
        Filter filter = parser.filters().parseCondition();
        matched.add(filter);
        cases.add(new Calculation(function, filter, name()));
      }
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    if (otherwise != null) {
      Filter rest = matched.isEmpty() ? null : Filters.not(Filters.or(matched));
      cases.add(place, new Calculation(function, rest, otherwise));
    }
    if (cases.isEmpty()) {
      throw cursor.error("A switch needs 'case (…) name' or 'default name'", start);
    }
    return cases;
  }

  private String name() {
    cursor.accept("as");
    return cursor.field();
  }

  private StatsFunction function(Set<String> functions) {
    Token token = cursor.next();
    String name = token.text().toLowerCase(Locale.ROOT);
    if (token.kind() != Token.Kind.WORD || !functions.contains(name)) {
      throw cursor.error(
          "Expected a stats function such as count(), found " + token.shown(), token);
    }
    String phi = name.equals("quantile") ? openWithPhi() : "";
    List<FieldPattern> fields = name.equals("quantile") ? afterPhi() : cursor.wrappedPatterns();
    if (name.equals("rate") && !fields.isEmpty()) {
      throw cursor.error("rate() takes no fields; rate_sum() adds up a field", token);
    }
    check(name, fields, token);
    List<SortKey> sort = List.of();
    if (name.equals("json_values") && (cursor.accept("sort") || cursor.accept("order"))) {
      sort = orders.keys();
    }
    if (fields.isEmpty() || FieldPattern.isAll(fields)) {
      fields = name.startsWith("row_m") ? fields.subList(0, 1) : List.of(FieldPattern.ALL);
    }
    long limit =
        LIMITED.contains(name) && cursor.accept("limit") ? cursor.count("a number of values") : 0;
    return new StatsFunction(name, phi, fields, sort, limit);
  }

  private void check(String name, List<FieldPattern> fields, Token token) {
    boolean named = NAMED_FIELDS.contains(name);
    if (named && (fields.isEmpty() || fields.stream().anyMatch(FieldPattern::prefix))) {
      throw cursor.error(name + "() needs the names of its fields", token);
    }
    if (name.equals("histogram") && fields.size() != 1) {
      throw cursor.error("histogram() takes one field", token);
    }
    Integer wanted = EXACT_FIELDS.get(name);
    if (wanted != null
        && (fields.size() != wanted || fields.stream().anyMatch(FieldPattern::prefix))) {
      throw cursor.error(
          name + "() takes " + (wanted == 1 ? "one field" : "two fields") + ", by name", token);
    }
    if (name.startsWith("row_m") && (fields.isEmpty() || fields.getFirst().prefix())) {
      throw cursor.error(name + "() needs the field to compare first", token);
    }
  }

  private String openWithPhi() {
    cursor.expect("(");
    Token token = cursor.peek();
    String phi = cursor.text("a number from 0 to 1");
    double value = Numbers.parse(phi);
    if (!(value >= 0 && value <= 1)) {
      throw cursor.error("Expected a number from 0 to 1, found '" + phi + "'", token);
    }
    return phi;
  }

  private List<FieldPattern> afterPhi() {
    List<FieldPattern> fields = new ArrayList<>();
    while (cursor.accept(",") && !cursor.is(")")) {
      fields.add(cursor.pattern());
    }
    cursor.expect(")");
    return fields;
  }
}
