package io.logcaster.query.lang;

import io.logcaster.query.ast.Filter;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.UniqPipe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges pipes that do one thing together: filters with the filter before them, limits and offsets
 * with the {@code sort} or {@code uniq} before them.
 */
final class Pipes {

  private Pipes() {}

  static Query simplify(Query query) {
    Filter filter = query.filter();
    List<Pipe> pipes = new ArrayList<>();
    for (Pipe pipe : query.pipes()) {
      if (pipes.isEmpty()) {
        if (pipe instanceof FilterPipe first) {
          filter = Filters.and(List.of(filter, first.filter()));
        } else {
          pipes.add(pipe);
        }
        continue;
      }
      Pipe joined = join(pipes.getLast(), pipe);
      if (joined != null) {
        pipes.set(pipes.size() - 1, joined);
      } else {
        pipes.add(pipe);
      }
    }
    return new Query(query.options(), filter, pipes);
  }

  private static @Nullable Pipe join(Pipe before, Pipe pipe) {
    if (before instanceof FilterPipe first && pipe instanceof FilterPipe second) {
      return new FilterPipe(Filters.and(List.of(first.filter(), second.filter())));
    }
    if (before instanceof UniqPipe uniq
        && uniq.limit() == 0
        && pipe instanceof LimitPipe limit
        && limit.limit() > 0) {
      return new UniqPipe(uniq.fields(), uniq.hits(), uniq.filter(), limit.limit());
    }
    if (before instanceof SortPipe sort
        && sort.partition().isEmpty()
        && sort.rank() == null
        && sort.limit() == 0) {
      if (pipe instanceof LimitPipe limit && limit.limit() > 0) {
        return new SortPipe(
            sort.keys(), sort.descending(), sort.partition(), sort.offset(), limit.limit(), null);
      }
      if (pipe instanceof OffsetPipe offset && sort.offset() == 0) {
        return new SortPipe(
            sort.keys(), sort.descending(), sort.partition(), offset.offset(), 0, null);
      }
    }
    return null;
  }
}
