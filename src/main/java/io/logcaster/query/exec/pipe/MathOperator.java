package io.logcaster.query.exec.pipe;

import io.logcaster.query.ast.MathExpression;
import io.logcaster.query.ast.MathExpression.Call;
import io.logcaster.query.ast.MathExpression.Constant;
import io.logcaster.query.ast.MathExpression.Negation;
import io.logcaster.query.ast.MathExpression.Operand;
import io.logcaster.query.ast.MathExpression.Operation;
import io.logcaster.query.ast.MathPipe;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.TableFrame;
import io.logcaster.query.exec.pipe.TransformOperator.Transform;
import io.logcaster.query.exec.text.IntegerMath;
import io.logcaster.query.value.ExactNumbers;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Calculates with the numbers in fields, a column at a time: {@code math}. A value that is not a
 * number is NaN.
 */
public final class MathOperator {

  private final MathPipe pipe;

  private final long now;

  private MathOperator(MathPipe pipe, long now) {
    this.pipe = pipe;
    this.now = now;
  }

  public static Transform of(MathPipe pipe, long now) {
    MathOperator math = new MathOperator(pipe, now);
    return math::apply;
  }

  private Frame apply(Frame frame, Bitmap rows) {
    Frame result = frame;
    for (MathPipe.Assignment assignment : pipe.assignments()) {
      MathColumn numbers = evaluate(assignment.expression(), result, rows);
      result =
          TableFrame.builder(result)
              .put(assignment.result(), column(assignment.result(), rows, numbers))
              .build();
    }
    return result;
  }

  private static Column column(String name, Bitmap rows, MathColumn numbers) {
    ByteBuilder text = new ByteBuilder(256);
    int[] ends = new int[rows.size()];
    int filled = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Arrays.fill(ends, filled, row, text.length());
      long integer = numbers.integer(row);
      if (integer != ExactNumbers.NONE) {
        text.append(integer);
      } else {
        text.append(Numbers.format(numbers.number(row)));
      }
      ends[row] = text.length();
      filled = row + 1;
    }
    Arrays.fill(ends, filled, ends.length, text.length());
    return new ArenaColumn(name, text.array(), ends, ends.length);
  }

  private MathColumn evaluate(MathExpression expression, Frame frame, Bitmap rows) {
    return switch (expression) {
      case Constant constant ->
          MathColumn.constant(frame.size(), constant.text(), constant.value());
      case Operand operand -> MathColumn.of(frame.column(operand.field()), rows);
      case Negation negation -> {
        MathColumn operand = evaluate(negation.operand(), frame, rows);
        MathColumn numbers = new MathColumn(frame.size());
        for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
          long integer = operand.integer(row);
          if (integer == ExactNumbers.NONE || integer == 0) {
            numbers.set(row, -operand.number(row));
          } else {
            numbers.set(row, -integer);
          }
        }
        yield numbers;
      }
      case Operation operation -> {
        MathColumn left = evaluate(operation.left(), frame, rows);
        MathColumn right = evaluate(operation.right(), frame, rows);
        MathColumn numbers = new MathColumn(frame.size());
        operate(operation.operator(), left, right, rows, numbers);
        yield numbers;
      }
      case Call call -> {
        MathColumn[] arguments =
            call.arguments().stream()
                .map((argument) -> evaluate(argument, frame, rows))
                .toArray(MathColumn[]::new);
        MathColumn numbers = new MathColumn(frame.size());
        for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
          call(call.function(), arguments, row, numbers);
        }
        yield numbers;
      }
    };
  }

  private static void operate(
      MathExpression.Operator operator,
      MathColumn left,
      MathColumn right,
      Bitmap rows,
      MathColumn target) {
    boolean large = false;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      double a = left.number(row);
      double b = right.number(row);
      double result = IntegerMath.operate(operator, a, b);
      target.set(row, result);
      large |=
          Math.abs(a) >= ExactNumbers.INEXACT
              || Math.abs(b) >= ExactNumbers.INEXACT
              || Math.abs(result) >= ExactNumbers.INEXACT;
    }
    // Doubles are exact for most numbers, which are small.
    for (int row = large ? rows.next(0) : -1; row >= 0; row = rows.next(row + 1)) {
      double a = left.number(row);
      if (ExactNumbers.mayBeRounded(a)
          || ExactNumbers.mayBeRounded(right.number(row))
          || ExactNumbers.mayBeRounded(target.number(row))) {
        long exact = IntegerMath.exact(operator, left.integer(row), right.integer(row), a);
        if (exact != ExactNumbers.NONE) {
          target.set(row, exact);
        }
      }
    }
  }

  private void call(
      MathExpression.Function function, MathColumn[] arguments, int row, MathColumn target) {
    switch (function) {
      case NOW -> target.set(row, now);
      case RAND -> target.set(row, ThreadLocalRandom.current().nextDouble());
      case MAX -> extreme(arguments, row, true, target);
      case MIN -> extreme(arguments, row, false, target);
      default -> {
        double number = arguments[0].number(row);
        long integer =
            ExactNumbers.mayBeRounded(number) ? arguments[0].integer(row) : ExactNumbers.NONE;
        long exact =
            (integer == ExactNumbers.NONE)
                ? ExactNumbers.NONE
                : switch (function) {
                  case ABS -> Math.abs(integer);
                  case CEIL, FLOOR -> integer;
                  case ROUND ->
                      (arguments.length == 1)
                          ? integer
                          : IntegerMath.round(integer, arguments[1].integer(row));
                  default -> ExactNumbers.NONE;
                };
        if (exact != ExactNumbers.NONE) {
          target.set(row, exact);
        } else {
          target.set(row, call(function, number, arguments, row));
        }
      }
    }
  }

  private static double call(
      MathExpression.Function function, double number, MathColumn[] arguments, int row) {
    return switch (function) {
      case ABS -> Math.abs(number);
      case CEIL -> Math.ceil(number);
      case EXP -> Math.exp(number);
      case FLOOR -> Math.floor(number);
      case LN -> Math.log(number);
      case ROUND ->
          (arguments.length > 1) ? round(number, arguments[1].number(row)) : round(number);
      default -> Double.NaN;
    };
  }

  private static void extreme(MathColumn[] arguments, int row, boolean max, MathColumn target) {
    MathColumn best = arguments[0];
    for (MathColumn argument : arguments) {
      int order = compare(argument, best, row);
      if (Double.isNaN(best.number(row)) || (max ? order > 0 : order < 0)) {
        best = argument;
      }
    }
    long integer = best.integer(row);
    if (integer != ExactNumbers.NONE && ExactNumbers.mayBeRounded(best.number(row))) {
      target.set(row, integer);
    } else {
      target.set(row, best.number(row));
    }
  }

  /** Compares two numbers; 0 if one of them is NaN. */
  private static int compare(MathColumn a, MathColumn b, int row) {
    double left = a.number(row);
    double right = b.number(row);
    if (left == right && ExactNumbers.mayBeRounded(left)) {
      long x = a.integer(row);
      long y = b.integer(row);
      return (x == ExactNumbers.NONE || y == ExactNumbers.NONE) ? 0 : Long.compare(x, y);
    }
    return (left < right) ? -1 : (left > right) ? 1 : 0;
  }

  /** The nearest multiple; halves are rounded away from zero. */
  private static double round(double number, double nearest) {
    if (!Double.isFinite(number) || !Double.isFinite(nearest) || nearest == 0) {
      return Double.NaN;
    }
    BigDecimal step = BigDecimal.valueOf(nearest);
    return BigDecimal.valueOf(number)
        .divide(step, 0, RoundingMode.HALF_UP)
        .multiply(step)
        .doubleValue();
  }

  private static double round(double number) {
    double whole = (number < 0) ? Math.ceil(number) : Math.floor(number);
    return (Math.abs(number - whole) >= 0.5) ? whole + Math.signum(number) : whole;
  }
}
