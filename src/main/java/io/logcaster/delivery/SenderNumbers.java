package io.logcaster.delivery;

import io.logcaster.delivery.Spans.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one sender: the last one and the gaps below it, so that any number of arrivals
 * takes the same memory. Numbers may arrive in any order and again; each gap closes when its
 * numbers arrive. Not thread-safe.
 */
final class SenderNumbers {

  /**
   * Beyond so many gaps, the two oldest are joined: their count stays exact, their numbers do not.
   * Bounds a sender to some kilobytes; a sender with more gaps has one problem, not many.
   */
  static final int MAX_GAPS = 64;

  private final SenderId id;
  private final Instant firstSeen;
  private Instant lastSeen;
  private long first = -1;
  private long last = -1;
  private long received;
  private long records;
  private long repeated;
  private int restarts;

  /** What is missing since the sender began its numbers, by the first missing number. */
  private final TreeMap<Long, Gap> gaps = new TreeMap<>();

  /** What was missing when the sender began anew; it will not arrive any more. */
  private final List<Gap> closed = new ArrayList<>();

  /** A server that was killed may have stored more than this number; -1 if it was not killed. */
  private long killedAt = -1;

  /** A number that was durable before its delivery was counted here; -1 for none. */
  private long uncounted = -1;

  SenderNumbers(SenderId id, Instant now) {
    this.id = id;
    this.firstSeen = now;
    this.lastSeen = now;
  }

  /**
   * All that is kept of a sender.
   *
   * @param first the first number; -1 for none
   * @param last the last number; -1 for none
   * @param received how many different numbers arrived
   * @param records how many records they held
   * @param repeated how many numbers came again
   * @param restarts how often the sender began anew
   * @param gaps what is missing since then
   * @param closed what was missing before
   */
  record State(
      SenderId id,
      Instant firstSeen,
      Instant lastSeen,
      long first,
      long last,
      long received,
      long records,
      long repeated,
      int restarts,
      List<Gap> gaps,
      List<Gap> closed) {}

  /**
   * Restores a sender.
   *
   * @param killed whether the server may have stored more than the state says
   */
  static SenderNumbers of(State state, boolean killed) {
    SenderNumbers numbers = new SenderNumbers(state.id(), state.firstSeen());
    numbers.lastSeen = state.lastSeen();
    numbers.first = state.first();
    numbers.last = state.last();
    numbers.received = state.received();
    numbers.records = state.records();
    numbers.repeated = state.repeated();
    numbers.restarts = state.restarts();
    state.gaps().forEach((gap) -> numbers.gaps.put(gap.from(), gap));
    numbers.closed.addAll(state.closed());
    numbers.killedAt = killed ? state.last() : -1;
    return numbers;
  }

  State state() {
    return new State(
        id,
        firstSeen,
        lastSeen,
        first,
        last,
        received,
        records,
        repeated,
        restarts,
        List.copyOf(gaps.values()),
        List.copyOf(closed));
  }

  SenderId id() {
    return id;
  }

  long last() {
    return last;
  }

  /** Continues after a number that is durable, with the gaps that were announced before it. */
  void continueAfter(long number) {
    if (last < 0) {
      first = number;
      last = number;
      uncounted = number;
    } else if (number > last) {
      long missing =
          gaps.tailMap(last + 1).headMap(number + 1).values().stream().mapToLong(Gap::count).sum();
      received += number - last - missing;
      last = number;
    }
  }

  /** Begins the numbers anew. */
  void restart(Instant now) {
    gaps.values().forEach(this::close);
    gaps.clear();
    first = -1;
    last = -1;
    killedAt = -1;
    uncounted = -1;
    restarts++;
    lastSeen = now;
  }

  private void close(Gap gap) {
    closed.add(gap);
    if (closed.size() > MAX_GAPS) {
      closed.set(1, closed.get(0).join(closed.get(1)));
      closed.removeFirst();
    }
  }

  /** Adds what is missing in windows whose numbers mean nothing outside of them. */
  void window(long count, List<Span> missing, Instant now) {
    for (Span span : missing) {
      close(new Gap(span.from(), span.to(), span.count(), lastSeen, now, now, true));
    }
    received += count;
    records += count;
    lastSeen = now;
  }

  /** Adds the gaps that a delivery will leave. */
  void skip(long before, List<Span> spans, Instant now) {
    long expected = before + 1;
    for (Span span : spans) {
      if (expected > 0 && span.from() > expected) {
        addGap(expected, span.from() - 1, now);
      }
      expected = span.to() + 1;
    }
    limitGaps();
  }

  /** Adds a delivery. */
  void arrive(List<Span> spans, long recordCount, Instant now) {
    for (Span span : spans) {
      arrive(span.from(), span.to(), now);
    }
    records += recordCount;
    lastSeen = now;
    limitGaps();
  }

  private void arrive(long from, long to, Instant now) {
    if (last < 0) {
      first = from;
      last = to;
      received += to - from + 1;
      return;
    }
    if (from <= last) {
      arriveBelow(from, Math.min(to, last), now);
    }
    if (to > last) {
      if (from > last + 1) {
        addGap(last + 1, from - 1, now);
      }
      received += to - Math.max(from, last + 1) + 1;
      // A gap that was announced and whose numbers come after all, before those that follow it.
      fill(Math.max(from, last + 1), to);
      last = to;
      killedAt = -1;
    }
  }

  private void arriveBelow(long from, long to, Instant now) {
    long counted = 0;
    if (from < first) {
      long below = Math.min(to, first - 1);
      if (below < first - 1) {
        addGap(below + 1, first - 1, now);
      }
      counted = below - from + 1;
      first = from;
    }
    if (from <= uncounted && uncounted <= to) {
      counted++;
      uncounted = -1;
    }
    long filled = fill(from, to);
    received += counted + filled;
    repeated += Math.max(0, to - from + 1 - counted - filled);
  }

  /** Adds the part of a range that is in no gap yet. */
  private void addGap(long from, long to, Instant now) {
    boolean verified = killedAt < 0 || from != killedAt + 1;
    long at = from;
    Map.Entry<Long, Gap> before = gaps.floorEntry(at);
    if (before != null) {
      at = Math.max(at, before.getValue().to() + 1);
    }
    while (at <= to) {
      Map.Entry<Long, Gap> next = gaps.ceilingEntry(at);
      long end = (next == null) ? to : Math.min(to, next.getKey() - 1);
      if (end >= at) {
        gaps.put(at, new Gap(at, end, end - at + 1, lastSeen, now, now, verified));
      }
      at = (next == null) ? to + 1 : next.getValue().to() + 1;
    }
  }

  private void limitGaps() {
    while (gaps.size() > MAX_GAPS) {
      Gap oldest = gaps.pollFirstEntry().getValue();
      Gap joined = oldest.join(gaps.pollFirstEntry().getValue());
      gaps.put(joined.from(), joined);
    }
  }

  /** Removes numbers from the gaps; returns how many were missing. */
  private long fill(long from, long to) {
    long filled = 0;
    Map.Entry<Long, Gap> entry = gaps.floorEntry(to);
    while (entry != null && entry.getValue().to() >= from) {
      Gap gap = entry.getValue();
      if (gap.isExact()) {
        long lo = Math.max(from, gap.from());
        long hi = Math.min(to, gap.to());
        gaps.remove(gap.from());
        if (gap.from() < lo) {
          gaps.put(gap.from(), gap.part(gap.from(), lo - 1));
        }
        if (gap.to() > hi) {
          gaps.put(hi + 1, gap.part(hi + 1, gap.to()));
        }
        filled += hi - lo + 1;
      }
      entry = gaps.lowerEntry(gap.from());
    }
    return filled;
  }

  /** The first gap that the store must confirm; null for none. */
  @Nullable Gap unverified() {
    return gaps.values().stream().filter((gap) -> !gap.verified()).findFirst().orElse(null);
  }

  /** Removes from a gap what the store has, and takes the rest as certain. */
  void verified(Gap gap, List<Span> stored) {
    for (Span span : stored) {
      received += fill(Math.max(gap.from(), span.from()), Math.min(gap.to(), span.to()));
    }
    gaps.subMap(gap.from(), true, gap.to(), true).replaceAll((from, rest) -> rest.asVerified());
    limitGaps();
  }

  /** The gaps that are certain: found at least some time ago, oldest first. */
  List<Gap> certain(Instant now, Duration grace) {
    List<Gap> certain = new ArrayList<>(closed);
    gaps.values().stream().filter((gap) -> isCertain(gap, now, grace)).forEach(certain::add);
    return certain;
  }

  static boolean isCertain(Gap gap, Instant now, Duration grace) {
    return gap.verified() && !gap.found().plus(grace).isAfter(now);
  }

  /** The gap that holds a number; null for none. */
  @Nullable Gap gapOf(long number) {
    Map.Entry<Long, Gap> entry = gaps.floorEntry(number);
    return (entry != null && entry.getValue().to() >= number) ? entry.getValue() : null;
  }
}
