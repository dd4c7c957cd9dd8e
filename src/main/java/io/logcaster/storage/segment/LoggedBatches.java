package io.logcaster.storage.segment;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Deliveries;
import io.logcaster.storage.wal.WriteAheadLog;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes over what the write-ahead log has made durable. */
final class LoggedBatches implements WriteAheadLog.Listener {

  private final Deliveries deliveries;
  private final StorageState state;
  private final Supplier<@Nullable Runnable> appended;

  /**
   * Creates the receiver of batches.
   *
   * @param appended gives what is told of each batch
   */
  LoggedBatches(Deliveries deliveries, StorageState state, Supplier<@Nullable Runnable> appended) {
    this.deliveries = deliveries;
    this.state = state;
    this.appended = appended;
  }

  @Override
  public void ready() throws IOException {
    state.awaitRoom();
  }

  @Override
  public void admit(RecordBatch batch) throws IOException {
    deliveries.admit(batch);
  }

  @Override
  public void failed() {
    deliveries.withdraw();
  }

  @Override
  public void committed(RecordBatch batch, long sequence) {
    deliveries.commit(batch);
    boolean _ = state.add(batch, sequence);
    Runnable listener = appended.get();
    if (listener != null) {
      listener.run();
    }
  }
}
