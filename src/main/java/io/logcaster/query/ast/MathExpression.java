package io.logcaster.query.ast;

import io.logcaster.query.value.Numbers;
import java.util.List;
import java.util.Locale;

/** What {@code math} calculates. */
public sealed interface MathExpression {

  /** Appends the canonical text. */
  void print(StringBuilder out);

  /**
   * The precedence of the expression: 0 is the highest, an operand that never needs parentheses.
   */
  default int priority() {
    return 0;
  }

  /**
   * A number.
   *
   * @param text as the query spells it
   * @param value what it means
   */
  record Constant(String text, double value) implements MathExpression {

    @Override
    public void print(StringBuilder out) {
      if (Double.isNaN(Numbers.parse(text))) {
        Text.alwaysQuote(out, text);
      } else {
        out.append(text);
      }
    }
  }

  /** The number in a field. */
  record Operand(String field) implements MathExpression {

    @Override
    public void print(StringBuilder out) {
      Text.quote(out, field);
    }
  }

  /** The negative of an expression. */
  record Negation(MathExpression operand) implements MathExpression {

    @Override
    public void print(StringBuilder out) {
      out.append('-');
      nested(out, operand, operand.priority() > 0);
    }
  }

  /** Two expressions and an operator between them. */
  record Operation(Operator operator, MathExpression left, MathExpression right)
      implements MathExpression {

    @Override
    public void print(StringBuilder out) {
      nested(out, left, left.priority() > priority());
      out.append(' ').append(operator.text).append(' ');
      nested(out, right, right.priority() >= priority());
    }

    @Override
    public int priority() {
      return operator.priority;
    }
  }

  /** A function of expressions. */
  record Call(Function function, List<MathExpression> arguments) implements MathExpression {

    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public void print(StringBuilder out) {
      out.append(function.text()).append('(');
      String separator = "";
      for (MathExpression argument : arguments) {
        out.append(separator);
        argument.print(out);
        separator = ", ";
      }
      out.append(')');
    }
  }

  private static void nested(StringBuilder out, MathExpression expression, boolean parentheses) {
    if (parentheses) {
      out.append('(');
      expression.print(out);
      out.append(')');
    } else {
      expression.print(out);
    }
  }

  /** The operators, those of the highest precedence first. */
  enum Operator {
    POWER("^", 1),
    TIMES("*", 2),
    DIVIDE("/", 2),
    REMAINDER("%", 2),
    PLUS("+", 3),
    MINUS("-", 3),
    AND("&", 4),
    XOR("xor", 5),
    OR("or", 6),
    DEFAULT("default", 7);

    private final String text;

    private final int priority;

    Operator(String text, int priority) {
      this.text = text;
      this.priority = priority;
    }

    /** The operator as a query spells it. */
    public String text() {
      return text;
    }

    public int priority() {
      return priority;
    }
  }

  /** The functions, each with the numbers of arguments that it accepts. */
  enum Function {
    ABS(1, 1),
    CEIL(1, 1),
    EXP(1, 1),
    FLOOR(1, 1),
    LN(1, 1),
    MAX(2, Integer.MAX_VALUE),
    MIN(2, Integer.MAX_VALUE),
    NOW(0, 0),
    RAND(0, 0),
    ROUND(1, 2);

    private final int fewest;

    private final int most;

    Function(int fewest, int most) {
      this.fewest = fewest;
      this.most = most;
    }

    /** The function as a query spells it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the function accepts this number of arguments. */
    public boolean takes(int arguments) {
      return arguments >= fewest && arguments <= most;
    }
  }
}
