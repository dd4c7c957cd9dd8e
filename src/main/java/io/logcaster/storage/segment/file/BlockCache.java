package io.logcaster.storage.segment.file;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What queries read again and again, decoded: codes of dictionaries, the templates of rows. Bounded
 * by bytes. What was not used for long goes first; but where all is in use, newcomers are turned
 * away: scans over more than fits would otherwise push out each entry just before it is wanted.
 * Safe for use by many threads at once.
 */
public final class BlockCache {

  /** Keeps nothing. */
  static final BlockCache NONE = new BlockCache(0);

  /** What was used within this time is in use: the console asks again every few seconds. */
  private static final long IN_USE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** What an entry takes beside its value. */
  private static final int ENTRY_BYTES = 160;

  private static final AtomicLong NEXT_FILE = new AtomicLong();

  private final long capacity;

  /** From the entry that was not used for longest to the one used last. */
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

  /** A number that no other file has. */
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

  /** Keeps a value, where there is room or can be made. */
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

  /** Lets go of everything of a file. */
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

  /** How many bytes are kept. */
  synchronized long bytes() {
    return bytes;
  }
}
