package io.logcaster.query.ast;

/** Adds the template of each record's message. */
public record PatternPipe(String result) implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("pattern");
    if (!result.equals("_pattern")) {
      Pipe.as(out, result);
    }
  }
}
