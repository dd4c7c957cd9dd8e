package io.logcaster.query.ast;

import java.util.List;

/** Values that contain phrases in this order: {@code seq(a, b)}. */
public record SequenceFilter(String field, List<String> phrases) implements ValueFilter {

  public SequenceFilter {
    phrases = List.copyOf(phrases);
  }

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("seq(");
    Text.quoteAll(out, phrases, ",");
    out.append(')');
  }
}
