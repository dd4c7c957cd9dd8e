package io.logcaster.query.exec.pipe;

import io.logcaster.query.exec.budget.Budget;
import io.logcaster.query.exec.frame.Frame;
import io.logcaster.query.exec.frame.GroupKeys;
import io.logcaster.query.exec.frame.KeyColumn;
import io.logcaster.query.exec.frame.RowList;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.record.Bitmap;
import io.logcaster.record.ByteBuilder;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows and keeps a state for each group. Each worker keeps a part of its own; when all rows
 * are in, the parts are merged into one, and its groups become rows.
 */
abstract class GroupingOperator extends Operator implements Mergeable {

  private final List<String> fields;

  private final List<Supplier<KeyColumn>> keys;

  private final Budget budget;

  private final @Nullable Part[] parts;

  private @Nullable Consumer<StateOutput> target;

  /**
   * Creates an operator.
   *
   * @param fields the fields to group by; none for one group of all rows
   * @param keys numbers the values of these fields
   */
  GroupingOperator(
      List<String> fields, List<Supplier<KeyColumn>> keys, QueryContext context, Operator next) {
    super(next);
    this.fields = fields;
    this.keys = keys;
    budget = context.budget();
    parts = new Part[context.workers()];
  }

  /** Creates what one worker keeps. */
  abstract Part newPart();

  /** Whether more rows may change the result of a worker's part. */
  boolean wantsMore(Part part) {
    return true;
  }

  /** Pushes the rows that the groups become. */
  abstract void emit(Part all);

  private Part part(int worker) {
    Part part = parts[worker];
    if (part == null) {
      part = newPart();
      parts[worker] = part;
    }
    return part;
  }

  @Override
  public final boolean push(Frame frame, Bitmap rows, int worker) {
    Part part = part(worker);
    part.take(frame, rows, null);
    return wantsMore(part);
  }

  @Override
  public final boolean pushCounts(Frame cells, Bitmap rows, long[] counts, int worker) {
    Part part = part(worker);
    part.take(cells, rows, counts);
    return wantsMore(part);
  }

  @Override
  public final void finish() throws IOException {
    Part all = part(0);
    for (int worker = 1; worker < parts.length; worker++) {
      Part other = parts[worker];
      if (other != null) {
        all.merge(other);
        parts[worker] = null;
      }
    }
    Consumer<StateOutput> elsewhere = target;
    if (elsewhere != null) {
      StateOutput out = new StateOutput();
      all.groups.save(out);
      all.save(out);
      elsewhere.accept(out);
    } else {
      emit(all);
    }
    next().finish();
  }

  @Override
  public final void handOver(Consumer<StateOutput> elsewhere) {
    target = elsewhere;
  }

  @Override
  public final void merge(StateInput state) {
    Part other = newPart();
    other.groups.load(state);
    other.load(state);
    other.account();
    part(0).merge(other);
  }

  /** Sets the results of a group in the current row. */
  @FunctionalInterface
  interface Results {

    /**
     * Sets the results.
     *
     * @param group the group's number
     * @param place the place of its row, from 0
     */
    void set(int group, int place);
  }

  /**
   * Pushes rows of groups: the fields to group by, then the results.
   *
   * @param rows an empty list, in which the results are set
   * @param count how many groups
   * @param order the number of the group at a place
   */
  final void emit(Part all, RowList rows, long count, IntUnaryOperator order, Results results) {
    int[] columns = fields.stream().mapToInt(rows::column).toArray();
    ByteBuilder value = new ByteBuilder(64);
    for (int place = 0; place < count; place++) {
      int group = order.applyAsInt(place);
      for (int i = 0; i < columns.length; i++) {
        value.truncate(0);
        all.groups.print(group, i, value);
        rows.set(columns[i], value);
      }
      results.set(group, place);
      rows.end();
      if (rows.isFull()) {
        budget.check();
        if (!rows.flush(next(), 0)) {
          return;
        }
      }
    }
    rows.flush(next(), 0);
  }

  /** What one worker keeps: its groups, and a state for each of them in a subclass. */
  abstract class Part {

    private final GroupKeys groups = new GroupKeys(keys);

    private int[] codes = new int[0];

    private long reserved;

    /** The groups so far. */
    final GroupKeys groups() {
      return groups;
    }

    /**
     * Adds rows to the state of their groups.
     *
     * @param groupOf the group of each selected row; null where all rows make one group
     * @param counts how many rows each row stands for; null where each is one
     */
    abstract void add(Frame frame, Bitmap rows, int @Nullable [] groupOf, long @Nullable [] counts);

    /**
     * Adds the state of another part.
     *
     * @param mapping the number here of each group there
     */
    abstract void addState(Part other, int[] mapping);

    /** Writes the state of all groups. */
    abstract void save(StateOutput out);

    /** Reads what {@link #save} wrote; the groups are known. */
    abstract void load(StateInput in);

    /** The memory that the state takes, in bytes. */
    abstract long stateBytes();

    private void take(Frame frame, Bitmap rows, long @Nullable [] counts) {
      if (keys.isEmpty()) {
        add(frame, rows, null, counts);
      } else {
        if (codes.length < frame.size()) {
          codes = new int[frame.size()];
        }
        groups.encode(frame, rows, codes);
        add(frame, rows, codes, counts);
      }
      account();
    }

    private void merge(Part other) {
      addState(other, groups.merge(other.groups));
      budget.release(other.reserved);
      account();
    }

    private void account() {
      long bytes = groups.memoryBytes() + stateBytes();
      budget.reserve(bytes - reserved);
      reserved = bytes;
    }
  }
}
