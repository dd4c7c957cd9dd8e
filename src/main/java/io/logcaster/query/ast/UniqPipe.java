package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces rows by the distinct values of fields.
 *
 * @param filter a text that the value of the one field must contain; empty for no condition
 * @param limit how many to list, 0 for all
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
