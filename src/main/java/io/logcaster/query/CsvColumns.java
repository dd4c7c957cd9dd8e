package io.logcaster.query;

import io.logcaster.query.ast.Bucket;
import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.FieldsPipe;
import io.logcaster.query.ast.FilterPipe;
import io.logcaster.query.ast.LimitPipe;
import io.logcaster.query.ast.OffsetPipe;
import io.logcaster.query.ast.Pipe;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.SortPipe;
import io.logcaster.query.ast.StatsPipe;
import java.util.ArrayList;
import java.util.List;

/** The columns of a CSV result, if the query names them; none if they depend on the rows. */
final class CsvColumns {

  private CsvColumns() {}

  static List<String> of(Query query) {
    for (Pipe pipe : query.pipes().reversed()) {
      switch (pipe) {
        case FieldsPipe fields when fields.fields().stream().noneMatch(FieldPattern::prefix) -> {
          return fields.fields().stream().map(FieldPattern::name).toList();
        }
        case StatsPipe stats -> {
          List<String> names = new ArrayList<>(stats.by().stream().map(Bucket::field).toList());
          stats.calculations().forEach((calculation) -> names.add(calculation.result()));
          return names;
        }
        case SortPipe sort when sort.rank() == null -> {}
        case FilterPipe ignored -> {}
        case LimitPipe ignored -> {}
        case OffsetPipe ignored -> {}
        default -> {
          return List.of();
        }
      }
    }
    return List.of();
  }
}
