package io.logcaster.transform;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** The counters of one transform since the server started. Thread-safe. */
final class TransformCounters {

  private final LongAdder in = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final Map<String, LongAdder> redacted = new ConcurrentHashMap<>();
  private final BiConsumer<String, TransformCounters> newKind;

  TransformCounters() {
    this((kind, counters) -> {});
  }

  /**
   * @param newKind learns of each kind that is redacted for the first time
   */
  TransformCounters(BiConsumer<String, TransformCounters> newKind) {
    this.newKind = newKind;
  }

  void passed(long selected, long removed, long took) {
    in.add(selected);
    dropped.add(removed);
    nanos.add(took);
  }

  void error(long records) {
    errors.add(records);
  }

  void redacted(String kind, long count) {
    LongAdder known = redacted.get(kind);
    if (known == null) {
      known = redacted.computeIfAbsent(kind, (key) -> new LongAdder());
      newKind.accept(kind, this);
    }
    known.add(count);
  }

  /** Records that the filter selected. */
  long in() {
    return in.sum();
  }

  /** Records that the action kept from being stored by themselves. */
  long dropped() {
    return dropped.sum();
  }

  /** Records that were marked with {@code _transform_error}. */
  long errors() {
    return errors.sum();
  }

  /** The time of the action. */
  long nanos() {
    return nanos.sum();
  }

  /** Redacted values of a kind. */
  long redacted(String kind) {
    LongAdder known = redacted.get(kind);
    return (known == null) ? 0 : known.sum();
  }

  /** Redacted values by kind. */
  Map<String, Long> redacted() {
    Map<String, Long> sums = new TreeMap<>();
    redacted.forEach((kind, count) -> sums.put(kind, count.sum()));
    return sums;
  }
}
