package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the fields of other rows that have the same values in some fields. */
public record JoinPipe(
    List<String> fields, RowSource source, boolean inner, @Nullable String prefix) implements Pipe {

  public JoinPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("join by (");
    Text.quoteAll(out, fields, ", ");
    out.append(") ");
    RowSource.print(out, source);
    if (inner) {
      out.append(" inner");
    }
    if (prefix != null) {
      out.append(" prefix ");
      Text.quote(out, prefix);
    }
  }
}
