package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the first or last rows in an order; with a partition, those of each of its values. */
public record FirstPipe(
    boolean last, long limit, List<SortKey> keys, List<String> partition, @Nullable String rank)
    implements Pipe {

  public FirstPipe {
    keys = List.copyOf(keys);
    partition = List.copyOf(partition);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines();
  }

  @Override
  public void print(StringBuilder out) {
    out.append(last ? "last" : "first");
    if (limit != 1) {
      out.append(' ').append(limit);
    }
    SortKey.print(out, keys);
    Pipe.partition(out, partition);
    Pipe.rank(out, rank);
  }
}
