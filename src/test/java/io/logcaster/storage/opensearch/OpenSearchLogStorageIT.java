package io.logcaster.storage.opensearch;

import io.logcaster.storage.LogStorage;
import io.logcaster.storage.LogStorageContract;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** The contract of storages, on a real node. */
class OpenSearchLogStorageIT extends LogStorageContract {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final OpenSearchOptions options = options("contract-" + NUMBER.incrementAndGet());

  static OpenSearchOptions options(String prefix) {
    return OpenSearchOptions.of(SearchNode.url()).withPrefix(prefix).withReplicas(0);
  }

  @Override
  protected LogStorage open() throws IOException {
    return OpenSearchLogStorage.open(options);
  }

  @Override
  protected boolean isDurable() {
    return true;
  }

  @Override
  protected LogStorage reopen() throws IOException {
    return open();
  }

  @AfterEach
  void drop() throws IOException {
    storage.close();
    try (SearchCluster cluster = new SearchCluster(options)) {
      cluster.send("DELETE", "/_data_stream/" + options.records(), null);
      cluster.send("DELETE", "/" + options.marks(), null);
    }
  }
}
