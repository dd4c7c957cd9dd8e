package io.logcaster.query.ast;

/** Replaces rows by the most frequent values of every field. */
public record FacetsPipe(
    long limit, long maxValuesPerField, long maxValueLength, boolean keepConstant) implements Pipe {

  /** How many values of each field are listed. */
  public static final long DEFAULT_LIMIT = 10;

  /** A field with more distinct values is left out. */
  public static final long DEFAULT_MAX_VALUES = 1000;

  /** A field with a longer value, in bytes, is left out. */
  public static final long DEFAULT_MAX_LENGTH = 128;

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("facets");
    if (limit != DEFAULT_LIMIT) {
      out.append(' ').append(limit);
    }
    if (maxValuesPerField != DEFAULT_MAX_VALUES) {
      out.append(" max_values_per_field ").append(maxValuesPerField);
    }
    if (maxValueLength != DEFAULT_MAX_LENGTH) {
      out.append(" max_value_len ").append(maxValueLength);
    }
    if (keepConstant) {
      out.append(" keep_const_fields");
    }
  }
}
