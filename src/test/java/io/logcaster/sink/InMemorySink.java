package io.logcaster.sink;

import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps records in memory, and fails when told to. Thread-safe. */
public final class InMemorySink implements Sink {

  private final List<LogRecord> received;
  private final List<LogRecord> round = new ArrayList<>();
  private @Nullable SinkException failure;
  private @Nullable String refused;

  /**
   * @param received gets the records of successful rounds; synchronized on
   */
  public InMemorySink(List<LogRecord> received) {
    this.received = received;
  }

  /** What {@link #flush} throws from now on; null for nothing. */
  public synchronized void fail(@Nullable SinkException failure) {
    this.failure = failure;
  }

  /** A round with this message is refused for good from now on; null for none. */
  public synchronized void refuse(@Nullable String message) {
    refused = message;
  }

  @Override
  public synchronized void begin(long position) {
    round.clear();
  }

  @Override
  public synchronized void write(RecordBatch batch) {
    round.addAll(batch.records());
  }

  @Override
  public synchronized void flush() throws SinkException {
    if (failure != null) {
      throw failure;
    }
    if (round.stream().anyMatch((record) -> record.message().equals(refused))) {
      throw SinkException.permanent("The record was refused", null);
    }
    synchronized (received) {
      received.addAll(round);
    }
    round.clear();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
