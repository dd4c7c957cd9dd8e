package io.logcaster.query.ast;

/** Keeps a random sample: one in so many rows. */
public record SamplePipe(long oneOf) implements Pipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("sample ").append(oneOf);
  }
}
