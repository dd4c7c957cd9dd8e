package io.logcaster.template;

import io.logcaster.query.TemplateNames;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a template. Guarded by the lock of {@link TemplateRegistry}. */
final class KnownTemplate {

  /** Days with their own count; earlier ones are only in the total. */
  static final int MAX_DAYS = 90;

  /** Bits of a day's count in {@link #days}. */
  private static final int COUNT_BITS = 40;

  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  /** The memory besides arrays, in bytes: this object, the table's entry, array headers. */
  private static final int OBJECT_BYTES = 256;

  private static final long[] NO_DAYS = {};

  final long id;

  final byte[] text;

  FirstRecord first;

  /** When the server found it, in nanoseconds since the epoch. */
  long learned;

  /** Whether it was new when it was found; if not, it has no birth. */
  boolean born = true;

  /** Whether the log has it. Until then, nobody is told of it. */
  boolean durable;

  /** Whether others were told of its birth under another name. */
  boolean told;

  /** Whether the log has an older first record. */
  boolean changed;

  /** Whether the table has dropped it. */
  boolean forgotten;

  /** The template that stands for it since they were found to differ in one word. */
  @Nullable KnownTemplate mergedInto;

  long lastSeen;

  long count;

  /** Days since the epoch with their counts, oldest first. */
  private long[] days = NO_DAYS;

  KnownTemplate(long id, byte[] text, FirstRecord first) {
    this.id = id;
    this.text = text;
    this.first = first;
    lastSeen = first.time();
  }

  String name() {
    return TemplateNames.format(id);
  }

  String template() {
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Adds records of one day. */
  void add(long day, long records, long latest) {
    lastSeen = Math.max(lastSeen, latest);
    if (records == 0) {
      return;
    }
    count += records;
    int at = days.length - 1;
    while (at >= 0 && days[at] >> COUNT_BITS > day) {
      at--;
    }
    if (at >= 0 && days[at] >> COUNT_BITS == day) {
      days[at] += Math.min(records, COUNT_MASK - (days[at] & COUNT_MASK));
    } else if (days.length < MAX_DAYS || at >= 0) {
      insert(at + 1, day << COUNT_BITS | Math.min(records, COUNT_MASK));
    }
  }

  /** Adds what is known of another template. */
  void addAll(KnownTemplate other) {
    long total = count + other.count;
    for (long entry : other.days) {
      add(entry >> COUNT_BITS, entry & COUNT_MASK, other.lastSeen);
    }
    count = total;
    lastSeen = Math.max(lastSeen, other.lastSeen);
    first = (other.first.time() < first.time()) ? other.first : first;
  }

  private void insert(int place, long entry) {
    int drop = (days.length == MAX_DAYS) ? 1 : 0;
    long[] more = new long[days.length + 1 - drop];
    System.arraycopy(days, drop, more, 0, place - drop);
    more[place - drop] = entry;
    System.arraycopy(days, place, more, place + 1 - drop, days.length - place);
    days = more;
  }

  /** Each day's entry: days since the epoch, shifted, and the count. For the log. */
  long[] days() {
    return days;
  }

  void days(long[] entries) {
    days = (entries.length == 0) ? NO_DAYS : entries;
  }

  /** The count of each day, such as {@code 2026-11-21}. */
  Map<String, Long> countByDay() {
    Map<String, Long> counts = new TreeMap<>();
    for (long entry : days) {
      String day = Timestamps.format((entry >> COUNT_BITS) * Timestamps.DAY).substring(0, 10);
      counts.put(day, entry & COUNT_MASK);
    }
    return counts;
  }

  long memoryBytes() {
    return OBJECT_BYTES + text.length + first.memoryBytes() + (long) Long.BYTES * days.length;
  }

  TemplateBirth birth() {
    return new TemplateBirth(
        name(),
        template(),
        instant(first.time()),
        instant(learned),
        first.level(),
        first.host(),
        first.app(),
        first.fields(),
        first.example());
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, Timestamps.SECOND), Math.floorMod(nanos, Timestamps.SECOND));
  }

  @Override
  public String toString() {
    return name() + " " + template() + " " + Arrays.toString(days);
  }
}
