package io.logcaster.query.exec;

import io.logcaster.query.ast.AllFilter;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.TimeFilter;
import io.logcaster.query.ast.UniqPipe;
import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.filter.FilterCompiler;
import io.logcaster.query.exec.frame.BadStateException;
import io.logcaster.query.exec.frame.RecordView;
import io.logcaster.query.exec.frame.RowSink;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.exec.frame.ValueIds;
import io.logcaster.query.exec.pipe.Mergeable;
import io.logcaster.query.exec.pipe.NeededFields;
import io.logcaster.query.exec.pipe.Operator;
import io.logcaster.query.exec.pipe.QueryContext;
import io.logcaster.query.exec.pipe.SortOperator;
import io.logcaster.record.Column;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one query, with its subqueries, on a storage: plans, scans, finishes. */
public final class QueryExecution {

  /** The memory of a string in a set and a list in addition to its characters, in bytes. */
  private static final int VALUE_BYTES = 100;

  private final LogStorage storage;

  private final Peers peers;

  /** The values of subqueries that are known, by their text; null to run them. */
  private final @Nullable Map<String, List<String>> known;

  private final long now;

  private final long present;

  private final long minTime;

  private final long maxTime;

  private final int workers;

  private final Budget budget;

  private final ScanCounts counts = new ScanCounts();

  /**
   * Creates the execution of a query.
   *
   * @param now the moment from which relative times count, in nanoseconds since the epoch
   * @param present the time by the clock; a request may set {@code now} to another time
   * @param minTime the earliest time of records, included
   * @param maxTime the latest time, included
   * @param workers how many threads may work at once
   */
  public QueryExecution(
      LogStorage storage,
      Peers peers,
      long now,
      long present,
      long minTime,
      long maxTime,
      int workers,
      Budget budget) {
    this(storage, peers, null, now, present, minTime, maxTime, workers, budget);
  }

  /** Creates the execution of a part of a query that runs on another server. */
  public static QueryExecution ofPart(
      LogStorage storage, Peers.Question question, int workers, Budget budget) {
    return new QueryExecution(
        storage,
        Peers.NONE,
        question.subqueries(),
        question.now(),
        question.present(),
        question.minTime(),
        question.maxTime(),
        workers,
        budget);
  }

  private QueryExecution(
      LogStorage storage,
      Peers peers,
      @Nullable Map<String, List<String>> known,
      long now,
      long present,
      long minTime,
      long maxTime,
      int workers,
      Budget budget) {
    this.storage = storage;
    this.peers = peers;
    this.known = known;
    this.now = now;
    this.present = present;
    this.minTime = minTime;
    this.maxTime = maxTime;
    this.workers = workers;
    this.budget = budget;
  }

  /** What the scans have read so far. */
  public ScanCounts counts() {
    return counts;
  }

  /**
   * Runs a query to its end, or until the sink needs no more rows.
   *
   * @throws IOException if records could not be read
   * @throws QueryAbortedException if the query reached a limit
   */
  public void run(Query query, RowSink sink) throws IOException {
    run(query, sink, null, null);
  }

  /**
   * Runs a query over all records, even where its pipes need no more, and lets taps see what passes
   * between its pipes.
   *
   * @throws IOException if records could not be read
   * @throws QueryAbortedException if the query reached a limit
   */
  public void run(Query query, StageTaps taps) throws IOException {
    run(query, (frame, rows, worker) -> true, taps, null);
  }

  /**
   * Runs a part of a query whose rest another server runs.
   *
   * @param sink takes the rows
   * @param state takes the state of the last pipe instead; null for rows
   */
  public void runPart(Query query, RowSink sink, @Nullable Consumer<StateOutput> state)
      throws IOException {
    run(query, sink, null, state);
  }

  private void run(
      Query query, RowSink sink, @Nullable StageTaps taps, @Nullable Consumer<StateOutput> state)
      throws IOException {
    int parallel =
        (query.options().concurrency() > 0)
            ? Math.min(workers, query.options().concurrency())
            : workers;
    Map<String, List<String>> subqueries = new HashMap<>();
    FilterCompiler compiler =
        new FilterCompiler(
            () -> now,
            (inner) -> subqueries.computeIfAbsent(inner.canonical(), (text) -> values(inner)));
    RecordView view = new RecordView(query.options());
    Filter filter = view.stored(query.filter());
    long begin = System.nanoTime();
    StoredFilter stored = new StoredFilter(filter, compiler.matcher(filter), now);
    if (taps != null) {
      taps.filtered(System.nanoTime() - begin);
    }
    long min = query.options().ignoreGlobalTime() ? Long.MIN_VALUE : view.stored(minTime);
    long max = query.options().ignoreGlobalTime() ? Long.MAX_VALUE : view.stored(maxTime);
    for (TimeFilter time : TimeFilter.requiredBy(filter)) {
      min = Math.max(min, time.minTime(now));
      max = Math.min(max, time.maxTime(now));
    }
    QueryContext context =
        new QueryContext(
            min, max, now, present, parallel, budget, compiler, counts, query.options(), this::run);
    Plan.Operators plan = Plan.of(query.pipes(), context, sink, taps);
    Mergeable last = plan.mergeable().isEmpty() ? null : plan.mergeable().getLast();
    if (state != null) {
      Objects.requireNonNull(last, "The last pipe has no state").handOver(state);
    }
    if (min > max) {
      plan.first().finish();
      return;
    }
    Division division =
        (taps == null) ? Division.of(query, plan.mergeable()) : Division.ofFilter(query);
    Peers.Question question =
        new Peers.Question(
            division.first(),
            minTime,
            maxTime,
            now,
            present,
            subqueries,
            division.columns(),
            division.state());
    try (Merging merging =
        new Merging(
            peers.ask(question),
            plan.entries().get(division.entry()),
            division.state() ? plan.mergeable().get(division.entry()) : null,
            budget,
            counts)) {
      if (taps != null) {
        watch(taps, context, view, stored, plan.first(), merging);
      } else {
        scan(query, context, view, stored, plan, merging);
      }
    }
  }

  /** Scans for taps, which want all records and all of their fields, the newest first. */
  private void watch(
      StageTaps taps,
      QueryContext context,
      RecordView view,
      StoredFilter stored,
      Operator first,
      Merging merging)
      throws IOException {
    ScanRequest request =
        new ScanRequest(
            context.minTime(),
            context.maxTime(),
            taps.filter(
                new Pruning(view, stored, null, budget, counts),
                context.minTime(),
                context.maxTime()),
            ScanRequest.Order.NEWEST_FIRST,
            null,
            context.workers(),
            () -> {
              budget.awaitTurn();
              return taps.isEnough();
            },
            counts.trace());
    storage.scan(request, new ScanRows(view, first, null, merging, budget, counts));
  }

  private void scan(
      Query query,
      QueryContext context,
      RecordView view,
      StoredFilter stored,
      Plan.Operators plan,
      Merging merging)
      throws IOException {
    SortOperator sort = view.isPlain() ? plan.timeSort() : null;
    ScanRequest.Order order =
        (sort != null)
            ? (sort.isDescending()
                ? ScanRequest.Order.NEWEST_FIRST
                : ScanRequest.Order.OLDEST_FIRST)
            : NeededFields.endsEarly(query.pipes())
                ? ScanRequest.Order.NEWEST_FIRST
                : ScanRequest.Order.ANY;
    IndexCounts counted =
        (sort == null && view.isPlain())
            ? IndexCounts.of(query.filter(), stored.matcher(), plan.first())
            : null;
    ScanRequest request =
        new ScanRequest(
            context.minTime(),
            context.maxTime(),
            new Pruning(view, stored, sort, budget, counts),
            order,
            NeededFields.of(query.pipes()),
            isAnyRowEnough(query) ? 1 : context.workers(),
            () -> {
              budget.awaitTurn();
              return false;
            },
            counts.trace());
    storage.scan(request, new ScanRows(view, plan.first(), counted, merging, budget, counts));
  }

  /**
   * Whether the newest blocks hold what the query wants, so that more workers would only read too
   * much.
   */
  private static boolean isAnyRowEnough(Query query) {
    return query.filter() instanceof AllFilter && NeededFields.endsEarly(query.pipes());
  }

  /** Runs a subquery and returns the values of the field that it ends in. */
  private List<String> values(Query query) {
    if (known != null) {
      List<String> values = known.get(query.canonical());
      if (values == null) {
        throw new BadStateException("The values of the query are missing: " + query.canonical());
      }
      return values;
    }
    Pipe last = query.pipes().getLast();
    String field =
        switch (last) {
          case FieldsPipe fields -> fields.fields().getFirst().name();
          case UniqPipe uniq -> uniq.fields().getFirst();
          default -> throw new IllegalArgumentException("The query does not end in one field");
        };
    Set<String> values = new HashSet<>();
    ValueIds[] seen = new ValueIds[workers];
    runInner(
        query,
        (frame, rows, worker) -> {
          ValueIds ids = seen[worker];
          if (ids == null) {
            ids = new ValueIds();
            seen[worker] = ids;
          }
          long before = ids.memoryBytes();
          Column column = frame.column(field);
          column.encode(rows, ids::id, new int[frame.size()]);
          budget.reserve(ids.memoryBytes() - before);
          return true;
        });
    for (ValueIds ids : seen) {
      for (int id = 0; ids != null && id < ids.size(); id++) {
        budget.reserve(VALUE_BYTES + ids.end(id) - ids.start(id));
        values.add(new String(ids.value(id), StandardCharsets.UTF_8));
      }
    }
    return new ArrayList<>(values);
  }

  private void runInner(Query query, RowSink sink) {
    try {
      run(query, sink);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }
}
