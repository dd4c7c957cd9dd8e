package io.logcaster.query.ast;

import java.util.List;

/** Calculates with the numbers in fields. */
public record MathPipe(List<Assignment> assignments) implements RowPipe {

  /**
   * A result.
   *
   * @param expression what to calculate
   * @param result the field that gets it
   */
  public record Assignment(MathExpression expression, String result) {}

  public MathPipe {
    assignments = List.copyOf(assignments);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("math ");
    String separator = "";
    for (Assignment assignment : assignments) {
      out.append(separator);
      assignment.expression().print(out);
      out.append(" as ");
      Text.quote(out, assignment.result());
      separator = ", ";
    }
  }
}
