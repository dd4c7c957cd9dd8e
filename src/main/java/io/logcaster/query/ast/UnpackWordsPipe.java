package io.logcaster.query.ast;

/** Sets a field to the words of a field as a JSON array. */
public record UnpackWordsPipe(String field, String result, boolean dropDuplicates)
    implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("unpack_words");
    Pipe.from(out, field);
    if (!result.equals(field)) {
      Pipe.as(out, result);
    }
    if (dropDuplicates) {
      out.append(" drop_duplicates");
    }
  }
}
