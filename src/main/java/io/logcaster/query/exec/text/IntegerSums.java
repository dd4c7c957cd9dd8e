package io.logcaster.query.exec.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exact sums of integers for each group; none for a group that has other numbers. */
public final class IntegerSums {

  private long[] sums = new long[1];

  /** Sums beyond 64 bits; rarely used. */
  private final Map<Integer, BigInteger> overflows = new HashMap<>();

  /** Groups with a fraction or an infinity among their numbers. */
  private final BitSet others = new BitSet();

  public void ensure(int groups) {
    sums = Arrays.copyOf(sums, groups);
  }

  /** Adds an integer that the double represents exactly. */
  public void add(int group, double number, long times) {
    long integer = (long) number;
    if (integer != number || Double.isInfinite(number)) {
      others.set(group);
    } else {
      add(group, integer, times);
    }
  }

  public void add(int group, long integer, long times) {
    long product = integer * times;
    long sum = sums[group] + product;
    boolean overflow =
        ((sums[group] ^ sum) & (product ^ sum)) < 0
            || (times != 1 && Math.multiplyHigh(integer, times) != product >> 63);
    if (overflow) {
      add(group, BigInteger.valueOf(integer).multiply(BigInteger.valueOf(times)));
    } else {
      sums[group] = sum;
    }
  }

  private void add(int group, BigInteger integer) {
    overflows.merge(group, integer, BigInteger::add);
  }

  public void add(int group, BigDecimal number, long times) {
    try {
      add(group, number.toBigIntegerExact().multiply(BigInteger.valueOf(times)));
    } catch (ArithmeticException ex) {
      others.set(group);
    }
  }

  /** Adds the sum of a group of other sums. */
  public void add(int group, IntegerSums from, int fromGroup) {
    add(group, from.sums[fromGroup], 1);
    BigInteger overflow = from.overflows.get(fromGroup);
    if (overflow != null) {
      add(group, overflow);
    }
    if (from.others.get(fromGroup)) {
      others.set(group);
    }
  }

  /** The sum of a group; null if not all of its numbers are integers. */
  public @Nullable BigInteger sum(int group) {
    if (others.get(group)) {
      return null;
    }
    return integers(group);
  }

  /** The sum of the integers of a group, whatever else is in it. */
  public BigInteger integers(int group) {
    BigInteger sum = BigInteger.valueOf(sums[group]);
    BigInteger overflow = overflows.get(group);
    return (overflow == null) ? sum : sum.add(overflow);
  }

  /** Whether a group has numbers that are not integers. */
  public boolean hasOthers(int group) {
    return others.get(group);
  }

  /** Sets what {@link #integers} and {@link #hasOthers} gave elsewhere. */
  public void load(int group, BigInteger integers, boolean hasOthers) {
    if (integers.bitLength() < Long.SIZE) {
      sums[group] = integers.longValue();
    } else {
      overflows.put(group, integers);
    }
    others.set(group, hasOthers);
  }

  public long memoryBytes() {
    return 8L * sums.length + 120L * overflows.size() + others.size() / 8;
  }
}
