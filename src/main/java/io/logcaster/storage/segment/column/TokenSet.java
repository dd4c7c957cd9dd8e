package io.logcaster.storage.segment.column;

import io.logcaster.record.Tokens;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The distinct words of one column of a block, as 64-bit hashes in an open-addressing table. The
 * table is reused between columns; a column uses and clears only the part that it needs. Not
 * thread-safe.
 */
public final class TokenSet implements Tokens.Visitor {

  private static final int FIRST_CAPACITY = 1 << 10;

  /** Larger tables are only made once they are needed. */
  private static final int MOST_EXPECTED = 1 << 13;

  /** 0 marks a free slot. */
  private long[] table = new long[FIRST_CAPACITY];

  private int mask = FIRST_CAPACITY - 1;

  private int size;

  private boolean hasZero;

  /**
   * Removes all words.
   *
   * @param values how many values come next; each has at least a word, and the table then grows
   *     less often
   */
  public void clear(int values) {
    Arrays.fill(table, 0, mask + 1, 0L);
    int capacity = Math.clamp(2L * Integer.highestOneBit(values), FIRST_CAPACITY, MOST_EXPECTED);
    if (table.length < capacity) {
      table = new long[capacity];
    }
    mask = capacity - 1;
    size = 0;
    hasZero = false;
  }

  public int size() {
    return size + (hasZero ? 1 : 0);
  }

  @Override
  public void token(byte[] bytes, int from, int to) {
    add(Tokens.hash(bytes, from, to));
  }

  void add(long hash) {
    int at = (int) hash & mask;
    while (true) {
      long there = table[at];
      if (there == hash) {
        hasZero |= hash == 0;
        return;
      }
      if (there == 0) {
        break;
      }
      at = at + 1 & mask;
    }
    table[at] = hash;
    if (++size * 2 > mask) {
      grow();
    }
  }

  /** Grows by four: a column that outgrows a table usually outgrows its double, too. */
  private void grow() {
    long[] old = Arrays.copyOf(table, mask + 1);
    int capacity = (mask + 1) * 4;
    if (table.length < capacity) {
      table = new long[capacity];
    } else {
      Arrays.fill(table, 0, capacity, 0L);
    }
    mask = capacity - 1;
    for (long hash : old) {
      if (hash != 0) {
        int at = (int) hash & mask;
        while (table[at] != 0) {
          at = at + 1 & mask;
        }
        table[at] = hash;
      }
    }
  }

  /** Adds every hash to a filter. */
  public void addTo(BloomFilter.Builder filter) {
    forEach(filter::add);
  }

  /** Passes every hash to a consumer, in no particular order. */
  public void forEach(LongConsumer consumer) {
    if (hasZero) {
      consumer.accept(0);
    }
    for (int i = 0; i <= mask; i++) {
      if (table[i] != 0) {
        consumer.accept(table[i]);
      }
    }
  }
}
