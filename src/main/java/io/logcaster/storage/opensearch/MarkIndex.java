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
 * <p>and the document of {@link RecordNumbers}.
 *
 * <p>Several documents cannot be written as one. The mark of a delivery is therefore written after
 * its records, and only over the mark that was read last, so that of two servers with the same
 * client one fails. Records of a client with a larger number than its mark has were written by a
 * server that died before it wrote the mark. Nobody was told that they are stored; they are removed
 * before the next delivery of the client is written. The mark is written anew before that, so that
 * a server that did not die cannot write its own over it, and numbers are taken that are larger
 * than those of the server before.
 *
 * <p>Thread-safe.
 */
final class MarkIndex {

  private static final Logger LOG = LoggerFactory.getLogger(MarkIndex.class);

  /** Clients that are read at once. */
  private static final int PAGE = 5000;

  private final SearchCluster cluster;
  private final String index;
  private final String records;
  private final Deliveries deliveries = new Deliveries();

  /** The version of each client's document, for writing over just that. */
  private final Map<String, Version> versions = new HashMap<>();

  /** Clients that this server wrote for, so that nothing of a dead one is left. */
  private final Set<String> clean = new HashSet<>();

  private long seen;
  private final RecordNumbers numbers;

  private record Version(long sequence, long term, long lastRecord) {}

  private MarkIndex(SearchCluster cluster, OpenSearchOptions options) {
    this.cluster = cluster;
    index = options.marks();
    records = options.records();
    numbers = new RecordNumbers(cluster, index);
  }

  static MarkIndex open(SearchCluster cluster, OpenSearchOptions options) throws IOException {
    MarkIndex marks = new MarkIndex(cluster, options);
    marks.create(options);
    marks.read();
    marks.numbers.begin();
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
  long numbers(int count) throws IOException {
    return numbers.take(count);
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
      fence(mark.client());
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
   * Writes the mark of a client again as it is, so that another server can no longer write over it.
   *
   * @throws IOException if another server wrote it meanwhile
   */
  private void fence(String client) throws IOException {
    String id = id(client);
    String condition;
    String mark;
    synchronized (this) {
      Version version = versions.get(client);
      condition =
          (version == null)
              ? "?op_type=create"
              : "?if_seq_no=" + version.sequence() + "&if_primary_term=" + version.term();
      mark =
          "{\"client\":%s,\"sequence\":%d,\"n\":%d,\"seen\":%d}"
              .formatted(
                  Dsl.text(client),
                  deliveries.last(client),
                  (version == null) ? -1 : version.lastRecord(),
                  ++seen);
    }
    try {
      JsonNode written = cluster.send("PUT", "/" + index + "/_doc/" + id + condition, mark);
      synchronized (this) {
        Version before = versions.get(client);
        versions.put(
            client,
            new Version(
                written.path("_seq_no").asLong(),
                written.path("_primary_term").asLong(),
                (before == null) ? -1 : before.lastRecord()));
      }
    } catch (RefusedException ex) {
      refresh(client);
      throw ex;
    }
  }

  /**
   * Writes the marks of batches whose records are stored.
   *
   * @param last the number of each batch's last record
   * @param lost clients of which another server wrote a mark meanwhile: their batches are left out,
   *     and those that are found are added
   * @throws IOException if a mark could not be written; the call may be repeated
   */
  void write(List<RecordBatch> batches, long[] last, Set<String> lost) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    Map<String, Long> ends = new HashMap<>();
    Map<String, Long> sequences = new HashMap<>();
    synchronized (this) {
      for (int i = 0; i < batches.size(); i++) {
        DeliveryMark mark = batches.get(i).mark();
        if (mark != null && !lost.contains(mark.client())) {
          sequences.put(mark.client(), mark.sequence());
          Version version = versions.get(mark.client());
          long before = (version == null) ? -1 : version.lastRecord();
          long number = Math.max(last[i], ends.getOrDefault(mark.client(), before));
          ends.put(mark.client(), number);
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
      int status = result.path("status").asInt();
      if (status == 409) {
        if (!wrote(client, sequences.getOrDefault(client, -1L), ends.getOrDefault(client, -1L))) {
          lost.add(client);
        }
      } else if (status >= 300) {
        failure =
            new IOException(
                "The delivery of '" + client + "' could not be noted: " + result.path("error"));
      } else {
        synchronized (this) {
          versions.put(
              client,
              new Version(
                  result.path("_seq_no").asLong(),
                  result.path("_primary_term").asLong(),
                  ends.getOrDefault(client, -1L)));
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
    synchronized (this) {
      forgotten.removeAll(gone);
      if (!lost.isEmpty()) {
        deliveries.withdraw();
      }
      for (RecordBatch batch : batches) {
        DeliveryMark mark = batch.mark();
        if (mark == null || !lost.contains(mark.client())) {
          forget(deliveries.commit(batch));
        }
      }
    }
  }

  /** Whether a mark is this server's own, written by an attempt that was not answered. */
  private boolean wrote(String client, long sequence, long number) throws IOException {
    long found = refresh(client);
    synchronized (this) {
      Version version = versions.get(client);
      return found == sequence && version != null && version.lastRecord() == number;
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
        numbers.exceed(found.path("_source").path("n").asLong());
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
