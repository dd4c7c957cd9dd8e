package io.logcaster.query.ast;

import java.util.List;

/** Records that all filters select: {@code a b c}. */
public record AndFilter(List<Filter> filters) implements Filter {

  public AndFilter {
    filters = List.copyOf(filters);
  }

  @Override
  public void print(StringBuilder out) {
    String separator = "";
    for (Filter filter : filters) {
      out.append(separator);
      Filter.printNested(out, filter, filter instanceof OrFilter);
      separator = " ";
    }
  }
}
