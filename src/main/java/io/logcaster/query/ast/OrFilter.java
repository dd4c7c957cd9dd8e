package io.logcaster.query.ast;

import java.util.List;

/** Records that some filter selects: {@code a or b or c}. */
public record OrFilter(List<Filter> filters) implements Filter {

  public OrFilter {
    filters = List.copyOf(filters);
  }

  @Override
  public void print(StringBuilder out) {
    String separator = "";
    for (Filter filter : filters) {
      out.append(separator);
      filter.print(out);
      separator = " or ";
    }
  }
}
