package io.logcaster.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts records by template and UTC day until they are committed. Not thread-safe. */
final class Tally {

  /** The count of one template on one day. */
  static final class Entry {

    final long day;
    final @Nullable Entry next;
    long count;
    long latest;

    Entry(long day, @Nullable Entry next) {
      this.day = day;
      this.next = next;
      latest = Long.MIN_VALUE;
    }
  }

  private final Map<KnownTemplate, Entry> entries = new HashMap<>();

  /** Adds records of a template. */
  void add(KnownTemplate template, long day, long count, long latest) {
    Entry first = entries.get(template);
    Entry entry = first;
    while (entry != null && entry.day != day) {
      entry = entry.next;
    }
    if (entry == null) {
      entry = new Entry(day, first);
      entries.put(template, entry);
    }
    entry.count += count;
    entry.latest = Math.max(entry.latest, latest);
  }

  /** The counts; an entry's others follow by {@link Entry#next}. */
  Map<KnownTemplate, Entry> entries() {
    return entries;
  }
}
