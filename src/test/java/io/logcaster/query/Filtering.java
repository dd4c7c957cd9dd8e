package io.logcaster.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values of one field, and which of them a filter selects. */
public final class Filtering {

  private final String field;

  private final List<String> values;

  private Filtering(String field, List<String> values) {
    this.field = field;
    this.values = values;
  }

  /** Records with these messages, some of which may be empty. */
  public static Filtering messages(String... values) {
    return new Filtering("_msg", List.of(values));
  }

  /** Records with these values in the field {@code f}, some of which may be empty. */
  public static Filtering values(String... values) {
    return new Filtering("f", List.of(values));
  }

  /** The numbers of the values that a filter selects, from 0. */
  public List<Integer> select(String filter) {
    Records records = new Records();
    for (int i = 0; i < values.size(); i++) {
      records.add(Map.of(field, values.get(i), "row", Integer.toString(i)));
    }
    try {
      List<Integer> selected = new ArrayList<>();
      for (Map<String, String> row : records.rows("(" + filter + ") | fields row")) {
        selected.add(Integer.valueOf(row.get("row")));
      }
      return selected.stream().sorted().toList();
    } catch (IOException ex) {
      throw new IllegalStateException(ex);
    }
  }
}
