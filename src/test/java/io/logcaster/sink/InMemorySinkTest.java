package io.logcaster.sink;

import io.logcaster.record.LogRecord;
import java.util.ArrayList;
import java.util.List;

class InMemorySinkTest extends SinkContract {

  private final List<LogRecord> received = new ArrayList<>();
  private InMemorySink sink = new InMemorySink(received);

  @Override
  protected Sink open() {
    sink = new InMemorySink(received);
    return sink;
  }

  @Override
  protected List<String> received(int atLeast) {
    return received.stream().map(LogRecord::message).toList();
  }

  @Override
  protected void fail() {
    sink.fail(SinkException.temporary("The receiver is stopped", null));
  }

  @Override
  protected void mend() {
    sink.fail(null);
  }
}
