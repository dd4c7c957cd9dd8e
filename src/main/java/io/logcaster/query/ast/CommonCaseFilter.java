package io.logcaster.query.ast;

import java.util.List;

/**
 * Values with one of several texts in the usual spellings: as given, with some or all of its
 * capital letters in lower case, or all in upper case.
 *
 * @param whole whether the text has to be the whole value, not a phrase in it
 */
public record CommonCaseFilter(String field, boolean whole, List<String> values)
    implements ValueFilter {

  /** A text with more capital letters than this is probably all in upper case. */
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
