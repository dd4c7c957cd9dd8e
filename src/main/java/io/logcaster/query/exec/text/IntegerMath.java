package io.logcaster.query.exec.text;

import io.logcaster.query.ast.MathExpression;
import io.logcaster.query.value.ExactNumbers;

/** The operators of {@code math}: on doubles, and exactly on 64-bit integers. */
public final class IntegerMath {

  private static final long NONE = ExactNumbers.NONE;

  private IntegerMath() {}

  public static double operate(MathExpression.Operator operator, double left, double right) {
    return switch (operator) {
      case PLUS -> left + right;
      case MINUS -> left - right;
      case TIMES -> left * right;
      case DIVIDE -> left / right;
      case REMAINDER -> left % right;
      // One to any power is one, as in IEEE 754.
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

  /** The 64 bits of a whole number; negative ones in two's complement. */
  private static long bits(double number) {
    return (number < 0x1p63) ? (long) number : (long) (number - 0x1p63) ^ Long.MIN_VALUE;
  }

  /** The unsigned number that 64 bits represent. */
  private static double number(long bits) {
    return (bits >= 0) ? bits : (bits >>> 1) * 2.0 + (bits & 1);
  }

  /**
   * The result on integers.
   *
   * @param left the left integer, {@link ExactNumbers#NONE} where it is not known
   * @param number the left number as a double
   * @return the result, {@link ExactNumbers#NONE} where it is not an integer of 64 bits or not
   *     known
   */
  public static long exact(MathExpression.Operator operator, long left, long right, double number) {
    if (operator == MathExpression.Operator.DEFAULT) {
      return Double.isNaN(number) ? right : left;
    }
    if (left == NONE || right == NONE) {
      return NONE;
    }
    return switch (operator) {
      case PLUS -> add(left, right);
      case MINUS -> add(left, -right);
      case TIMES -> multiply(left, right);
      case DIVIDE -> (right != 0 && left % right == 0) ? left / right : NONE;
      case REMAINDER -> (right != 0) ? left % right : NONE;
      case POWER -> power(left, right);
      case AND -> unsigned(left & right);
      case OR -> unsigned(left | right);
      case XOR -> unsigned(left ^ right);
      case DEFAULT -> NONE;
    };
  }

  private static long add(long left, long right) {
    long sum = left + right;
    return (((left ^ sum) & (right ^ sum)) < 0) ? NONE : sum;
  }

  private static long multiply(long left, long right) {
    long product = left * right;
    return (Math.multiplyHigh(left, right) == product >> 63) ? product : NONE;
  }

  private static long power(long base, long exponent) {
    if (exponent < 0 || exponent > Long.SIZE) {
      return NONE;
    }
    long result = 1;
    for (long i = 0; i < exponent && result != NONE; i++) {
      result = multiply(result, base);
    }
    return result;
  }

  /** Bits are unsigned; the largest numbers do not fit in a long. */
  private static long unsigned(long bits) {
    return (bits >= 0) ? bits : NONE;
  }

  /** The nearest multiple; halves go away from zero. */
  public static long round(long number, long nearest) {
    if (nearest == NONE || nearest == 0) {
      return NONE;
    }
    long step = Math.abs(nearest);
    long rest = number % step;
    long down = number - rest;
    // Without an addition, which may overflow.
    return (Math.abs(rest) >= step - Math.abs(rest))
        ? add(down, (number < 0) ? -step : step)
        : down;
  }
}
