package io.logcaster.query.lang;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.RunningStatsPipe;
import io.logcaster.query.ast.SortKey;
import io.logcaster.query.ast.StatsCall;
import io.logcaster.query.ast.StatsFunction;
import io.logcaster.query.ast.StatsFunction.Arguments;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.ast.StatsPipe.Calculation;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the {@code stats} pipe, and {@code running_stats} and {@code total_stats}, which share its
 * grammar.
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
    return new StatsPipe(by, calculations(by, false));
  }

  /** Reads {@code running_stats} or {@code total_stats} after its name. */
  Pipe running(boolean total) {
    return new RunningStatsPipe(total, by(), calculations(List.of(), true));
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

  private List<Calculation> calculations(List<Bucket> by, boolean running) {
    Set<String> names = new HashSet<>();
    by.forEach((bucket) -> names.add(bucket.field()));
    List<Calculation> calculations = new ArrayList<>();
    do {
      Token token = cursor.peek();
      for (Calculation calculation : calculation(running)) {
        if (!names.add(calculation.result())) {
          throw cursor.error("There are two results named '" + calculation.result() + "'", token);
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

  private List<Calculation> calculation(boolean running) {
    cursor.countName();
    StatsCall call = call(running);
    if (!running && cursor.is("switch") && cursor.peek(1).is("(")) {
      return switched(call);
    }
    Filter condition = (!running && cursor.accept("if")) ? parser.filters().parseCondition() : null;
    String result = Calculation.label(call, condition);
    if (cursor.accept("as") || (cursor.atText() && !(running && cursor.is("if", "switch")))) {
      result = cursor.field();
    }
    return List.of(new Calculation(call, condition, result));
  }

  /** Reads the cases of a {@code switch}; the default takes the rows that no case matches. */
  private List<Calculation> switched(StatsCall call) {
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
        cases.add(new Calculation(call, filter, name()));
      }
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    if (otherwise != null) {
      Filter rest = matched.isEmpty() ? null : Filters.not(Filters.or(matched));
      cases.add(place, new Calculation(call, rest, otherwise));
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

  private StatsCall call(boolean running) {
    Token token = cursor.next();
    StatsFunction function = function(token, running);
    Arguments arguments = function.arguments();
    String phi = "";
    List<FieldPattern> fields;
    if (arguments == Arguments.PHI_AND_FIELDS) {
      phi = openWithPhi();
      fields = afterPhi();
    } else {
      fields = cursor.wrappedPatterns();
    }
    check(function, fields, token);
    List<SortKey> sort = List.of();
    if (function.isSorted() && (cursor.accept("sort") || cursor.accept("order"))) {
      sort = orders.keys();
    }
    if (fields.isEmpty() || FieldPattern.isAll(fields)) {
      fields =
          (arguments == Arguments.KEY_AND_FIELDS)
              ? fields.subList(0, 1)
              : List.of(FieldPattern.ALL);
    }
    long limit =
        (function.isLimited() && cursor.accept("limit")) ? cursor.count("a number of values") : 0;
    return new StatsCall(function, phi, fields, sort, limit);
  }

  private StatsFunction function(Token token, boolean running) {
    StatsFunction function =
        (token.kind() == Token.Kind.WORD)
            ? StatsFunction.of(token.text().toLowerCase(Locale.ROOT))
            : null;
    if (function == null || !(running ? function.isRunning() : function.isOfGroups())) {
      throw cursor.error(
          "Expected a stats function such as count(), found " + token.shown(), token);
    }
    return function;
  }

  private void check(StatsFunction function, List<FieldPattern> fields, Token token) {
    String name = function.text() + "()";
    switch (function.arguments()) {
      case NONE -> {
        if (!fields.isEmpty()) {
          String hint = (function == StatsFunction.RATE) ? "; rate_sum() adds up a field" : "";
          throw cursor.error(name + " takes no fields" + hint, token);
        }
      }
      case NAMED_FIELDS -> {
        if (fields.isEmpty() || !areNames(fields)) {
          throw cursor.error(name + " needs the names of its fields", token);
        }
      }
      case ONE_FIELD -> {
        if (fields.size() != 1 || !areNames(fields)) {
          throw cursor.error(name + " takes one field, by name", token);
        }
      }
      case TWO_FIELDS -> {
        if (fields.size() != 2 || !areNames(fields)) {
          throw cursor.error(name + " takes two fields, by name", token);
        }
      }
      case KEY_AND_FIELDS -> {
        if (fields.isEmpty() || fields.getFirst().prefix()) {
          throw cursor.error(name + " needs the field to compare first", token);
        }
      }
      case FIELDS, PHI_AND_FIELDS -> {}
    }
  }

  private static boolean areNames(List<FieldPattern> fields) {
    return fields.stream().noneMatch(FieldPattern::prefix);
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
