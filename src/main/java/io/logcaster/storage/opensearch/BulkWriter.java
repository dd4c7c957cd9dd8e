package io.logcaster.storage.opensearch;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.storage.opensearch.SearchCluster.RefusedException;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A thread that writes batches: it takes all that wait, sends their documents as one bulk request,
 * writes the delivery marks and completes the futures. Documents that the cluster had no room or no
 * time for are sent again until it takes them; while that lasts, {@link #isStuck} makes the storage
 * refuse others, as for a full disk.
 */
final class BulkWriter {

  private static final Logger LOG = LoggerFactory.getLogger(BulkWriter.class);

  /** Batches that may wait; with more, an append blocks. */
  private static final int QUEUE = 64;

  /** A request ends with the batch that reaches this size: what OpenSearch advises at most. */
  private static final int MAX_BYTES = 8 << 20;

  private final SearchCluster cluster;
  private final OpenSearchOptions options;
  private final MarkIndex marks;
  private final Stored stored;
  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE);
  private final BulkRequest request = new BulkRequest();
  private final Thread thread;

  private final Patience patience = new Patience();

  /** Told of batches before their futures complete. */
  interface Stored {

    void stored(RecordBatch batch);
  }

  private record Pending(RecordBatch batch, CompletableFuture<Void> done) {}

  BulkWriter(
      SearchCluster cluster, OpenSearchOptions options, MarkIndex marks, Stored stored, int id) {
    this.cluster = cluster;
    this.options = options;
    this.marks = marks;
    this.stored = stored;
    thread = LongLived.start("opensearch-writer-" + id, this::write);
  }

  /** Why the cluster takes no records at present; null if it does. */
  @Nullable String isStuck() {
    return patience.trouble();
  }

  CompletableFuture<Void> append(RecordBatch batch) {
    Pending pending = new Pending(batch, new CompletableFuture<>());
    try {
      while (!queue.offer(pending, 1, TimeUnit.SECONDS)) {
        String why = patience.trouble();
        if (why != null || patience.isClosed()) {
          return CompletableFuture.failedFuture(refusal(why));
        }
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(new IOException("Interrupted while waiting", ex));
    }
    if (patience.isClosed() && queue.remove(pending)) {
      pending.done().completeExceptionally(refusal(null));
    }
    return pending.done();
  }

  static IOException refusal(@Nullable String why) {
    return (why == null)
        ? new IOException("The storage is closed")
        : new StorageReadOnlyException("OpenSearch takes no records: " + why);
  }

  private void write() {
    List<Pending> group = new ArrayList<>();
    while (!patience.isClosed() || !queue.isEmpty()) {
      try {
        take(group);
      } catch (InterruptedException ex) {
        continue; // closed: the waiting batches are still written
      }
      try {
        store(group);
      } catch (IOException | RuntimeException | Error ex) {
        // An error such as a lack of memory must fail this group only, not all later ones.
        LOG.debug("A group could not be stored", ex);
        marks.withdraw();
        IOException failure =
            (ex instanceof IOException io)
                ? io
                : new IOException("The records could not be stored: " + ex, ex);
        group.forEach((pending) -> pending.done().completeExceptionally(failure));
      }
      group.clear();
    }
  }

  private void take(List<Pending> group) throws InterruptedException {
    Pending pending = queue.take();
    long bytes = 0;
    while (pending != null) {
      try {
        marks.admit(pending.batch());
        group.add(pending);
        bytes += pending.batch().memoryBytes();
      } catch (IOException ex) {
        pending.done().completeExceptionally(ex);
      }
      pending = (bytes < MAX_BYTES / 2) ? queue.poll() : null;
    }
  }

  private void store(List<Pending> group) throws IOException {
    if (group.isEmpty()) {
      return;
    }
    List<RecordBatch> batches = group.stream().map(Pending::batch).toList();
    int rows = batches.stream().mapToInt(RecordBatch::size).sum();
    long first = patience.persist(() -> marks.numbers(rows));
    request.begin(first);
    long[] last = new long[batches.size()];
    int[] ends = new int[batches.size()];
    for (int i = 0; i < batches.size(); i++) {
      RecordBatch batch = batches.get(i);
      patience.persist(
          () -> {
            marks.clean(batch);
            return 0L;
          });
      request.add(batch);
      last[i] = (batch.size() == 0) ? -1 : request.number(request.documents() - 1);
      ends[i] = request.documents();
    }
    String[] errors = new String[rows];
    send(errors);
    finish(group, last, ends, errors);
  }

  /** Sends the documents until each is stored or has an error that does not pass. */
  private void send(String[] errors) throws IOException {
    BitSet open = new BitSet(errors.length);
    open.set(0, errors.length);
    long begin = System.nanoTime();
    long pause = Patience.FIRST_PAUSE_MILLIS;
    int most = errors.length;
    while (!open.isEmpty()) {
      int[] documents = open.stream().limit(most).toArray();
      try {
        String why = send(documents, open, errors);
        if (why == null) {
          patience.succeeded();
          pause = Patience.FIRST_PAUSE_MILLIS;
          begin = System.nanoTime();
        } else {
          pause = patience.pause(begin, pause, why, null);
        }
      } catch (RefusedException ex) {
        if (ex.status() == 413 && documents.length > 1) {
          most = documents.length / 2;
        } else if (ex.status() == 413) {
          errors[documents[0]] = "it is too large for the cluster";
          open.clear(documents[0]);
        } else if (Patience.isPassing(ex)) {
          pause = patience.pause(begin, pause, String.valueOf(ex.getMessage()), ex);
        } else {
          throw ex;
        }
      } catch (IOException ex) {
        pause = patience.pause(begin, pause, String.valueOf(ex.getMessage()), ex);
      }
    }
  }

  /** Sends documents once. Returns why some have to be sent again; null if none. */
  private @Nullable String send(int[] documents, BitSet open, String[] errors) throws IOException {
    byte[] body = body(documents);
    int length = length(documents);
    try (InputStream answer =
        cluster.open(
            "POST",
            "/"
                + options.records()
                + "/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason",
            BodyPublishers.ofByteArray(body, 0, length),
            "x-ndjson")) {
      byte[] text = answer.readAllBytes();
      if (isFlawless(text)) {
        Arrays.stream(documents).forEach(open::clear);
        return null;
      }
      return results(SearchCluster.JSON.readTree(text), documents, open, errors);
    } catch (JacksonException ex) {
      throw new IOException("The answer to a bulk request cannot be read: " + ex.getMessage(), ex);
    }
  }

  /** Whether the answer begins by saying that there are no errors, so that no item is looked at. */
  private static boolean isFlawless(byte[] answer) {
    byte[] start = "{\"errors\":false".getBytes(StandardCharsets.US_ASCII);
    return answer.length >= start.length
        && Arrays.equals(answer, 0, start.length, start, 0, start.length);
  }

  private static @Nullable String results(
      JsonNode answer, int[] documents, BitSet open, String[] errors) throws IOException {
    JsonNode items = answer.path("items");
    if (items.size() != documents.length) {
      throw new IOException(
          "A bulk request of %d documents was answered for %d"
              .formatted(documents.length, items.size()));
    }
    String why = null;
    for (int i = 0; i < documents.length; i++) {
      JsonNode item = items.path(i).path("create");
      int status = item.path("status").asInt();
      // 409: an earlier attempt stored it.
      if (status < 300 || status == 409) {
        open.clear(documents[i]);
      } else if (Patience.isPassing(status)) {
        why = reason(item);
      } else {
        errors[documents[i]] = reason(item);
        open.clear(documents[i]);
      }
    }
    return why;
  }

  private static String reason(JsonNode item) {
    return item.path("error").path("type").asString()
        + ": "
        + item.path("error").path("reason").asString();
  }

  private byte[] body(int[] documents) {
    if (documents.length == request.documents()) {
      return request.array();
    }
    byte[] part = new byte[length(documents)];
    int at = 0;
    for (int document : documents) {
      int start = request.start(document);
      int length = request.end(document) - start;
      System.arraycopy(request.array(), start, part, at, length);
      at += length;
    }
    return part;
  }

  private int length(int[] documents) {
    if (documents.length == request.documents()) {
      return request.length();
    }
    int length = 0;
    for (int document : documents) {
      length += request.end(document) - request.start(document);
    }
    return length;
  }

  /** Fails the batches with documents that cannot be stored, and notes and answers the others. */
  private void finish(List<Pending> group, long[] last, int[] ends, String[] errors)
      throws IOException {
    List<RecordBatch> whole = new ArrayList<>();
    List<Pending> good = new ArrayList<>();
    List<int[]> documents = new ArrayList<>();
    long[] numbers = new long[group.size()];
    int start = 0;
    for (int i = 0; i < ends.length; i++) {
      String error = null;
      for (int document = start; document < ends[i] && error == null; document++) {
        error = errors[document];
      }
      if (error != null) {
        remove(start, ends[i]);
        marks.withdraw();
        group
            .get(i)
            .done()
            .completeExceptionally(
                new IOException("OpenSearch refuses a record of the batch: " + error));
      } else {
        numbers[good.size()] = last[i];
        good.add(group.get(i));
        documents.add(new int[] {start, ends[i]});
        whole.add(group.get(i).batch());
      }
      start = ends[i];
    }
    Set<String> lost = new HashSet<>();
    try {
      patience.persist(
          () -> {
            marks.write(whole, numbers, lost);
            return 0L;
          });
    } catch (IOException ex) {
      remove(0, request.documents());
      throw ex;
    }
    List<int[]> orphans = new ArrayList<>();
    for (int i = 0; i < good.size(); i++) {
      RecordBatch batch = whole.get(i);
      if (batch.mark() != null && lost.contains(batch.mark().client())) {
        orphans.add(documents.get(i));
      } else {
        stored.stored(batch);
        good.get(i).done().complete(null);
      }
    }
    for (int[] orphan : orphans) {
      remove(orphan[0], orphan[1]);
    }
    // All others are complete.
    good.forEach(
        (pending) ->
            pending
                .done()
                .completeExceptionally(
                    new IOException("Another server stored a delivery of the same client")));
  }

  /** Removes documents of a batch that failed. */
  private void remove(int from, int to) throws IOException {
    if (from < to) {
      String query =
          "{\"query\":{\"range\":{\"n\":{\"gte\":%d,\"lte\":%d}}}}"
              .formatted(request.number(from), request.number(to - 1));
      patience.persist(
          () -> {
            cluster.send("POST", "/" + options.records() + "/_refresh", null);
            cluster.send("POST", "/" + options.records() + "/_delete_by_query?refresh=true", query);
            return 0L;
          });
    }
  }

  /** Writes what waits, unless the cluster takes nothing, and ends. */
  void close() {
    patience.close();
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException ex) {
        interrupted = true;
      }
    }
    @Nullable Pending late;
    while ((late = queue.poll()) != null) {
      late.done().completeExceptionally(refusal(null));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
