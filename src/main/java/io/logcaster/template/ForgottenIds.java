package io.logcaster.template;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The ids of the templates that were dropped last, at most {@link #MOST}: a set in two halves. When
 * the newer half is full, the older one is emptied and takes its place. Not thread-safe.
 */
final class ForgottenIds {

  /** Two megabytes each half when full. */
  static final int MOST = 2 * 131_072;

  private Half older = new Half();

  private Half newer = new Half();

  /** A hash table with open addressing; 0 marks a free slot. */
  private static final class Half {

    private long[] slots = new long[1 << 4];

    private int size;

    boolean contains(long id) {
      return slots[slot(id)] == id;
    }

    void add(long id) {
      int slot = slot(id);
      if (slots[slot] != id) {
        slots[slot] = id;
        if (++size * 2 > slots.length) {
          long[] before = slots;
          slots = new long[before.length * 2];
          for (long known : before) {
            if (known != 0) {
              slots[slot(known)] = known;
            }
          }
        }
      }
    }

    private int slot(long id) {
      int slot = (int) (id >>> 32) & slots.length - 1;
      while (slots[slot] != 0 && slots[slot] != id) {
        slot = slot + 1 & slots.length - 1;
      }
      return slot;
    }
  }

  boolean contains(long id) {
    return id != 0 && (newer.contains(id) || older.contains(id));
  }

  void add(long id) {
    if (id == 0) {
      return;
    }
    if (newer.size >= MOST / 2) {
      older = newer;
      newer = new Half();
    }
    newer.add(id);
  }

  /** All ids, those dropped first before the others. */
  long[] all() {
    return LongStream.concat(Arrays.stream(older.slots), Arrays.stream(newer.slots))
        .filter((id) -> id != 0)
        .toArray();
  }
}
