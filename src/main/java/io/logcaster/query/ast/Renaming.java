package io.logcaster.query.ast;

import java.util.List;

/** The old and the new name of a field, or of fields with a common prefix. */
public record Renaming(FieldPattern from, FieldPattern to) {

  /** The new name of a field that {@code from} matches. */
  public String rename(String field) {
    return (from.prefix() && to.prefix())
        ? to.name() + field.substring(from.name().length())
        : to.name();
  }

  static void print(StringBuilder out, List<Renaming> renamings) {
    String separator = "";
    for (Renaming renaming : renamings) {
      out.append(separator);
      Text.pattern(out, renaming.from);
      out.append(" as ");
      Text.pattern(out, renaming.to);
      separator = ", ";
    }
  }
}
