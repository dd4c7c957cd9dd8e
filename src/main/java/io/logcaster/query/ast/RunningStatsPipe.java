package io.logcaster.query.ast;

import io.logcaster.query.ast.StatsPipe.Calculation;
import io.logcaster.record.Field;
import java.util.List;

/**
 * Adds to each row what was calculated over the rows of its group: those before it in time and
 * itself, or with {@code total} all of them.
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
