package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calculates over groups of rows. */
public record StatsPipe(List<Bucket> by, List<Calculation> calculations) implements Pipe {

  /**
   * What is calculated.
   *
   * @param function the function
   * @param condition which rows take part, null for all
   * @param result the field that gets the result
   */
  public record Calculation(StatsFunction function, @Nullable Filter condition, String result) {

    /** The function and its condition as text, which names the result where nothing else does. */
    public String label() {
      return label(function, condition);
    }

    /** The text of a function with its condition. */
    public static String label(StatsFunction function, @Nullable Filter condition) {
      StringBuilder out = new StringBuilder();
      function.print(out);
      Pipe.condition(out, condition);
      return out.toString();
    }
  }

  public StatsPipe {
    by = List.copyOf(by);
    calculations = List.copyOf(calculations);
  }

  @Override
  public void print(StringBuilder out) {
    out.append("stats ");
    print(out, by, calculations);
  }

  /** Appends what is calculated over which groups. */
  static void print(StringBuilder out, List<Bucket> by, List<Calculation> calculations) {
    if (!by.isEmpty()) {
      out.append("by (");
      String separator = "";
      for (Bucket bucket : by) {
        out.append(separator);
        bucket.print(out);
        separator = ", ";
      }
      out.append(") ");
    }
    String separator = "";
    for (Calculation calculation : calculations) {
      out.append(separator).append(calculation.label()).append(" as ");
      Text.quote(out, calculation.result());
      separator = ", ";
    }
  }
}
