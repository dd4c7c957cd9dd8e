package io.logcaster.storage.opensearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.LogRecord;
import io.logcaster.security.Certificates;
import io.logcaster.storage.Batches;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.LogStorageContract;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.SharedStorages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void cluster_behindTls_isTrustedByItsOwnAuthority_andGivenThePassword(@TempDir Path directory)
      throws Exception {
    Certificates certificates = new Certificates(directory, "node");
    Path ca = certificates.certificate(directory.resolve("ca.pem"));
    Path secret = Files.writeString(directory.resolve("secret"), "s3cret\n");
    String pair = Base64.getEncoder().encodeToString("logcaster:s3cret".getBytes(UTF_8));
    try (TlsFront front = new TlsFront(SearchNode.url(), certificates.server(), "Basic " + pair)) {
      try (OpenSearchLogStorage secure =
          OpenSearchLogStorage.open(secured(front.url(), secret, ca))) {
        secure.append(Batches.of(new LogRecord(1_000, 9, "behind TLS", List.of()))).join();
        AtomicInteger found = new AtomicInteger();
        secure.scan(
            ScanRequest.all(),
            (batch, rows, worker) -> {
              found.addAndGet(rows.cardinality());
              return true;
            });
        assertThat(found).hasValue(1);
      }
      Files.writeString(secret, "guess");
      assertThatThrownBy(() -> OpenSearchLogStorage.open(secured(front.url(), secret, ca)))
          .hasMessageContaining("401");
      assertThatThrownBy(() -> OpenSearchLogStorage.open(secured(front.url(), secret, null)))
          .hasStackTraceContaining("certification path");
    }
  }

  private OpenSearchOptions secured(URI url, Path secret, Path ca) {
    OpenSearchOptions known = SearchNode.options(prefix);
    return new OpenSearchOptions(
        List.of(url),
        "logcaster",
        secret,
        ca,
        known.prefix(),
        known.shards(),
        known.replicas(),
        known.writers(),
        known.timeout(),
        known.rolloverSize());
  }

  @AfterEach
  void drop() throws IOException {
    storage.close();
    SearchNode.drop(prefix);
  }
}
