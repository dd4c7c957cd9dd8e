package io.logcaster.query;

import io.logcaster.query.ast.BlockStatsPipe;
import io.logcaster.query.ast.BlocksCountPipe;
import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.FacetsPipe;
import io.logcaster.query.ast.FieldNamesPipe;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.FieldValuesPipe;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.FirstPipe;
import io.logcaster.query.ast.GenerateSequencePipe;
import io.logcaster.query.ast.JoinPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.QueryStatsPipe;
import io.logcaster.query.ast.RowPipe;
import io.logcaster.query.ast.RunningStatsPipe;
import io.logcaster.query.ast.SamplePipe;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.StatsPipe;
import io.logcaster.query.ast.StreamContextPipe;
import io.logcaster.query.ast.TopPipe;
import io.logcaster.query.ast.UnionPipe;
import io.logcaster.query.ast.UniqPipe;
import io.logcaster.query.ast.UnrollPipe;
import io.logcaster.record.Field;
import java.util.ArrayList;
import java.util.List;

/** Groups the results of a query that ends in {@code stats} by buckets of time as well. */
final class TimeBuckets {

  private final Bucket bucket;

  TimeBuckets(Bucket bucket) {
    this.bucket = bucket;
  }

  /**
   * The query with its {@code stats} pipes also grouped by time. Pipes that choose among rows after
   * the first {@code stats} choose in each bucket.
   */
  Query group(Query query) {
    List<Pipe> pipes = new ArrayList<>();
    boolean grouped = false;
    for (Pipe pipe : query.pipes()) {
      grouped |= pipe instanceof StatsPipe;
      pipes.add(grouped ? inBuckets(pipe) : pipe);
    }
    return new Query(query.options(), query.filter(), pipes);
  }

  private Pipe inBuckets(Pipe pipe) {
    return switch (pipe) {
      case StatsPipe stats -> new StatsPipe(withBucket(stats.by()), stats.calculations());
      case SortPipe sort ->
          (sort.limit() > 0)
              ? new SortPipe(
                  sort.keys(),
                  sort.descending(),
                  withTime(sort.partition()),
                  sort.offset(),
                  sort.limit(),
                  sort.rank())
              : sort;
      case FirstPipe best ->
          new FirstPipe(
              best.last(), best.limit(), best.keys(), withTime(best.partition()), best.rank());
      case FieldsPipe fields -> {
        List<FieldPattern> kept = new ArrayList<>(fields.fields());
        kept.add(new FieldPattern(Field.TIME, false));
        yield new FieldsPipe(kept);
      }
      case BlockStatsPipe _,
          BlocksCountPipe _,
          FacetsPipe _,
          FieldNamesPipe _,
          FieldValuesPipe _,
          FilterPipe _,
          GenerateSequencePipe _,
          JoinPipe _,
          LimitPipe _,
          OffsetPipe _,
          QueryStatsPipe _,
          RowPipe _,
          RunningStatsPipe _,
          SamplePipe _,
          StreamContextPipe _,
          TopPipe _,
          UnionPipe _,
          UniqPipe _,
          UnrollPipe _ ->
          pipe;
    };
  }

  private List<Bucket> withBucket(List<Bucket> by) {
    List<Bucket> buckets = new ArrayList<>(List.of(bucket));
    by.stream().filter((other) -> !other.field().equals(Field.TIME)).forEach(buckets::add);
    return buckets;
  }

  private static List<String> withTime(List<String> fields) {
    List<String> all = new ArrayList<>(fields);
    if (!all.contains(Field.TIME)) {
      all.add(Field.TIME);
    }
    return all;
  }
}
