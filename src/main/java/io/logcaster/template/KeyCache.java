package io.logcaster.template;

import io.logcaster.record.Hash;
import org.jspecify.annotations.Nullable;

/**
 * The templates of the keys that were met last. A key has four places; the oldest of the four makes
 * room. One and a half megabytes. Not thread-safe.
 */
final class KeyCache {

  private static final int SLOTS = 1 << 17;

  private static final int WAYS = 4;

  private final long[] keys = new long[SLOTS];

  private final @Nullable Object[] values = new Object[SLOTS];

  private int turn;

  /** What is known of a key; null if nothing is. */
  @Nullable Object get(long key) {
    int first = first(key);
    for (int i = first; i < first + WAYS; i++) {
      if (keys[i] == key) {
        return values[i];
      }
    }
    return null;
  }

  void put(long key, Object value) {
    int first = first(key);
    int place = first + (turn++ & WAYS - 1);
    for (int i = first; i < first + WAYS; i++) {
      if (keys[i] == key || values[i] == null) {
        place = i;
        break;
      }
    }
    keys[place] = key;
    values[place] = value;
  }

  /** Drops the keys of templates that the table no longer has. Takes a while. */
  void purge() {
    for (int i = 0; i < SLOTS; i++) {
      if (values[i] instanceof KnownTemplate template && template.forgotten) {
        values[i] = null;
        keys[i] = 0;
      }
    }
  }

  private static int first(long key) {
    return (int) Hash.mix(key) & SLOTS - WAYS;
  }
}
