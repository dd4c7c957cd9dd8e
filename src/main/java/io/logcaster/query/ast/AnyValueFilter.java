package io.logcaster.query.ast;

/** Values that are not empty: {@code host:*}. */
public record AnyValueFilter(String field) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.quote(out, field); // the message's name too: a star alone selects every record
    out.append(":*");
  }
}
