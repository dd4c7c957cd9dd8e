package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of the streams with these identities. */
public record StreamIdFilter(List<String> ids, @Nullable Query subquery) implements Filter {

  public StreamIdFilter {
    ids = List.copyOf(ids);
  }

  @Override
  public void print(StringBuilder out) {
    out.append("_stream_id:");
    if (subquery != null) {
      out.append("in(");
      subquery.print(out);
      out.append(')');
    } else if (ids.size() == 1) {
      out.append(ids.getFirst());
    } else {
      out.append("in(");
      Text.quoteAll(out, ids, ",");
      out.append(')');
    }
  }
}
