package io.logcaster.storage.opensearch;

import io.logcaster.storage.LogStorage;
import io.logcaster.storage.LogStorageContract;
import io.logcaster.storage.SharedStorages;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of storages, on a real node. */
class OpenSearchLogStorageIT extends LogStorageContract {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String prefix = "contract-" + NUMBER.incrementAndGet();

  @Override
  protected LogStorage open() throws IOException {
    return SearchNode.storage(prefix);
  }

  @Override
  protected boolean isDurable() {
    return true;
  }

  @Override
  protected LogStorage reopen() throws IOException {
    return OpenSearchLogStorage.open(SearchNode.options(prefix));
  }

  @Test
  void cluster_takesEachDeliveryOnce_ofTwoServers() throws IOException {
    try (LogStorage other = reopen()) {
      SharedStorages.takeTurns(storage, other);
    }
  }

  @AfterEach
  void drop() throws IOException {
    storage.close();
    SearchNode.drop(prefix);
  }
}
