package io.logcaster.query.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the pairs of names and values in a field into fields.
 *
 * @param preserved the names of objects that are kept as JSON text
 */
public record UnpackPairsPipe(
    Format format,
    @Nullable Filter condition,
    String field,
    List<FieldPattern> fields,
    List<String> preserved,
    String resultPrefix,
    Overwrite overwrite)
    implements RowPipe {

  /** How the pairs are written. */
  public enum Format {
    JSON("unpack_json"),
    LOGFMT("unpack_logfmt");

    private final String pipe;

    Format(String pipe) {
      this.pipe = pipe;
    }
  }

  public UnpackPairsPipe {
    fields = List.copyOf(fields);
    preserved = List.copyOf(preserved);
  }

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append(format.pipe);
    Pipe.condition(out, condition);
    Pipe.from(out, field);
    Pipe.fields(out, fields);
    if (!preserved.isEmpty()) {
      out.append(" preserve_keys (");
      Text.quoteAll(out, preserved, ", ");
      out.append(')');
    }
    Pipe.resultPrefix(out, resultPrefix);
    overwrite.print(out);
  }
}
