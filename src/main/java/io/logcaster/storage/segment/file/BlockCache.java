package io.logcaster.storage.segment.file;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A cache of decoded data that queries read repeatedly: dictionary codes and the templates of rows.
 * It is bounded in bytes and evicts the least recently used entries first. If all entries are in
 * use, it rejects new ones instead: a scan over more data than fits would otherwise evict each
 * entry just before it is needed. Thread-safe.
 */
public final class BlockCache {

  /** A cache that never keeps anything. */
  static final BlockCache NONE = new BlockCache(0);

  /** An entry used within this time is in use: the console repeats queries every few seconds. */
  private static final long IN_USE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The memory that an entry takes in addition to its value. */
  private static final int ENTRY_BYTES = 160;

  private static final AtomicLong NEXT_FILE = new AtomicLong();

  private final long capacity;

  /** The entries from the least to the most recently used. */
  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);

  private long bytes;

  public BlockCache(long capacity) {
    this.capacity = capacity;
  }

  private record Key(long file, int block, String column) {}

  private static final class Entry {

    final Object value;

    final long bytes;

    long used;

    Entry(Object value, long bytes, long used) {
      this.value = value;
      this.bytes = bytes;
      this.used = used;
    }
  }

  /** Returns a number that no other file has. */
  static long newFile() {
    return NEXT_FILE.incrementAndGet();
  }

  synchronized @Nullable Object get(long file, int block, String column) {
    Entry entry = entries.get(new Key(file, block, column));
    if (entry == null) {
      return null;
    }
    entry.used = System.nanoTime();
    return entry.value;
  }

  /** Caches a value if there is room, or if evicting entries that are not in use makes room. */
  synchronized void put(long file, int block, String column, Object value, long valueBytes) {
    long size = valueBytes + ENTRY_BYTES;
    long now = System.nanoTime();
    if (size > capacity || !makeRoom(size, now)) {
      return;
    }
    Entry before = entries.put(new Key(file, block, column), new Entry(value, size, now));
    bytes += size - ((before != null) ? before.bytes : 0);
  }

  private boolean makeRoom(long size, long now) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (bytes + size > capacity) {
      Entry entry = oldest.next();
      if (now - entry.used < IN_USE_NANOS) {
        return false;
      }
      oldest.remove();
      bytes -= entry.bytes;
    }
    return true;
  }

  /** Removes all entries of a file. */
  synchronized void forget(long file) {
    Iterator<Map.Entry<Key, Entry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Key, Entry> next = all.next();
      if (next.getKey().file() == file) {
        bytes -= next.getValue().bytes;
        all.remove();
      }
    }
  }

  /** The memory that the cache takes. */
  synchronized long bytes() {
    return bytes;
  }
}
