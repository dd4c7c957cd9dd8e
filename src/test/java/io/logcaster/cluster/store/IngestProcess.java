package io.logcaster.cluster.store;

import io.logcaster.cluster.KafkaSecurity;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.cluster.log.KafkaLogStorage;
import io.logcaster.storage.InMemoryLogStorage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The program of a node that receives: appends numbered batches and prints the number of each that
 * is acknowledged, until it is killed or its input ends.
 *
 * <p>Arguments: the brokers, the topic, and the number of the first batch.
 */
final class IngestProcess {

  private IngestProcess() {}

  public static void main(String[] args) throws Exception {
    ClusterProperties cluster =
        new ClusterProperties(
            List.of(args[0]), args[1], args[1], ClusterKillIT.PARTITIONS, 1, KafkaSecurity.NONE);
    KafkaLogStorage log = new KafkaLogStorage(cluster, new InMemoryLogStorage(1));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Semaphore room = new Semaphore(32);
    Thread.ofVirtual().start(() -> StoreProcess.haltWithInput(() -> {}));
    for (int number = Integer.parseInt(args[2]); ; number++) {
      room.acquire();
      int appended = number;
      append(log, number)
          .whenComplete(
              (done, ex) -> {
                room.release();
                if (ex == null) {
                  out.println(appended);
                }
              });
      TimeUnit.MILLISECONDS.sleep(4);
    }
  }

  /** As the pipeline does: what is refused before anything was sent is appended again. */
  private static CompletableFuture<Void> append(KafkaLogStorage log, int number)
      throws InterruptedException {
    CompletableFuture<Void> done = log.append(ClusterStoreTest.batch(number));
    while (done.isCompletedExceptionally()) {
      TimeUnit.MILLISECONDS.sleep(50);
      done = log.append(ClusterStoreTest.batch(number));
    }
    return done;
  }
}
