package io.logcaster.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import io.logcaster.record.Timestamps;
import io.logcaster.s3.S3Server;
import io.logcaster.storage.BatchLog;
import io.logcaster.storage.Batches;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import io.logcaster.storage.segment.Tiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that finds its segments in object storage again knows their templates, too. */
class RestoredTemplatesTest {

  private static final long TODAY = 1_795_262_400L * Timestamps.SECOND;

  @TempDir Path directory;

  /** A storage of the same prefix with its registry. */
  private static final class Server implements AutoCloseable {

    final TemplateRegistry registry;
    final TemplateLearner learner;
    final SegmentLogStorage storage;

    Server(Path data, S3Server objects) throws IOException {
      registry = new TemplateRegistry(data, 1_000, 64 << 20, Clock.systemUTC());
      learner = new TemplateLearner(registry, true);
      storage =
          SegmentLogStorage.open(
              data,
              SegmentOptions.defaults(),
              learner,
              BatchLog.Hold.NONE,
              Tiers.options(objects, "one", 4 << 20));
    }

    void store(String message, int records) {
      storage
          .append(
              Batches.of(
                  IntStream.range(0, records)
                      .mapToObj((i) -> new LogRecord(TODAY + i, 9, message + i, List.of()))
                      .toArray(LogRecord[]::new)))
          .join();
    }

    /** Each template with its id and its count. */
    List<String> known() {
      return registry.read(
          (templates) ->
              templates
                  .map((known) -> known.id + " " + known.template() + " " + known.count)
                  .sorted()
                  .toList());
    }

    @Override
    public void close() throws IOException {
      storage.close();
      learner.close();
    }
  }

  @Test
  void emptyDisk_knowsTheTemplatesByTheirIds_andCountsOn() throws IOException {
    try (S3Server objects = new S3Server()) {
      List<String> before;
      try (Server server = new Server(directory.resolve("lost"), objects)) {
        server.store("request took ms ", 40);
        Tiers.move(server.storage);
        server.store("user logged in ", 20);
        Tiers.move(server.storage);
        before = server.known();
        assertThat(before).hasSize(2);
      }
      try (Server server = new Server(directory.resolve("new"), objects)) {
        assertThat(server.known()).isEqualTo(before);
        server.store("user logged in ", 5);
        server.storage.flushAll();
        assertThat(server.known())
            .hasSize(2)
            .anyMatch((known) -> known.contains("user") && known.endsWith(" 25"))
            .anyMatch((known) -> known.contains("request") && known.endsWith(" 40"));
      }
    }
  }

  @Test
  void snapshot_hasTheTemplatesOfSegmentsInObjectStorage() throws IOException {
    try (S3Server objects = new S3Server()) {
      Path snapshot = directory.resolve("snapshot");
      List<String> before;
      try (Server server = new Server(directory.resolve("data"), objects)) {
        server.store("request took ms ", 40);
        Tiers.move(server.storage);
        server.storage.snapshot(snapshot);
        before = server.known();
      }
      try (Server copy = new Server(snapshot, objects)) {
        assertThat(copy.known()).isEqualTo(before).hasSize(1);
        assertThat(copy.storage.stats().records()).isEqualTo(40);
      }
      assertThat(Files.exists(directory.resolve("data/tier-cache/learned"))).isFalse();
    }
  }
}
