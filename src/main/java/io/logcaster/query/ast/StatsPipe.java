package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calculates over groups of rows. */
public record StatsPipe(List<Bucket> by, List<Calculation> calculations) implements Pipe {

  /**
   * What is calculated.
   *
   * @param call the function with its arguments
   * @param condition which rows take part, null for all
   * @param result the field that gets the result
   */
  public record Calculation(StatsCall call, @Nullable Filter condition, String result) {

    /** Which fields of the rows the calculation reads. */
    FieldNeeds needs() {
      return (condition == null) ? call.needs() : call.needs().and(FieldNeeds.of(condition));
    }

    /** The function and its condition as text, which names the result where nothing else does. */
    String label() {
      return label(call, condition);
    }

    /** The text of a function with its condition. */
    public static String label(StatsCall call, @Nullable Filter condition) {
      StringBuilder out = new StringBuilder();
      call.print(out);
      Pipe.condition(out, condition);
      return out.toString();
    }
  }

  public StatsPipe {
    by = List.copyOf(by);
    calculations = List.copyOf(calculations);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines(needs(by, calculations)).closed();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("stats ");
    print(out, by, calculations);
  }

  /** Which fields calculations over groups read. */
  static FieldNeeds needs(List<Bucket> by, List<Calculation> calculations) {
    FieldNeeds needs = FieldNeeds.ofNames(by.stream().map(Bucket::field).toList());
    for (Calculation calculation : calculations) {
      needs = needs.and(calculation.needs());
    }
    return needs;
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
