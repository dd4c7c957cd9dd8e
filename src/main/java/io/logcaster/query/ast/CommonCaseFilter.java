package io.logcaster.query.ast;

import java.util.List;

/**
 * Values with one of some texts in the cases that people write it: as it is, with some or all of
 * its capital letters made small, or all in capitals.
 *
 * @param whole whether the text has to be the whole value, not a phrase in it
 */
public record CommonCaseFilter(String field, boolean whole, List<String> values)
    implements ValueFilter {

  /** More capital letters are likelier a text that is all in capitals. */
  public static final int MAX_CAPITALS = 10;

  public CommonCaseFilter {
    values = List.copyOf(values);
  }

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append(whole ? "equals_common_case(" : "contains_common_case(");
    Text.quoteAll(out, values, ",");
    out.append(')');
  }
}
