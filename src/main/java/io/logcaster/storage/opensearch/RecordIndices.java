package io.logcaster.storage.opensearch;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.StorageStats;
import io.logcaster.storage.opensearch.SearchCluster.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The indices behind the data stream: what they hold, when a new one begins, and which are dropped.
 * Thread-safe.
 */
final class RecordIndices {

  private static final Logger LOG = LoggerFactory.getLogger(RecordIndices.class);

  /** How old the figures of the cluster may be; own records are added at once. */
  private static final long STATS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long ROLLOVER_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final SearchCluster cluster;
  private final OpenSearchOptions options;
  private StorageStats figures = new StorageStats(0, 0, 0, 0, 0, false);

  /** Counts changes by this server, so that figures from before a change are not taken. */
  private long changes;

  private long read;
  private long rolled;
  private boolean reading;

  private RecordIndices(SearchCluster cluster, OpenSearchOptions options) {
    this.cluster = cluster;
    this.options = options;
  }

  static RecordIndices open(SearchCluster cluster, OpenSearchOptions options) throws IOException {
    RecordIndices indices = new RecordIndices(cluster, options);
    indices.create();
    indices.figures = indices.measure();
    indices.read = System.nanoTime();
    indices.rolled = indices.read;
    return indices;
  }

  private void create() throws IOException {
    cluster.send("PUT", "/_index_template/" + options.records(), RecordIndex.template(options));
    try {
      cluster.send("PUT", "/_data_stream/" + options.records(), null);
    } catch (RefusedException ex) {
      if (!ex.is("resource_already_exists_exception")) {
        throw ex;
      }
    }
    cluster.send("POST", "/" + options.records() + "/_refresh", null);
  }

  /** Adds records to the figures. */
  synchronized void stored(RecordBatch batch) {
    changes++;
    if (batch.size() > 0) {
      figures =
          new StorageStats(
              figures.records() + batch.size(),
              figures.bytes() + batch.memoryBytes() / 4,
              figures.freeBytes(),
              Math.min(figures.minTime(), batch.minTime()),
              Math.max(figures.maxTime(), batch.maxTime()),
              false);
    }
  }

  /** Figures that include all records of this server, and those of others after some seconds. */
  StorageStats stats(boolean isReadOnly) {
    StorageStats now;
    synchronized (this) {
      now = figures;
      if (!reading && System.nanoTime() - read > STATS_NANOS) {
        reading = true;
        Thread.ofVirtual().name("opensearch-figures").start(this::renew);
      }
    }
    return new StorageStats(
        now.records(), now.bytes(), now.freeBytes(), now.minTime(), now.maxTime(), isReadOnly);
  }

  private void renew() {
    try {
      long before;
      synchronized (this) {
        before = changes;
      }
      cluster.send("POST", "/" + options.records() + "/_refresh", null);
      StorageStats fresh = measure();
      synchronized (this) {
        if (changes == before) {
          figures = fresh;
        } else {
          figures =
              new StorageStats(
                  figures.records(),
                  fresh.bytes(),
                  fresh.freeBytes(),
                  figures.minTime(),
                  figures.maxTime(),
                  false);
        }
      }
      if (System.nanoTime() - rolled > ROLLOVER_NANOS) {
        rollOver();
        rolled = System.nanoTime();
      }
    } catch (IOException | RuntimeException ex) {
      LOG.debug("The figures of the cluster could not be read", ex);
    } finally {
      synchronized (this) {
        reading = false;
        read = System.nanoTime();
      }
    }
  }

  private void rollOver() throws IOException {
    cluster.send(
        "POST",
        "/" + options.records() + "/_rollover",
        "{\"conditions\":{\"max_age\":\"1d\",\"max_size\":\"%db\"}}"
            .formatted(options.rolloverSize()));
  }

  private StorageStats measure() throws IOException {
    long records =
        cluster.send("GET", "/" + options.records() + "/_count", null).path("count").asLong();
    Long min = extreme(options.records(), "asc");
    Long max = extreme(options.records(), "desc");
    long free = Long.MAX_VALUE;
    for (JsonNode node :
        cluster.send("GET", "/_nodes/stats/fs?filter_path=nodes.*.fs.total", null).path("nodes")) {
      free =
          Math.min(
              free,
              node.path("fs").path("total").path("available_in_bytes").asLong(Long.MAX_VALUE));
    }
    return new StorageStats(
        records,
        bytes(options.records()),
        free,
        (min == null) ? Long.MAX_VALUE : min,
        (max == null) ? Long.MIN_VALUE : max,
        false);
  }

  private long bytes(String index) throws IOException {
    return cluster
        .send("GET", "/" + index + "/_stats/store?filter_path=_all.total.store", null)
        .path("_all")
        .path("total")
        .path("store")
        .path("size_in_bytes")
        .asLong();
  }

  /** The first or the last time of an index; null if it is empty. */
  private @Nullable Long extreme(String index, String order) throws IOException {
    JsonNode hits =
        cluster
            .send(
                "POST",
                "/" + index + "/_search",
                """
                {"size":1,"track_total_hits":false,"_source":["@timestamp"],
                 "sort":[{"@timestamp":"%s"}]}
                """
                    .formatted(order))
            .path("hits")
            .path("hits");
    return hits.isEmpty()
        ? null
        : Timestamps.parse(hits.path(0).path("_source").path(RecordIndex.TIME).asString());
  }

  /** Deletes some documents of a page; returns how many were still there. */
  long delete(RecordPage page, Bitmap rows) throws IOException {
    StringBuilder body = new StringBuilder();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      body.append("{\"delete\":{\"_index\":")
          .append(Dsl.text(page.indexes().get(row)))
          .append(",\"_id\":\"")
          .append(BulkRequest.id(page.numbers()[row]))
          .append("\"}}\n");
    }
    JsonNode answer =
        cluster.send(
            "POST",
            "/_bulk?filter_path=errors,items.*.result,items.*.status,items.*.error.reason",
            body.toString());
    long deleted = 0;
    String failure = null;
    for (JsonNode item : answer.path("items")) {
      JsonNode result = item.path("delete");
      if (result.path("result").asString("").equals("deleted")) {
        deleted++;
      } else if (result.path("status").asInt() != 404) {
        failure = result.path("error").path("reason").asString("unknown");
      }
    }
    remove(deleted);
    if (failure != null) {
      throw new IOException(
          "Only %d of %d records could be deleted: %s"
              .formatted(deleted, rows.cardinality(), failure));
    }
    return deleted;
  }

  private synchronized void remove(long records) {
    changes++;
    figures =
        new StorageStats(
            Math.max(0, figures.records() - records),
            figures.bytes(),
            figures.freeBytes(),
            figures.minTime(),
            figures.maxTime(),
            false);
    // The range of times may have changed.
    read = System.nanoTime() - STATS_NANOS;
  }

  /** An index of the past, which takes no more records. */
  private record Past(String index, long maxTime, long records) {}

  /** The indices of the past, oldest first. */
  private List<Past> past() throws IOException {
    JsonNode stream =
        cluster
            .send("GET", "/_data_stream/" + options.records(), null)
            .path("data_streams")
            .path(0)
            .path("indices");
    List<Past> found = new ArrayList<>();
    for (int i = 0; i < stream.size() - 1; i++) {
      String index = stream.path(i).path("index_name").asString();
      Long max = extreme(index, "desc");
      long records = cluster.send("GET", "/" + index + "/_count", null).path("count").asLong();
      found.add(new Past(index, (max == null) ? Long.MIN_VALUE : max, records));
    }
    found.sort(Comparator.comparingLong(Past::maxTime));
    return found;
  }

  private void drop(Past index) throws IOException {
    cluster.send("DELETE", "/" + index.index(), null);
    LOG.info("Dropped the index {}", index.index());
    remove(index.records());
  }

  /** Drops the indices whose records are all older than a time. */
  long dropBefore(long time) throws IOException {
    long dropped = 0;
    for (Past index : past()) {
      if (index.maxTime() < time) {
        drop(index);
        dropped += index.records();
      }
    }
    return dropped;
  }

  /** Drops the oldest indices until the others take at most so many bytes. */
  long shrinkTo(long bytes) throws IOException {
    long dropped = 0;
    long held = bytes(options.records());
    if (held <= bytes) {
      return 0;
    }
    for (Past index : past()) {
      if (held <= bytes) {
        break;
      }
      held -= bytes(index.index());
      drop(index);
      dropped += index.records();
    }
    return dropped;
  }
}
