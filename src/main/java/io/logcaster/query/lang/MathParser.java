package io.logcaster.query.lang;

import io.logcaster.query.ast.MathExpression;
import io.logcaster.query.ast.MathExpression.Call;
import io.logcaster.query.ast.MathExpression.Constant;
import io.logcaster.query.ast.MathExpression.Function;
import io.logcaster.query.ast.MathExpression.Negation;
import io.logcaster.query.ast.MathExpression.Operand;
import io.logcaster.query.ast.MathExpression.Operation;
import io.logcaster.query.ast.MathExpression.Operator;
import io.logcaster.query.ast.MathPipe;
import io.logcaster.query.ast.MathPipe.Assignment;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code math} pipe, by precedence climbing.
 *
 * <pre>
 * math    = expression [["as"] name] ("," expression [["as"] name])*
 * expression = operand (operator operand)*
 * operand = "-" operand | "(" expression ")" | function "(" [expression ("," expression)*] ")"
 *         | number | quoted | name
 * </pre>
 *
 * Operators, the tightest first: {@code ^}, then {@code * / %}, {@code + -}, {@code &}, {@code
 * xor}, {@code or}, {@code default}; those of one rank group from the left.
 */
final class MathParser {

  private static final int LOOSEST = 7;

  /** The symbols that end a name or a number; others, such as a colon, belong to it. */
  private static final Set<String> STOPS =
      Set.of("=", "+", "-", "*", "/", "%", "^", "&", "(", ",", ")", "|", "!");

  private final Cursor cursor;

  MathParser(Cursor cursor) {
    this.cursor = cursor;
  }

  Pipe parse() {
    List<Assignment> assignments = new ArrayList<>();
    do {
      MathExpression expression = expression(LOOSEST);
      StringBuilder text = new StringBuilder();
      expression.print(text);
      assignments.add(new Assignment(expression, cursor.result(text.toString())));
    } while (cursor.accept(","));
    return new MathPipe(assignments);
  }

  private MathExpression expression(int priority) {
    if (priority == 0) {
      return operand();
    }
    MathExpression left = expression(priority - 1);
    for (Operator operator = operator(priority); operator != null; operator = operator(priority)) {
      cursor.next();
      cursor.countName();
      left = new Operation(operator, left, expression(priority - 1));
    }
    return left;
  }

  private @Nullable Operator operator(int priority) {
    for (Operator operator : Operator.values()) {
      if (operator.priority() == priority && cursor.is(operator.text())) {
        return operator;
      }
    }
    return null;
  }

  private MathExpression operand() {
    cursor.enter();
    cursor.countName();
    MathExpression operand = operandInside();
    cursor.leave();
    return operand;
  }

  private MathExpression operandInside() {
    Token token = cursor.peek();
    if (cursor.accept("-")) {
      MathExpression operand = operand();
      return (operand instanceof Constant constant)
          ? new Constant("-" + constant.text(), -constant.value())
          : new Negation(operand);
    }
    if (cursor.accept("+")) {
      return operand();
    }
    if (cursor.accept("(")) {
      MathExpression expression = expression(LOOSEST);
      cursor.expect(")");
      return expression;
    }
    if (token.kind() == Token.Kind.WORD && cursor.peek(1).is("(")) {
      return call();
    }
    String text = cursor.together("a number, a field or a function", STOPS);
    if (token.isQuoted()) {
      double value = Numbers.measure(text);
      return Double.isNaN(value) ? field(text) : new Constant(text, value);
    }
    // The sign of an exponent, which ends a name: 1.5e-3.
    if (text.matches("[0-9][0-9_]*(\\.[0-9_]*)?[eE]")
        && cursor.is("-", "+")
        && !cursor.peek().spaced()) {
      text += cursor.next().text() + cursor.next().text();
    }
    double value = Numbers.measure(text);
    if (!Double.isNaN(value)) {
      return new Constant(text, value);
    }
    if (Character.isDigit(text.charAt(0))) {
      throw cursor.error(
          "'" + text + "' is no number; a field of that name needs quotes: \"" + text + "\"",
          token);
    }
    return field(text);
  }

  private static MathExpression field(String name) {
    return new Operand(name.isEmpty() ? Field.MESSAGE : name);
  }

  private MathExpression call() {
    Token name = cursor.next();
    Function function = null;
    for (Function candidate : Function.values()) {
      if (name.is(candidate.text())) {
        function = candidate;
      }
    }
    if (function == null) {
      throw cursor.error("There is no function " + name.shown(), name);
    }
    cursor.expect("(");
    List<MathExpression> arguments = new ArrayList<>();
    while (!cursor.accept(")")) {
      arguments.add(expression(LOOSEST));
      if (!cursor.is(")")) {
        cursor.expect(",");
      }
    }
    if (!function.takes(arguments.size())) {
      throw cursor.error(
          function.text() + "() does not take " + arguments.size() + " arguments", name);
    }
    return new Call(function, arguments);
  }
}
