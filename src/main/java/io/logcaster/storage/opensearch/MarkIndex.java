package io.logcaster.storage.opensearch;

import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.Deliveries;
import io.logcaster.storage.DeliveryOrderException;
import io.logcaster.storage.opensearch.SearchCluster.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The index of delivery marks. A document per client:
 *
 * <pre>
 * client    its name; the document's id is the SHA-256 of it
 * sequence  its last delivery
 * n         the number of the last record that was stored with that delivery
 * seen      grows with each mark that is written
 * </pre>
 *
 * <p>and one document {@code numbers}, whose {@code session} counts how often a writer asked for
 * numbers of records: it may use 2^40 numbers from {@code session * 2^40} on.
 *
 * <p>Several documents cannot be written as one. The mark of a delivery is therefore written after
 * its records, and only over the mark that was read last, so that of two servers with the same
 * client one fails. Records of a client with a larger number than its mark has were written by a
 * server that died before it wrote the mark. Nobody was told that they are stored; they are removed
 * before the next delivery of the client is written.
 *
 * <p>Thread-safe.
 */
final class MarkIndex {

  private static final Logger LOG = LoggerFactory.getLogger(MarkIndex.class);

  private static final int NUMBER_BITS = 40;

  /** Clients that are read at once. */
  private static final int PAGE = 5000;

  private static final String NUMBERS = "numbers";

  private final SearchCluster cluster;
  private final String index;
  private final String records;
  private final Deliveries deliveries = new Deliveries();

  /** The version of each client's document, for writing over just that. */
  private final Map<String, Version> versions = new HashMap<>();

  /** Clients that this server wrote for, so that nothing of a dead one is left. */
  private final Set<String> clean = new HashSet<>();

  private long seen;
  private long nextNumber;
  private long lastNumber = -1;

  private record Version(long sequence, long term, long lastRecord) {}

  private MarkIndex(SearchCluster cluster, OpenSearchOptions options) {
    this.cluster = cluster;
    index = options.marks();
    records = options.records();
  }

  static MarkIndex open(SearchCluster cluster, OpenSearchOptions options) throws IOException {
    MarkIndex marks = new MarkIndex(cluster, options);
    marks.create(options);
    marks.read();
    marks.takeNumbers();
    return marks;
  }

  private void create(OpenSearchOptions options) throws IOException {
    String body =
        """
        {"settings":{"index.number_of_shards":1,"index.number_of_replicas":%d},
         "mappings":{"dynamic":false,"properties":{
          "client":{"type":"keyword"},"sequence":{"type":"long"},
          "n":{"type":"long"},"seen":{"type":"long"},"session":{"type":"long"}}}}
        """
            .formatted(options.replicas());
    try {
      cluster.send("PUT", "/" + index, body);
    } catch (RefusedException ex) {
      if (!ex.is("resource_already_exists_exception")) {
        throw ex;
      }
    }
  }

  private synchronized void read() throws IOException {
    cluster.send("POST", "/" + index + "/_refresh", null);
    long after = -1;
    JsonNode hits;
    do {
      hits =
          cluster
              .send(
                  "POST",
                  "/" + index + "/_search",
                  """
                  {"size":%d,"seq_no_primary_term":true,"query":{"exists":{"field":"client"}},
                   "sort":[{"seen":"asc"}],"search_after":[%d]}
                  """
                      .formatted(PAGE, after))
              .path("hits")
              .path("hits");
      for (JsonNode hit : hits) {
        after = hit.path("_source").path("seen").asLong();
        seen = Math.max(seen, after);
        take(hit.path("_source"), hit);
      }
    } while (hits.size() == PAGE);
  }

  private void take(JsonNode mark, JsonNode document) {
    String client = mark.path("client").asString();
    versions.put(
        client,
        new Version(
            document.path("_seq_no").asLong(),
            document.path("_primary_term").asLong(),
            mark.path("n").asLong()));
    forget(deliveries.put(client, mark.path("sequence").asLong()));
  }

  /** Clients that are no longer known, whose documents are to be deleted. */
  private final List<String> forgotten = new ArrayList<>();

  private void forget(@Nullable String client) {
    if (client != null) {
      versions.remove(client);
      clean.remove(client);
      forgotten.add(client);
    }
  }

  /** Reserves numbers for records; the first of them. */
  synchronized long numbers(int count) throws IOException {
    if (lastNumber - nextNumber + 1 < count) {
      takeNumbers();
    }
    long first = nextNumber;
    nextNumber += count;
    return first;
  }

  private synchronized void takeNumbers() throws IOException {
    while (true) {
      JsonNode found = cluster.find("/" + index + "/_doc/" + NUMBERS);
      boolean exists = found != null && found.path("found").asBoolean();
      long session =
          (found != null && exists) ? found.path("_source").path("session").asLong() + 1 : 1;
      String condition =
          (found != null && exists)
              ? "?if_seq_no="
                  + found.path("_seq_no").asLong()
                  + "&if_primary_term="
                  + found.path("_primary_term").asLong()
              : "?op_type=create";
      try {
        cluster.send(
            "PUT", "/" + index + "/_doc/" + NUMBERS + condition, "{\"session\":" + session + "}");
        nextNumber = session << NUMBER_BITS;
        lastNumber = nextNumber + (1L << NUMBER_BITS) - 1;
        return;
      } catch (RefusedException ex) {
        if (ex.status() != 409) {
          throw ex;
        }
        // Another server took this session.
      }
    }
  }

  /** Admits a batch, see {@link Deliveries#admit}. */
  void admit(RecordBatch batch) throws DeliveryOrderException {
    deliveries.admit(batch);
  }

  void withdraw() {
    deliveries.withdraw();
  }

  /** Removes what a server that died left of a client's deliveries. */
  void clean(RecordBatch batch) throws IOException {
    DeliveryMark mark = batch.mark();
    if (mark == null || batch.size() == 0) {
      return;
    }
    String query;
    synchronized (this) {
      if (clean.contains(mark.client())) {
        return;
      }
      Version version = versions.get(mark.client());
      query =
          "{\"query\":"
              + Dsl.and(
                  List.of(
                      Dsl.term(RecordIndex.SENDER, mark.client()),
                      "{\"range\":{\"n\":{\"gt\":%d}}}"
                          .formatted((version == null) ? -1 : version.lastRecord())))
              + "}";
    }
    if (cluster.send("POST", "/" + records + "/_count", query).path("count").asLong() > 0) {
      long removed =
          cluster
              .send("POST", "/" + records + "/_delete_by_query?refresh=true", query)
              .path("deleted")
              .asLong();
      LOG.info(
          "Removed {} records of a delivery of '{}' that was not completed",
          removed,
          mark.client());
    }
    synchronized (this) {
      clean.add(mark.client());
    }
  }

  /**
   * Writes the marks of batches whose records are stored.
   *
   * @param last the number of each batch's last record
   * @throws IOException if a mark could not be written, or another server wrote one meanwhile
   */
  void write(List<RecordBatch> batches, long[] last) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    synchronized (this) {
      for (int i = 0; i < batches.size(); i++) {
        DeliveryMark mark = batches.get(i).mark();
        if (mark != null) {
          Version version = versions.get(mark.client());
          long before = (version == null) ? -1 : version.lastRecord();
          long number = Math.max(last[i], numbers.getOrDefault(mark.client(), before));
          numbers.put(mark.client(), number);
          lines.remove(mark.client());
          lines.put(mark.client(), line(mark, number, version));
        }
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder body = new StringBuilder();
    lines.values().forEach(body::append);
    List<String> gone;
    synchronized (this) {
      gone = List.copyOf(forgotten);
    }
    gone.forEach(
        (client) -> body.append("{\"delete\":{\"_id\":\"").append(id(client)).append("\"}}\n"));
    JsonNode answer = cluster.send("POST", "/" + index + "/_bulk", body.toString());
    int item = 0;
    IOException failure = null;
    for (String client : lines.keySet()) {
      JsonNode result = answer.path("items").path(item++);
      result = result.has("create") ? result.path("create") : result.path("index");
      if (result.path("status").asInt() >= 300) {
        failure =
            new IOException(
                "The delivery of '" + client + "' could not be noted: " + result.path("error"));
        refresh(client);
      } else {
        synchronized (this) {
          versions.put(
              client,
              new Version(
                  result.path("_seq_no").asLong(),
                  result.path("_primary_term").asLong(),
                  numbers.getOrDefault(client, -1L)));
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    synchronized (this) {
      forgotten.removeAll(gone);
      for (RecordBatch batch : batches) {
        forget(deliveries.commit(batch));
      }
    }
  }

  private String line(DeliveryMark mark, long number, @Nullable Version version) {
    // The document of a forgotten client may still be there.
    String condition =
        forgotten.remove(mark.client())
            ? ""
            : (version == null)
                ? ",\"op_type\":\"create\""
                : ",\"if_seq_no\":" + version.sequence() + ",\"if_primary_term\":" + version.term();
    return "{\"index\":{\"_id\":\"%s\"%s}}\n{\"client\":%s,\"sequence\":%d,\"n\":%d,\"seen\":%d}\n"
        .formatted(
            id(mark.client()), condition, Dsl.text(mark.client()), mark.sequence(), number, ++seen);
  }

  /** The last delivery of a client, which another server may have stored. */
  long last(String client) throws IOException {
    return refresh(client);
  }

  private long refresh(String client) throws IOException {
    JsonNode found = cluster.find("/" + index + "/_doc/" + id(client));
    synchronized (this) {
      if (found == null || !found.path("found").asBoolean() || forgotten.contains(client)) {
        return deliveries.last(client);
      }
      long sequence = found.path("_source").path("sequence").asLong();
      Version known = versions.get(client);
      if (known == null || known.sequence() != found.path("_seq_no").asLong()) {
        take(found.path("_source"), found);
        clean.remove(client);
      }
      return sequence;
    }
  }

  private static String id(String client) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(client.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("Every Java platform has SHA-256", ex);
    }
  }
}
