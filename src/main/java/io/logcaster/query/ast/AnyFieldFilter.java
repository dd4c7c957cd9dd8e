package io.logcaster.query.ast;

/**
 * Records with some field that passes a filter: {@code k8s.*:error}. The built-in fields of time
 * and stream do not count.
 *
 * @param names the beginning of the names of these fields
 * @param filter the filter, as it would be written for the message
 */
public record AnyFieldFilter(FieldPattern names, Filter filter) implements Filter {

  @Override
  public void print(StringBuilder out) {
    Text.namesBefore(out, names.name());
    filter.print(out);
  }
}
