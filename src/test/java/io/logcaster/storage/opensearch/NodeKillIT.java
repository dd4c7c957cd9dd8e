package io.logcaster.storage.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Batches;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything acknowledged is found once after a node was killed and came back. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class NodeKillIT {

  private static final long NOON = 1_795_262_400_000_000_000L;

  private static final int ROUNDS = 2;

  @TempDir Path directory;

  @Test
  void records_afterTheNodeWasKilledUnderLoad_areFoundOnce() throws Exception {
    Random random = new Random(5);
    List<String> acknowledged = new ArrayList<>();
    SearchNode node = SearchNode.start(directory, 0);
    OpenSearchOptions options =
        OpenSearchOptions.of(node.address()).withPrefix("kill").withReplicas(0);
    try (LogStorage storage = OpenSearchLogStorage.open(options)) {
      long sequence = -1;
      for (int round = 0; round < ROUNDS; round++) {
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        int batches = 20 + random.nextInt(20);
        for (int i = 0; i < batches; i++) {
          sequence++;
          List<String> messages = messages(sequence);
          sent.addAll(messages);
          answers.add(
              storage.append(
                  batch(messages).withMark(new DeliveryMark("sender", sequence, sequence - 1))));
        }
        // Wherever it is by now: the senders wait until it is back.
        node = node.killAndRestart();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(5, TimeUnit.MINUTES);
        acknowledged.addAll(sent);
        assertThat(storage.lastDelivery("sender")).isEqualTo(sequence);
        assertThat(messages(storage)).containsExactlyInAnyOrderElementsOf(acknowledged);
      }
      assertThat(storage.stats().records()).isEqualTo(acknowledged.size());
    } finally {
      node.close();
    }
  }

  private static List<String> messages(long sequence) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      messages.add("delivery " + sequence + " record " + i);
    }
    return messages;
  }

  private static RecordBatch batch(List<String> messages) {
    return Batches.of(
        messages.stream()
            .map((message) -> new LogRecord(NOON, 9, message, List.of(new Field("app", "kill"))))
            .toArray(LogRecord[]::new));
  }

  private static List<String> messages(LogStorage storage) throws IOException {
    List<String> found = new ArrayList<>();
    storage.scan(
        ScanRequest.all(),
        (batch, rows, worker) -> {
          for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
            found.add(batch.record(row).message());
          }
          return true;
        });
    return found;
  }
}
