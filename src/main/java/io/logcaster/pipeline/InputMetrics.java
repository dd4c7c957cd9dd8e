package io.logcaster.pipeline;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of one input: received = stored + filtered + rejected + dropped whenever nothing is
 * in flight. Operators should watch {@link #dropped()} (records lost for lack of space: never for
 * TCP and HTTP, which are slowed down or refused instead) and {@link #rejected()} (records that
 * their sender should fix).
 */
public final class InputMetrics {

  private final String id;

  private final LongAdder received = new LongAdder();

  private final LongAdder stored = new LongAdder();

  private final LongAdder filtered = new LongAdder();

  private final LongAdder bytes = new LongAdder();

  private final Map<String, LongAdder> transformed = new ConcurrentHashMap<>();

  private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();

  private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();

  private final Map<String, LongAdder> notes = new ConcurrentHashMap<>();

  /**
   * Creates the counters of an input.
   *
   * @param id the input's name, such as {@code tcp}
   */
  public InputMetrics(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** Counts bytes received from the network. */
  public void addBytes(long count) {
    bytes.add(count);
  }

  /** Counts records that an input received and rejected itself. They also count as received. */
  public void reject(String reason, long count) {
    received.add(count);
    count(rejected, reason, count);
  }

  /** Counts records that an input received and had no room for. They also count as received. */
  public void drop(String reason, long count) {
    received.add(count);
    count(dropped, reason, count);
  }

  /**
   * Counts something noteworthy about records that are stored nevertheless: {@code parse_error},
   * {@code truncated}, {@code invalid_utf8}.
   */
  public void note(String what, long count) {
    if (count > 0) {
      count(notes, what, count);
    }
  }

  void receive(long count) {
    received.add(count);
  }

  void store(long count) {
    stored.add(count);
  }

  void filter(long count) {
    filtered.add(count);
  }

  /** Counts records that a transform kept from being stored by themselves, by its action. */
  void transform(String reason, long count) {
    filtered.add(count);
    count(transformed, reason, count);
  }

  void rejectReceived(String reason, long count) {
    count(rejected, reason, count);
  }

  void dropReceived(String reason, long count) {
    count(dropped, reason, count);
  }

  private static void count(Map<String, LongAdder> counters, String reason, long count) {
    if (count > 0) {
      counters.computeIfAbsent(reason, (key) -> new LongAdder()).add(count);
    }
  }

  public long received() {
    return received.sum();
  }

  public long stored() {
    return stored.sum();
  }

  public long filtered() {
    return filtered.sum();
  }

  public long bytes() {
    return bytes.sum();
  }

  /** The five counters of the equation. */
  public Ledger.Totals totals() {
    // The outcomes are read before the number received, so that they never add up to more
    // than that.
    long storedNow = stored.sum();
    long filteredNow = filtered.sum();
    long rejectedNow = sum(rejected);
    long droppedNow = sum(dropped);
    return new Ledger.Totals(received.sum(), storedNow, filteredNow, rejectedNow, droppedNow);
  }

  private static long sum(Map<String, LongAdder> counters) {
    return counters.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Filtered records that were not removed by the record filter but by transforms, by reason. */
  public Map<String, Long> transformed() {
    return sums(transformed);
  }

  /** Rejected records by reason. */
  public Map<String, Long> rejected() {
    return sums(rejected);
  }

  /** Dropped records by reason. */
  public Map<String, Long> dropped() {
    return sums(dropped);
  }

  /** Records that were changed before they were stored, by the kind of change. */
  public Map<String, Long> notes() {
    return sums(notes);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counters) {
    Map<String, Long> sums = new TreeMap<>();
    counters.forEach((reason, count) -> sums.put(reason, count.sum()));
    return sums;
  }
}
