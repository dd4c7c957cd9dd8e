package io.logcaster.query.ast;

import io.logcaster.query.value.Durations;

/** Adds the records around each row in its stream, within a window in nanoseconds. */
public record StreamContextPipe(long before, long after, long window) implements Pipe {

  /** The default window: one hour. */
  public static final long DEFAULT_WINDOW = 3_600_000_000_000L;

  @Override
  public PipeTraits traits() {
    return PipeTraits.combines();
  }

  @Override
  public void print(StringBuilder out) {
    out.append("stream_context");
    if (before > 0) {
      out.append(" before ").append(before);
    }
    if (after > 0) {
      out.append(" after ").append(after);
    }
    if (before == 0 && after == 0) {
      out.append(" before 0");
    }
    if (window != DEFAULT_WINDOW) {
      out.append(" time_window ").append(Durations.format(window));
    }
  }
}
