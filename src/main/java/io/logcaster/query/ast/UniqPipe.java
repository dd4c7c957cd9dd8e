package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of fields.
 *
 * @param filter what the value of the one field contains, empty where there is no such condition
 * @param limit how many to give, 0 for all
 */
public record UniqPipe(List<String> fields, @Nullable String hits, String filter, long limit)
    implements Pipe {

  public UniqPipe {
    fields = List.copyOf(fields);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines(FieldNeeds.ofNames(fields)).closed();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("uniq by (");
    Text.quoteAll(out, fields, ", ");
    out.append(')');
    if (hits != null) {
      out.append(" with hits");
    }
    Pipe.filter(out, filter);
    Pipe.limit(out, limit);
  }
}
