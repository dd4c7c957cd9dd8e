package io.logcaster.storage.opensearch;

import io.logcaster.query.OpenSearchQueryTimes;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordBatchBuilder;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Compares the storage with a client that sends the same documents, prepared beforehand, in bulk
 * requests of the same size over as many connections; then queries with the DSL that a person would
 * write for them. The two take turns, because what else a machine does changes by the minute.
 *
 * <p>{@code java -cp … -Dtest.opensearch=http://127.0.0.1:9200
 * io.logcaster.storage.opensearch.OpenSearchBenchmark DIRECTORY ROUNDS}, with log files below the
 * directory; with no rounds, only queries are run, on what was stored before.
 */
public final class OpenSearchBenchmark {

  private static final int RECORDS = 500_000;

  private static final int BATCH = 5_000;

  /** As the storage groups them. */
  private static final int REQUEST_BYTES = 4 << 20;

  private static final int CONNECTIONS = 2;

  private OpenSearchBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[1]);
    List<RecordBatch> batches = (rounds > 0) ? batches(Path.of(arguments[0])) : List.of();
    for (int round = 0; round < rounds; round++) {
      raw(batches);
      store(batches);
    }
    try (OpenSearchLogStorage storage =
        OpenSearchLogStorage.open(SearchNode.options("bench-store"))) {
      for (boolean isCached : new boolean[] {false, true}) {
        Shared.CLUSTER.send(
            "PUT",
            "/bench-store-records/_settings",
            "{\"index.requests.cache.enable\":" + isCached + "}");
        System.out.println(isCached ? "With the cache of requests:" : "Without:");
        OpenSearchQueryTimes.print(storage, OpenSearchBenchmark::search);
      }
    }
    System.exit(0);
  }

  /** Lines of the files in turn; the time, level, host, app and two fields are made up. */
  private static List<RecordBatch> batches(Path directory) throws IOException {
    List<List<String>> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        files.add(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
      }
    }
    files.removeIf(List::isEmpty);
    String[] levels = {"DEBUG", "INFO", "INFO", "INFO", "WARN", "ERROR"};
    List<RecordBatch> batches = new ArrayList<>();
    RecordBatchBuilder builder = RecordBatch.builder(List.of("host", "app"));
    int host = builder.column("host");
    int app = builder.column("app");
    int status = builder.column("status");
    int millis = builder.column("ms");
    long start = Timestamps.parse("2026-03-04T05:00:00Z");
    for (int i = 0; i < RECORDS; i++) {
      List<String> lines = files.get(i % files.size());
      builder.time(start + i * (10 * Timestamps.SECOND / 1000));
      builder.value(host, "host-" + i % 16);
      builder.value(app, "app-" + i % files.size());
      builder.value(status, Integer.toString(200 + (i * 31 % 7) * 50));
      builder.value(millis, Integer.toString(i * 7919 % 1000));
      builder.value(RecordBatchBuilder.LEVEL, levels[i * 17 % levels.length]);
      builder.value(RecordBatchBuilder.MESSAGE, lines.get(i / files.size() % lines.size()));
      builder.end();
      if (i % BATCH == BATCH - 1) {
        batches.add(builder.build());
      }
    }
    return batches;
  }

  private static void raw(List<RecordBatch> batches) throws Exception {
    SearchNode.drop("bench-raw");
    OpenSearchOptions options = SearchNode.options("bench-raw");
    List<byte[]> bodies = new ArrayList<>();
    BulkRequest request = new BulkRequest();
    request.begin(0);
    long number = 0;
    long size = 0;
    for (RecordBatch batch : batches) {
      request.add(batch);
      number += batch.size();
      size += batch.memoryBytes();
      if (size >= REQUEST_BYTES || number == RECORDS) {
        bodies.add(Arrays.copyOf(request.array(), request.length()));
        request.begin(number);
        size = 0;
      }
    }
    try (SearchCluster cluster = new SearchCluster(options);
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS)) {
      RecordIndices.open(cluster, options);
      Meter meter = new Meter(cluster);
      List<Future<?>> done = new ArrayList<>();
      for (byte[] body : bodies) {
        done.add(
            senders.submit(
                () -> {
                  try (InputStream answer =
                      cluster.open(
                          "POST",
                          "/" + options.records() + "/_bulk?filter_path=errors",
                          BodyPublishers.ofByteArray(body),
                          "x-ndjson")) {
                    if (!new String(answer.readAllBytes(), StandardCharsets.UTF_8)
                        .contains("false")) {
                      throw new IOException("Some documents were refused");
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
      meter.print("raw bulk, " + bodies.size() + " requests");
    }
  }

  private static void store(List<RecordBatch> batches) throws Exception {
    SearchNode.drop("bench-store");
    OpenSearchOptions options = SearchNode.options("bench-store");
    try (OpenSearchLogStorage storage = OpenSearchLogStorage.open(options);
        SearchCluster cluster = new SearchCluster(options)) {
      Meter meter = new Meter(cluster);
      List<CompletableFuture<Void>> done = new ArrayList<>();
      for (RecordBatch batch : batches) {
        done.add(storage.append(batch));
      }
      done.forEach(CompletableFuture::join);
      meter.print("storage");
    }
  }

  private static long search(String dsl) throws IOException {
    OpenSearchOptions options = SearchNode.options("bench-store");
    try (InputStream answer =
        Shared.CLUSTER.open(
            "POST", "/" + options.records() + "/_search", BodyPublishers.ofString(dsl), "json")) {
      return answer.readAllBytes().length;
    }
  }

  private static final class Shared {

    private static final SearchCluster CLUSTER = open();

    private static SearchCluster open() {
      try {
        return new SearchCluster(SearchNode.options("bench-store"));
      } catch (IOException ex) {
        throw new UncheckedIOException(ex);
      }
    }
  }

  /** Takes the time of a run, and the processor time of the node and of this process. */
  private static final class Meter {

    private final SearchCluster cluster;
    private final long begin;
    private final long node;
    private final long own;

    Meter(SearchCluster cluster) throws IOException {
      this.cluster = cluster;
      node = nodeMillis();
      own = ownMillis();
      begin = System.nanoTime();
    }

    private long nodeMillis() throws IOException {
      long millis = 0;
      for (var one : cluster.send("GET", "/_nodes/stats/process", null).path("nodes")) {
        millis += one.path("process").path("cpu").path("total_in_millis").asLong();
      }
      return millis;
    }

    private static long ownMillis() {
      return ((com.sun.management.OperatingSystemMXBean)
                  ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime()
          / 1_000_000;
    }

    void print(String what) throws IOException {
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%s: %,.0f records/s, %.1f s; CPU of the node %.1f s, here %.1f s%n",
          what,
          RECORDS / seconds,
          seconds,
          (nodeMillis() - node) / 1e3,
          (ownMillis() - own) / 1e3);
    }
  }
}
