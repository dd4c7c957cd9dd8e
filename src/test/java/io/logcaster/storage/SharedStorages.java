package io.logcaster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What two servers on one shared storage do with a client whose deliveries go to either. */
public final class SharedStorages {

  private static final String CLIENT = "kafka/topic/0";

  private SharedStorages() {}

  /** Lets deliveries change from one to the other and back; each must be found once. */
  public static void takeTurns(LogStorage one, LogStorage two) throws IOException {
    assertThat(one.isShared()).isTrue();
    assertThat(two.isShared()).isTrue();
    stored(one, 1, -1);
    assertThat(two.lastDelivery(CLIENT)).isEqualTo(1);
    stored(two, 4, 1);
    // The first still believes that the client is its own.
    assertThat(append(one, 3, 1)).failsWithin(1, TimeUnit.MINUTES);
    assertThat(one.lastDelivery(CLIENT)).isEqualTo(4);
    stored(one, 5, 4);
    assertThat(append(two, 5, 4)).failsWithin(1, TimeUnit.MINUTES);
    assertThat(two.lastDelivery(CLIENT)).isEqualTo(5);
    stored(two, 6, 5);

    List<String> found = new ArrayList<>();
    one.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          batch.select(rows).records().forEach((record) -> found.add(record.message()));
          return true;
        });
    assertThat(found).containsExactlyInAnyOrder("to 1", "to 4", "to 5", "to 6");
  }

  private static void stored(LogStorage storage, long sequence, long after) {
    assertThat(append(storage, sequence, after)).succeedsWithin(1, TimeUnit.MINUTES);
  }

  private static CompletableFuture<Void> append(LogStorage storage, long sequence, long after) {
    return storage.append(
        Batches.of(new LogRecord(1_700_000_000_000_000_000L, 9, "to " + sequence, List.of()))
            .withMark(new DeliveryMark(CLIENT, sequence, after)));
  }
}
