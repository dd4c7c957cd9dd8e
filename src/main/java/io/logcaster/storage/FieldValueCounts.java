package io.logcaster.storage;

import java.util.Map;

/**
 * The rows of a block by the values of one field.
 *
 * @param isLimited whether the field has more distinct values, or a longer one, than was asked for;
 *     the counts are empty then
 * @param rows how many rows have each value; rows without the field are not counted
 */
public record FieldValueCounts(boolean isLimited, Map<String, Long> rows) {

  /** A field with too many values, or too long ones. */
  public static final FieldValueCounts LIMITED = new FieldValueCounts(true, Map.of());

  public FieldValueCounts {
    rows = Map.copyOf(rows);
  }
}
