package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the fields of another query's rows that agree in some fields. */
public record JoinPipe(List<String> fields, QueryTree query, boolean inner, @Nullable String prefix)
    implements Pipe {

  public JoinPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public void print(StringBuilder out) {
    out.append("join by (");
    Text.quoteAll(out, fields, ", ");
    out.append(") (");
    query.print(out);
    out.append(')');
    if (inner) {
      out.append(" inner");
    }
    if (prefix != null) {
      out.append(" prefix ");
      Text.quote(out, prefix);
    }
  }
}
