package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces rows by the most frequent values of fields. */
public record TopPipe(long limit, List<String> fields, String hits, @Nullable String rank)
    implements Pipe {

  /** How many values are listed. */
  public static final long DEFAULT_LIMIT = 10;

  public TopPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines(FieldNeeds.ofNames(fields)).closed();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("top");
    if (limit != DEFAULT_LIMIT) {
      out.append(' ').append(limit);
    }
    out.append(" by (");
    Text.quoteAll(out, fields, ", ");
    out.append(')');
    if (!hits.equals("hits")) {
      out.append(" hits as ");
      Text.quote(out, hits);
    }
    Pipe.rank(out, rank);
  }
}
