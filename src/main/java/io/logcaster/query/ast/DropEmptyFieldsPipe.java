package io.logcaster.query.ast;

/** Leaves out empty fields, and rows without any other. */
public record DropEmptyFieldsPipe() implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("drop_empty_fields");
  }
}
