package io.logcaster.sink;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a sink did since the start, in records. Thread-safe. */
final class SinkCounters {

  static final String QUEUE_FULL = "queue_full";
  static final String REFUSED = "refused";
  static final String DAMAGED = "damaged";
  static final String DEAD_LETTERS_FULL = "dead_letters_full";
  static final String DELETED = "deleted";

  private final LongAdder queued = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder buried = new LongAdder();
  private final Map<String, LongAdder> dropped = new ConcurrentHashMap<>();

  void queue(long records) {
    queued.add(records);
  }

  void send(long records) {
    sent.add(records);
  }

  void retry(long records) {
    retried.add(records);
  }

  void bury(long records) {
    buried.add(records);
  }

  void drop(String reason, long records) {
    if (records > 0) {
      dropped.computeIfAbsent(reason, (missing) -> new LongAdder()).add(records);
    }
  }

  /** Records that were put into the queue. */
  long queued() {
    return queued.sum();
  }

  /** Records that the receiver took. */
  long sent() {
    return sent.sum();
  }

  /** Records that were sent again after a failure, counted each time. */
  long retried() {
    return retried.sum();
  }

  /** Records that became dead letters. */
  long buried() {
    return buried.sum();
  }

  /** Records that are gone, by reason. */
  SortedMap<String, Long> dropped() {
    SortedMap<String, Long> counts = new TreeMap<>();
    dropped.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }
}
