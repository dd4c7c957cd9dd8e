package io.logcaster.cluster.store;

import io.logcaster.cluster.KafkaSecurity;
import io.logcaster.cluster.log.ClusterProperties;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The program of a node that stores, with segments on disk. It ends in order with its input.
 *
 * <p>Arguments: the brokers, the topic, and the data directory.
 */
final class StoreProcess {

  /** Printed when what an earlier process had claimed is stored, and the node reads the topic. */
  static final String READY = "READY";

  private StoreProcess() {}

  public static void main(String[] args) throws Exception {
    ClusterProperties cluster =
        new ClusterProperties(
            List.of(args[0]), args[1], args[1], ClusterKillIT.PARTITIONS, 1, KafkaSecurity.NONE);
    Path directory = Path.of(args[2]);
    SegmentLogStorage storage = SegmentLogStorage.open(directory, SegmentOptions.defaults());
    InputContext context =
        new InputContext(
            new StorageIntake(storage),
            new InputMetrics("kafka-batches"),
            List.of("host", "app"),
            ZoneOffset.UTC,
            Clock.systemUTC());
    StoreInput input = new StoreInput(cluster, context, directory, false, List.of());
    input.start();
    Thread.ofVirtual()
        .start(
            () -> {
              while (input.stats().state() != InputStats.State.RUNNING) {
                LockSupport.parkNanos(10_000_000);
              }
              System.out.println(READY);
            });
    haltWithInput(
        () -> {
          input.stop();
          try {
            storage.close();
          } catch (IOException ex) {
            throw new UncheckedIOException(ex);
          }
        });
  }

  /** Ends this process when its standard input does, so that it does not outlive its test. */
  static void haltWithInput(Runnable last) {
    try {
      while (System.in.read() >= 0) {
        // Only the end says something.
      }
      last.run();
      Runtime.getRuntime().halt(0);
    } catch (IOException | RuntimeException ex) {
      ex.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }
}
