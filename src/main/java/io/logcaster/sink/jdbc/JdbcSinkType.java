package io.logcaster.sink.jdbc;

import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptions;
import io.logcaster.sink.SinkType;
import java.util.List;

/** A table in a database. */
public final class JdbcSinkType implements SinkType {

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public List<SinkOption> options() {
    return JdbcOptions.ALL;
  }

  @Override
  public Sink open(SinkOptions options, SinkContext context) {
    return new JdbcSink(JdbcOptions.of(options, context), context);
  }
}
