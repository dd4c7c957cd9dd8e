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
import java.util.ArrayList;
import java.util.List;

/** The columns of a CSV result, if the query names them; none if they depend on the rows. */
final class CsvColumns {

  private CsvColumns() {}

  static List<String> of(Query query) {
    for (Pipe pipe : query.pipes().reversed()) {
      switch (pipe) {
        case FieldsPipe fields -> {
          return fields.fields().stream().anyMatch(FieldPattern::prefix)
              ? List.of()
              : fields.fields().stream().map(FieldPattern::name).toList();
        }
        case StatsPipe stats -> {
          List<String> names = new ArrayList<>(stats.by().stream().map(Bucket::field).toList());
          stats.calculations().forEach((calculation) -> names.add(calculation.result()));
          return names;
        }
        case SortPipe sort -> {
          if (sort.rank() != null) {
            return List.of();
          }
        }
        case FilterPipe _, LimitPipe _, OffsetPipe _ -> {}
        case BlockStatsPipe _,
            BlocksCountPipe _,
            FacetsPipe _,
            FieldNamesPipe _,
            FieldValuesPipe _,
            FirstPipe _,
            GenerateSequencePipe _,
            JoinPipe _,
            QueryStatsPipe _,
            RowPipe _,
            RunningStatsPipe _,
            SamplePipe _,
            StreamContextPipe _,
            TopPipe _,
            UnionPipe _,
            UniqPipe _,
            UnrollPipe _ -> {
          return List.of();
        }
      }
    }
    return List.of();
  }
}
