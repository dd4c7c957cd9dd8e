package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts rows; limit 0 for all. */
public record SortPipe(
    List<SortKey> keys,
    boolean descending,
    List<String> partition,
    long offset,
    long limit,
    @Nullable String rank)
    implements Pipe {

  public SortPipe {
    keys = List.copyOf(keys);
    partition = List.copyOf(partition);
  }

  @Override
  public PipeTraits traits() {
    return keys.isEmpty()
        ? PipeTraits.combines()
        : PipeTraits.combines(FieldNeeds.ofKeys(keys).and(FieldNeeds.ofNames(partition)));
  }

  @Override
  public void print(StringBuilder out) {
    out.append("sort");
    SortKey.print(out, keys);
    if (descending) {
      out.append(" desc");
    }
    Pipe.partition(out, partition);
    if (offset > 0) {
      out.append(" offset ").append(offset);
    }
    Pipe.limit(out, limit);
    Pipe.rank(out, rank);
  }
}
