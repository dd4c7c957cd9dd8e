package io.logcaster.alert.live;

import io.logcaster.alert.query.AlertQuery;
import io.logcaster.pipeline.BatchListener;
import io.logcaster.query.ast.ExactFilter;
import io.logcaster.query.ast.Filter;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import io.logcaster.work.LongLived;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches stored batches for the rules, on one thread: a rule whose condition may hold is evaluated
 * at once, and one whose condition cannot hold need not query the store.
 *
 * <p>Rules with the same filter, groups and window share a {@link LiveWatch}. Most filters require
 * that a field has a value; only those whose values occur in a batch are looked at. If batches
 * arrive faster than they are counted, some are skipped, and the rules are evaluated from the store
 * until the counts are complete again.
 *
 * <p>Thread-safe.
 */
public final class LiveRules implements BatchListener, AutoCloseable {

  /** Batches are shared with other listeners, so most of this is not extra memory. */
  private static final long MAX_WAITING_BYTES = 16 << 20;

  private final Function<String, RowFilter> compiler;
  private final LongSupplier latest;
  private final Clock clock;
  private final Map<Key, Shared> watches = new HashMap<>();
  private final Map<String, Key> keys = new HashMap<>();
  private volatile Plan plan = Plan.of(List.of());
  private boolean changed;

  /** Rules that are watched, but not yet in the plan. */
  private final Set<String> added = new HashSet<>();

  /** Whether batches were stored since the first of them was added. */
  private volatile boolean stored;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<RecordBatch> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean closed;
  private @Nullable Consumer<String> urgent;

  /**
   * @param compiler compiles the text of a filter
   * @param latest the latest time of all stored records in nanoseconds since the epoch
   */
  public LiveRules(Function<String, RowFilter> compiler, LongSupplier latest, Clock clock) {
    this.compiler = compiler;
    this.latest = latest;
    this.clock = clock;
  }

  private record Key(String filter, List<String> groupFields, Duration window) {}

  /** A watch and the rules that use it, with the number of records that each takes. */
  private static final class Shared {

    final LiveWatch watch;
    boolean planned;
    final Map<String, Long> limits = new HashMap<>();

    Shared(LiveWatch watch) {
      this.watch = watch;
    }
  }

  /** One watch as it is applied to batches. */
  private static final class Entry {

    final LiveWatch watch;
    final int[] indexes;
    final String[] rules;
    final long[] limits;

    Entry(Shared shared, BatchValues.Wanted wanted) {
      watch = shared.watch;
      indexes = watch.exact().stream().mapToInt(wanted::add).toArray();
      rules = shared.limits.keySet().toArray(String[]::new);
      limits = new long[rules.length];
      for (int i = 0; i < rules.length; i++) {
        limits[i] = shared.limits.getOrDefault(rules[i], 1L);
      }
    }
  }

  /** All watches, by the first value that they require. */
  private static final class Plan {

    final BatchValues.Wanted wanted = new BatchValues.Wanted();
    final Map<String, Map<Integer, List<Entry>>> byValue = new HashMap<>();
    final List<Entry> others = new ArrayList<>();

    static Plan of(Iterable<Shared> watches) {
      Plan plan = new Plan();
      for (Shared shared : watches) {
        Entry entry = new Entry(shared, plan.wanted);
        List<ExactFilter> exact = entry.watch.exact();
        if (exact.isEmpty()) {
          plan.others.add(entry);
        } else {
          // The last value is as good as any, and often says more than the level.
          int last = exact.size() - 1;
          plan.byValue
              .computeIfAbsent(exact.get(last).field(), (field) -> new HashMap<>())
              .computeIfAbsent(entry.indexes[last], (index) -> new ArrayList<>())
              .add(entry);
        }
      }
      return plan;
    }

    boolean isEmpty() {
      return byValue.isEmpty() && others.isEmpty();
    }
  }

  /**
   * Watches for a rule, instead of what was watched for it before. Begins with the next {@link
   * #refresh}.
   *
   * @param query the rule's query
   * @param limit how many records a group needs for the condition to hold
   * @return null if the query's records cannot be told as they arrive
   */
  public synchronized @Nullable LiveWatch watch(
      String rule, AlertQuery query, Duration window, long limit) {
    Filter filter = query.filter();
    if (filter == null || !LiveWatch.isLive(filter)) {
      remove(rule);
      return null;
    }
    Key key = new Key(filter.canonical(), query.liveGroupFields(), window);
    if (!key.equals(keys.get(rule))) {
      forget(rule);
    }
    Shared shared = watches.get(key);
    if (shared == null) {
      LiveWatch watch;
      try {
        watch = LiveWatch.of(filter, query.liveGroupFields(), window, compiler);
      } catch (RuntimeException ex) {
        remove(rule); // a filter with a query in it
        return null;
      }
      shared = new Shared(watch);
      watches.put(key, shared);
    }
    shared.limits.put(rule, Math.max(1, limit));
    keys.put(rule, key);
    if (added.isEmpty()) {
      stored = false;
    }
    added.add(rule);
    changed = true;
    return shared.watch;
  }

  /**
   * Applies what was added and removed since the last call. To be called every few hundred
   * milliseconds: a plan takes time for all rules, so many new rules share one.
   */
  public void refresh() {
    List<String> missed = renew();
    Consumer<String> found;
    lock.lock();
    try {
      found = urgent;
    } finally {
      lock.unlock();
    }
    if (found != null) {
      missed.forEach(found);
    }
  }

  /** Makes the plan; returns new rules that may have missed records since they were evaluated. */
  private synchronized List<String> renew() {
    if (!changed) {
      return List.of();
    }
    changed = false;
    plan = Plan.of(watches.values());
    // Only now, as each record is either counted, or stored with one of these times at most.
    // One far in the future costs the new rules their counts, but no alert.
    Instant from = clock.instant();
    Instant last = Instant.ofEpochSecond(0, latest.getAsLong());
    for (Shared shared : watches.values()) {
      if (!shared.planned) {
        shared.planned = true;
        shared.watch.countFrom(last.isAfter(from) ? last : from);
      }
    }
    List<String> missed = stored ? List.copyOf(added) : List.of();
    added.clear();
    return missed;
  }

  /** Stops watching for a rule. */
  public synchronized void remove(String rule) {
    changed |= forget(rule);
  }

  private boolean forget(String rule) {
    added.remove(rule);
    Key key = keys.remove(rule);
    Shared shared = key == null ? null : watches.get(key);
    if (shared == null) {
      return false;
    }
    shared.limits.remove(rule);
    if (shared.limits.isEmpty()) {
      watches.remove(key);
    }
    return true;
  }

  /**
   * Starts the thread that counts.
   *
   * @param found receives the ids of rules that are to be evaluated at once
   */
  public void start(Consumer<String> found) {
    lock.lock();
    try {
      urgent = found;
    } finally {
      lock.unlock();
    }
    LongLived.start("alert-live", this::run);
  }

  @Override
  public void stored(RecordBatch batch) {
    stored = true;
    if (plan.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      if (waitingBytes > 0 && waitingBytes + batch.memoryBytes() > MAX_WAITING_BYTES) {
        waiting.clear();
        waitingBytes = 0;
        loseAll();
      }
      waiting.add(batch);
      waitingBytes += batch.memoryBytes();
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  private void loseAll() {
    Instant now = clock.instant();
    Plan current = plan;
    current.others.forEach((entry) -> entry.watch.countFrom(now));
    current.byValue.values().stream()
        .flatMap((byIndex) -> byIndex.values().stream())
        .forEach((entries) -> entries.forEach((entry) -> entry.watch.countFrom(now)));
  }

  private void run() {
    while (true) {
      RecordBatch batch;
      Consumer<String> found;
      lock.lock();
      try {
        while (waiting.isEmpty()) {
          if (closed) {
            return;
          }
          work.awaitUninterruptibly();
        }
        batch = waiting.removeFirst();
        waitingBytes -= batch.memoryBytes();
        found = urgent;
      } finally {
        lock.unlock();
      }
      if (found != null) {
        take(batch, found);
      }
    }
  }

  /** Counts the records of a batch. */
  void take(RecordBatch batch, Consumer<String> found) {
    Plan current = plan;
    Instant now = clock.instant();
    BatchValues values = new BatchValues(batch, current.wanted);
    current.byValue.forEach(
        (field, byIndex) -> {
          Bitmap[] having = values.having(field);
          for (int index = 0; index < having.length; index++) {
            if (having[index] != null) {
              for (Entry entry : byIndex.getOrDefault(index, List.of())) {
                take(entry, batch, values, now, found);
              }
            }
          }
        });
    for (Entry entry : current.others) {
      take(entry, batch, values, now, found);
    }
  }

  private static void take(
      Entry entry, RecordBatch batch, BatchValues values, Instant now, Consumer<String> found) {
    int largest = entry.watch.take(batch, values, entry.indexes, now);
    if (largest > 0) {
      for (int i = 0; i < entry.rules.length; i++) {
        if (largest >= entry.limits[i]) {
          found.accept(entry.rules[i]);
        }
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signal();
    } finally {
      lock.unlock();
    }
  }
}
