package io.logcaster.query.ast;

import io.logcaster.query.ast.StatsPipe.Calculation;
import io.logcaster.record.Field;
import java.util.List;

/**
 * Adds to each row what is calculated over the rows of its group: over those up to it in time, or
 * with {@code total} over all.
 */
public record RunningStatsPipe(boolean total, List<Bucket> by, List<Calculation> calculations)
    implements Pipe {

  public RunningStatsPipe {
    by = List.copyOf(by);
    calculations = List.copyOf(calculations);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines(FieldNeeds.of(Field.TIME).and(StatsPipe.needs(by, calculations)));
  }

  @Override
  public void print(StringBuilder out) {
    out.append(total ? "total_stats " : "running_stats ");
    StatsPipe.print(out, by, calculations);
  }
}
