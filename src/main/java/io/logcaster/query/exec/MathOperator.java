package io.logcaster.query.exec;

import io.logcaster.query.ast.MathExpression;
import io.logcaster.query.ast.MathExpression.Call;
import io.logcaster.query.ast.MathExpression.Constant;
import io.logcaster.query.ast.MathExpression.Negation;
import io.logcaster.query.ast.MathExpression.Operand;
import io.logcaster.query.ast.MathExpression.Operation;
import io.logcaster.query.ast.MathPipe;
import io.logcaster.query.exec.TransformOperator.Transform;
import io.logcaster.query.value.Numbers;
import io.logcaster.record.ArenaColumn;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Calculates with the numbers in fields, a column at a time. What is no number is NaN. */
final class MathOperator {

  private final MathPipe pipe;

  private final long now;

  private MathOperator(MathPipe pipe, long now) {
    this.pipe = pipe;
    this.now = now;
  }

  static Transform of(MathPipe pipe, long now) {
    MathOperator math = new MathOperator(pipe, now);
    return math::apply;
  }

  private Frame apply(Frame frame, Bitmap rows) {
    Frame result = frame;
    for (MathPipe.Assignment assignment : pipe.assignments()) {
      double[] numbers = evaluate(assignment.expression(), result, rows);
      result =
          TableFrame.builder(result)
              .put(assignment.result(), column(assignment.result(), rows, numbers))
              .build();
    }
    return result;
  }

  private static Column column(String name, Bitmap rows, double[] numbers) {
    ByteBuilder text = new ByteBuilder(256);
    int[] ends = new int[rows.size()];
    int filled = 0;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      Arrays.fill(ends, filled, row, text.length());
      double number = numbers[row];
      if (number == Math.rint(number) && Math.abs(number) < 1e18) {
        text.append((long) number);
      } else {
        text.append(Numbers.format(number));
      }
      ends[row] = text.length();
      filled = row + 1;
    }
    Arrays.fill(ends, filled, ends.length, text.length());
    return new ArenaColumn(name, text.array(), ends, ends.length);
  }

  private double[] evaluate(MathExpression expression, Frame frame, Bitmap rows) {
    double[] numbers = new double[frame.size()];
    switch (expression) {
      case Constant constant -> Arrays.fill(numbers, constant.value());
      case Operand operand -> frame.column(operand.field()).measure(rows, Numbers.MEASURE, numbers);
      case Negation negation -> {
        double[] operand = evaluate(negation.operand(), frame, rows);
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = -operand[i];
        }
      }
      case Operation operation -> {
        double[] left = evaluate(operation.left(), frame, rows);
        double[] right = evaluate(operation.right(), frame, rows);
        for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
          numbers[row] = operate(operation.operator(), left[row], right[row]);
        }
      }
      case Call call -> {
        double[][] arguments =
            call.arguments().stream()
                .map((argument) -> evaluate(argument, frame, rows))
                .toArray(double[][]::new);
        for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
          numbers[row] = call(call.function(), arguments, row);
        }
      }
    }
    return numbers;
  }

  private static double operate(MathExpression.Operator operator, double left, double right) {
    return switch (operator) {
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
      case DIVIDE -> left / right;
      case REMAINDER -> left % right;
      // One to whatever power is one, as IEEE 754 has it.
      case POWER -> (left == 1) ? 1 : Math.pow(left, right);
      case AND -> isNumber(left, right) ? number(bits(left) & bits(right)) : Double.NaN;
      case OR -> isNumber(left, right) ? number(bits(left) | bits(right)) : Double.NaN;
      case XOR -> isNumber(left, right) ? number(bits(left) ^ bits(right)) : Double.NaN;
      case DEFAULT -> Double.isNaN(left) ? right : left;
    };
  }

  private static boolean isNumber(double left, double right) {
    return !Double.isNaN(left) && !Double.isNaN(right);
  }

  /** The 64 bits of a whole number; those of negative ones are their two's complement. */
  private static long bits(double number) {
    return (number < 0x1p63) ? (long) number : (long) (number - 0x1p63) ^ Long.MIN_VALUE;
  }

  /** The number without a sign that 64 bits mean. */
  private static double number(long bits) {
    return (bits >= 0) ? bits : (bits >>> 1) * 2.0 + (bits & 1);
  }

  private double call(MathExpression.Function function, double[][] arguments, int row) {
    return switch (function) {
      case ABS -> Math.abs(arguments[0][row]);
      case CEIL -> Math.ceil(arguments[0][row]);
      case EXP -> Math.exp(arguments[0][row]);
      case FLOOR -> Math.floor(arguments[0][row]);
      case LN -> Math.log(arguments[0][row]);
      case MAX -> extreme(arguments, row, true);
      case MIN -> extreme(arguments, row, false);
      case NOW -> now;
      case RAND -> ThreadLocalRandom.current().nextDouble();
      case ROUND ->
          (arguments.length > 1)
              ? round(arguments[0][row], arguments[1][row])
              : round(arguments[0][row]);
    };
  }

  private static double extreme(double[][] arguments, int row, boolean max) {
    double result = Double.NaN;
    for (double[] argument : arguments) {
      double number = argument[row];
      if (Double.isNaN(result) || (max ? number > result : number < result)) {
        result = number;
      }
    }
    return result;
  }

  /** The nearest multiple; halves go away from zero, as one rounds by hand. */
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
