package io.logcaster.query.exec;

import io.logcaster.query.ast.FirstPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.exec.pipe.Mergeable;
import io.logcaster.query.exec.pipe.NeededFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Divides a query between the servers that have records and the one that merges their answers. The
 * pipes that look at single rows run where the records are. So does the pipe after them, if its
 * states can be merged, or if it only leaves out rows: then it runs again on what the servers left.
 *
 * @param first what each server runs
 * @param entry the number of the pipe that takes the rows of the servers
 * @param state whether the servers answer with the state of that pipe
 * @param columns the fields that the pipes from there on read; null for all
 */
record Division(Query first, int entry, boolean state, @Nullable Set<String> columns) {

  /**
   * Divides a query.
   *
   * @param mergeable for each pipe, its operator if its states can be merged
   */
  static Division of(Query query, List<? extends @Nullable Mergeable> mergeable) {
    List<Pipe> pipes = query.pipes();
    List<Pipe> there = new ArrayList<>();
    int entry = 0;
    while (entry < pipes.size() && pipes.get(entry).traits().isRowWise()) {
      there.add(pipes.get(entry++));
    }
    boolean state = entry < pipes.size() && mergeable.get(entry) != null;
    Pipe last = (entry < pipes.size()) ? (state ? pipes.get(entry) : cut(pipes.get(entry))) : null;
    if (last != null) {
      there.add(last);
    }
    return new Division(
        new Query(query.options(), query.filter(), there),
        entry,
        state,
        NeededFields.of(pipes.subList(entry, pipes.size())));
  }

  /** A query of which servers only run the filter. */
  static Division ofFilter(Query query) {
    return new Division(new Query(query.options(), query.filter(), List.of()), 0, false, null);
  }

  /** The pipe that leaves each server the rows that may remain in the end; null for all rows. */
  private static @Nullable Pipe cut(Pipe pipe) {
    return switch (pipe) {
      case LimitPipe limit -> limit;
      case SortPipe sort when sort.limit() > 0 ->
          new SortPipe(
              sort.keys(),
              sort.descending(),
              sort.partition(),
              0,
              (sort.offset() > Long.MAX_VALUE - sort.limit())
                  ? Long.MAX_VALUE
                  : sort.offset() + sort.limit(),
              null);
      case FirstPipe first ->
          new FirstPipe(first.last(), first.limit(), first.keys(), first.partition(), null);
      default -> null;
    };
  }
}
