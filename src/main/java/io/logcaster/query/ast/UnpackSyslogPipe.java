package io.logcaster.query.ast;

import io.logcaster.query.value.Durations;
import org.jspecify.annotations.Nullable;

/** Unpacks a syslog line into fields; {@code offset} is its zone's, in nanoseconds. */
public record UnpackSyslogPipe(
    @Nullable Filter condition,
    String field,
    long offset,
    String resultPrefix,
    boolean keepOriginal)
    implements RowPipe {

  @Override
  public PipeTraits traits() {
    return PipeTraits.maps();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("unpack_syslog");
    Pipe.condition(out, condition);
    Pipe.from(out, field);
    if (offset != 0) {
      out.append(" offset ").append(Durations.format(offset));
    }
    Pipe.resultPrefix(out, resultPrefix);
    if (keepOriginal) {
      out.append(" keep_original_fields");
    }
  }
}
