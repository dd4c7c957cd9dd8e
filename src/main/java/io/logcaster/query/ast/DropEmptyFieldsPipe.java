package io.logcaster.query.ast;

/** Removes empty fields, and rows that have no others. */
public record DropEmptyFieldsPipe() implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("drop_empty_fields");
  }
}
