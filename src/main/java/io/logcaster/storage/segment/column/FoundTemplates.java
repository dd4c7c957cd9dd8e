package io.logcaster.storage.segment.column;

import io.logcaster.record.Tokens;
import io.logcaster.storage.segment.bytes.ByteSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The templates that {@link TemplateEncoder} found in a column, and a guess which of them the next
 * value has. Reusable, not thread-safe.
 */
final class FoundTemplates {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** Of values that are too short. */
  private static final long NO_ENDS = 0;

  private static final int GUESS_BITS = 13;

  /** The texts, back to back. */
  private final ByteSink texts = new ByteSink(1 << 14);

  private int[] ends = new int[64];

  private int[] rows = new int[64];

  private int[] variableCounts = new int[64];

  private long[] hashes = new long[64];

  /** Where the lengths of each template's constant parts begin in {@link #lengths}. */
  private int[] firstLengths = new int[64];

  private int[] lengths = new int[256];

  private int lengthCount;

  private int count;

  /** A hash table with open addressing: template number + 1; 0 marks a free slot. */
  private final short[] table = new short[TemplateEncoder.MAX_TEMPLATES * 4];

  /** The template + 1 of values that were seen, by their ends, and by ends and length; 0: none. */
  private final short[] guesses = new short[1 << GUESS_BITS];

  void clear() {
    texts.clear();
    count = 0;
    lengthCount = 0;
    Arrays.fill(table, (short) 0);
    Arrays.fill(guesses, (short) 0);
  }

  int count() {
    return count;
  }

  long hash(int template) {
    return hashes[template];
  }

  int variables(int template) {
    return variableCounts[template];
  }

  /** The number of values that have a template. */
  int rows(int template) {
    return rows[template];
  }

  void addRow(int template) {
    rows[template]++;
  }

  /** The array that holds all texts. */
  byte[] texts() {
    return texts.array();
  }

  /** Where the text of a template ends; it begins where the text of the one before ends. */
  int end(int template) {
    return ends[template];
  }

  /**
   * A hash of the first and the last eight bytes of a value, whose digits count as zeros. Nearly
   * all values that agree in them have the same template, most of all if their lengths agree, too.
   *
   * @return {@link #NO_ENDS} for a shorter value, which is not guessed
   */
  static long ends(byte[] bytes, int from, int to) {
    if (to - from < Long.BYTES) {
      return NO_ENDS;
    }
    long first = DecimalDigits.blurred((long) LONGS.get(bytes, from));
    long last = DecimalDigits.blurred((long) LONGS.get(bytes, to - Long.BYTES));
    return ((first * MULTIPLIER ^ last) * MULTIPLIER) | 1;
  }

  /** The template to try for a value of these ends and this length; -1 for none. */
  int guess(long ends, int length) {
    if (ends == NO_ENDS) {
      return -1;
    }
    int guess = guesses[exactly(ends, length)];
    return (guess != 0) ? guess - 1 : guesses[roughly(ends)] - 1;
  }

  void remember(long ends, int length, int template) {
    if (ends != NO_ENDS) {
      guesses[exactly(ends, length)] = (short) (template + 1);
      guesses[roughly(ends)] = (short) (template + 1);
    }
  }

  private static int exactly(long ends, int length) {
    return (int) (((ends + length) * MULTIPLIER) >>> (Long.SIZE - GUESS_BITS));
  }

  private static int roughly(long ends) {
    return (int) (ends >>> (Long.SIZE - GUESS_BITS));
  }

  /**
   * Whether a value has a template; if so, its variables are added. The constant parts of a
   * template have no digits, and a variable is a maximal run of word characters, so a value whose
   * parts are equal and whose variables each have a digit would be split in the same way.
   */
  boolean matches(
      int template, byte[] bytes, int from, int to, TemplateVariables variables, TokenSet tokens) {
    byte[] text = texts.array();
    int part = (template == 0) ? 0 : ends[template - 1];
    int length = firstLengths[template];
    int last = length + variableCounts[template];
    int at = from;
    while (true) {
      int same = lengths[length];
      if (same > to - at || !isEqual(text, part, bytes, at, same)) {
        return false;
      }
      at += same;
      if (length == last) {
        return at == to;
      }
      length++;
      part += same + 1;
      int end = variables.addNumber(bytes, at, to, tokens);
      if (end < 0) {
        end = variables.add(bytes, at, to);
        if (!variables.hasDigit()) {
          return false;
        }
        variables.addWords(bytes, at, end, tokens);
      }
      at = end;
    }
  }

  /** Compares eight bytes at a time; constant parts are short. */
  private static boolean isEqual(byte[] text, int part, byte[] bytes, int at, int length) {
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      if ((long) LONGS.get(text, part + i) != (long) LONGS.get(bytes, at + i)) {
        return false;
      }
    }
    if (i == length) {
      return true;
    }
    if (part + i + 8 <= text.length && at + i + 8 <= bytes.length) {
      long different = (long) LONGS.get(text, part + i) ^ (long) LONGS.get(bytes, at + i);
      return (different << ((8 - length + i) * 8)) == 0;
    }
    return Arrays.equals(text, part + i, part + length, bytes, at + i, at + length);
  }

  /** Returns the template of a value that has been split; -1 if it is new. */
  int find(
      byte[] bytes, int from, int to, TemplateVariables variables, int firstVariable, long hash) {
    int mask = table.length - 1;
    for (int at = (int) hash & mask; table[at] != 0; at = at + 1 & mask) {
      int template = table[at] - 1;
      if (hashes[template] == hash
          && isTemplate(template, bytes, from, to, variables, firstVariable)) {
        return template;
      }
    }
    return -1;
  }

  private boolean isTemplate(
      int template,
      byte[] bytes,
      int from,
      int to,
      TemplateVariables variables,
      int firstVariable) {
    int count = variables.count();
    if (variableCounts[template] != count - firstVariable) {
      return false;
    }
    byte[] text = texts.array();
    int part = (template == 0) ? 0 : ends[template - 1];
    int length = firstLengths[template];
    int fixed = from;
    for (int i = firstVariable; i <= count; i++) {
      int same = lengths[length++];
      int end = (i < count) ? variables.from(i) : to;
      if (end - fixed != same || !isEqual(text, part, bytes, fixed, same)) {
        return false;
      }
      part += same + 1;
      fixed = (i < count) ? variables.to(i) : to;
    }
    return true;
  }

  /**
   * Adds the template of a value that has been split, and its words to a set.
   *
   * @return false if the value contains the byte that marks variables
   */
  boolean add(
      byte[] bytes,
      int from,
      int to,
      TemplateVariables variables,
      int firstVariable,
      long hash,
      TokenSet tokens) {
    int parts = variables.count() - firstVariable + 1;
    makeRoom(parts);
    firstLengths[count] = lengthCount;
    int fixed = from;
    int last = variables.count();
    for (int i = firstVariable; i <= last; i++) {
      int end = (i < last) ? variables.from(i) : to;
      for (int at = fixed; at < end; at++) {
        if (bytes[at] == TemplateEncoder.VARIABLE) {
          return false;
        }
      }
      texts.put(bytes, fixed, end);
      lengths[lengthCount++] = end - fixed;
      Tokens.visit(bytes, fixed, end, tokens);
      if (i < last) {
        texts.put(TemplateEncoder.VARIABLE);
        fixed = variables.to(i);
      }
    }
    ends[count] = texts.length();
    rows[count] = 0;
    variableCounts[count] = parts - 1;
    hashes[count] = hash;
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      at = at + 1 & mask;
    }
    table[at] = (short) ++count;
    return true;
  }

  private void makeRoom(int parts) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      rows = Arrays.copyOf(rows, count * 2);
      variableCounts = Arrays.copyOf(variableCounts, count * 2);
      hashes = Arrays.copyOf(hashes, count * 2);
      firstLengths = Arrays.copyOf(firstLengths, count * 2);
    }
    if (lengthCount + parts > lengths.length) {
      lengths = Arrays.copyOf(lengths, Math.max(lengthCount + parts, lengths.length * 2));
    }
  }
}
