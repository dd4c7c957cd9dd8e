package io.logcaster.query.ast;

/** Keeps a random sample: on average, one of {@code oneOf} rows. */
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
