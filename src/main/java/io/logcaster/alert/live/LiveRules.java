package io.logcaster.alert.live;

import io.logcaster.alert.query.AlertQuery;
import io.logcaster.pipeline.BatchListener;
import io.logcaster.query.ast.Filter;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import io.logcaster.work.LongLived;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches stored batches for the rules, on one thread: a rule whose condition may hold is evaluated
 * at once, and one whose condition cannot hold need not query the store.
 *
 * <p>Rules with the same filter, groups and window share a {@link LiveWatch}. If batches arrive
 * faster than they are counted, some are dropped, and the watches ask the store again for what they
 * have missed.
 *
 * <p>Thread-safe.
 */
public final class LiveRules implements BatchListener, AutoCloseable {

  private final Function<String, RowFilter> compiler;
  private final LongSupplier latest;
  private final Clock clock;
  private final boolean seesAll;
  private final LiveQueue queue = new LiveQueue();
  private final Map<Key, Shared> watches = new HashMap<>();
  private final Map<String, Key> keys = new HashMap<>();
  private volatile LivePlan plan = LivePlan.EMPTY;
  private boolean changed;

  /** Rules that are watched, but not yet in the plan. */
  private final Set<String> added = new HashSet<>();

  /** Whether batches were stored since the first of them was added. */
  private volatile boolean stored;

  private volatile @Nullable Consumer<String> urgent;

  /**
   * @param compiler compiles the text of a filter
   * @param latest the latest time of all stored records in nanoseconds since the epoch
   */
  public LiveRules(Function<String, RowFilter> compiler, LongSupplier latest, Clock clock) {
    this(compiler, latest, clock, true);
  }

  /**
   * As {@link #LiveRules(Function, LongSupplier, Clock)}.
   *
   * @param seesAll whether all records that queries find were stored here; false where other nodes
   *     store some, and then nothing is watched
   */
  public LiveRules(
      Function<String, RowFilter> compiler, LongSupplier latest, Clock clock, boolean seesAll) {
    this.seesAll = seesAll;
    this.compiler = compiler;
    this.latest = latest;
    this.clock = clock;
  }

  private record Key(String filter, List<String> groupFields, Duration window) {}

  /** A watch and the rules that use it, with the number of records that matters to each. */
  private static final class Shared {

    final LiveWatch watch;
    boolean planned;
    final Map<String, Long> limits = new HashMap<>();

    Shared(LiveWatch watch) {
      this.watch = watch;
    }
  }

  /**
   * Watches for a rule, instead of what was watched for it before. Begins with the next {@link
   * #refresh}.
   *
   * @param query the rule's query
   * @param limit with how many records of a group the rule is to be evaluated at once; {@link
   *     Long#MAX_VALUE} for never
   * @return null if the query's records cannot be told as they arrive
   */
  public synchronized @Nullable LiveWatch watch(
      String rule, AlertQuery query, Duration window, long limit) {
    Filter filter = query.filter();
    if (!seesAll || filter == null || !Requirements.isLive(filter)) {
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
        watch = LiveWatch.of(query, Requirements.of(filter), window, compiler, latest);
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
    Consumer<String> found = urgent;
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
    LivePlan.Builder builder = new LivePlan.Builder();
    watches.values().forEach((shared) -> builder.add(shared.watch, shared.limits));
    plan = builder.build();
    // Only now, as each record is either counted, or was stored before.
    Instant from = clock.instant();
    for (Shared shared : watches.values()) {
      if (!shared.planned) {
        shared.planned = true;
        shared.watch.countFrom(from);
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
    urgent = found;
    LongLived.start("alert-live", this::run);
  }

  @Override
  public void stored(RecordBatch batch) {
    stored = true;
    LivePlan current = plan;
    if (!current.isEmpty() && !queue.add(batch)) {
      Instant now = clock.instant();
      current.watches().forEach((watch) -> watch.countFrom(now));
    }
  }

  private void run() {
    for (RecordBatch batch = queue.next(); batch != null; batch = queue.next()) {
      Consumer<String> found = urgent;
      if (found != null) {
        take(batch, found);
      }
    }
  }

  /** Counts the records of a batch. */
  void take(RecordBatch batch, Consumer<String> found) {
    plan.take(batch, clock.instant(), found);
  }

  @Override
  public void close() {
    queue.close();
  }
}
