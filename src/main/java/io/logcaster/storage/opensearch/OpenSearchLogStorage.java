package io.logcaster.storage.opensearch;

import io.logcaster.record.Bitmap;
import io.logcaster.record.DeliveryMark;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RetentionRule;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.ScanTrace.Count;
import io.logcaster.storage.StorageStats;
import io.logcaster.storage.StorageUpkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores records as documents in OpenSearch or Elasticsearch; {@link RecordIndex} specifies them.
 *
 * <p>A record is durable when the cluster has answered the bulk request, because its translog is
 * synced by then. It is found after the next refresh of its index: a scan refreshes first if this
 * storage wrote something since.
 *
 * <p>The cluster looks up what it can of a filter; the filter itself decides on what it found.
 * Several servers may share a cluster; see {@link MarkIndex} for how they share clients.
 */
public final class OpenSearchLogStorage implements LogStorage, StorageUpkeep {

  private static final Logger LOG = LoggerFactory.getLogger(OpenSearchLogStorage.class);

  private final OpenSearchOptions options;
  private final SearchCluster cluster;
  private final MarkIndex marks;
  private final List<BulkWriter> writers = new ArrayList<>();
  private final AtomicInteger nextWriter = new AtomicInteger();
  private final RecordIndices indices;

  /** Counts what was written, and up to where it is visible. */
  private final AtomicLong written = new AtomicLong();

  private final Object refreshing = new Object();
  private long visible;

  private OpenSearchLogStorage(OpenSearchOptions options, SearchCluster cluster)
      throws IOException {
    this.options = options;
    this.cluster = cluster;
    cluster.recognize();
    indices = RecordIndices.open(cluster, options);
    marks = MarkIndex.open(cluster, options);
    for (int i = 0; i < options.writers(); i++) {
      writers.add(new BulkWriter(cluster, options, marks, this::stored, i));
    }
    LOG.info("Records are stored in {}, data stream {}", cluster.dialect(), options.records());
  }

  /**
   * Opens the storage, and creates its data stream where it does not exist.
   *
   * @throws IOException if the cluster cannot be reached or refuses
   */
  public static OpenSearchLogStorage open(OpenSearchOptions options) throws IOException {
    SearchCluster cluster = new SearchCluster(options);
    try {
      return new OpenSearchLogStorage(options, cluster);
    } catch (IOException | RuntimeException ex) {
      cluster.close();
      throw ex;
    }
  }

  @Override
  public CompletableFuture<Void> append(RecordBatch batch) {
    DeliveryMark mark = batch.mark();
    if (batch.size() == 0 && mark == null) {
      return CompletableFuture.completedFuture(null);
    }
    // Marks are written in the order in which their batches came, so by one writer.
    int choice = (mark == null) ? Math.floorMod(nextWriter.getAndIncrement(), writers.size()) : 0;
    BulkWriter writer = writers.get(choice);
    String trouble = writer.isStuck();
    return (trouble == null)
        ? writer.append(batch)
        : CompletableFuture.failedFuture(BulkWriter.refusal(trouble));
  }

  private void stored(RecordBatch batch) {
    written.incrementAndGet();
    indices.stored(batch);
  }

  /** Makes everything visible that was stored before the call. */
  private void refresh() throws IOException {
    long needed = written.get();
    synchronized (refreshing) {
      if (visible < needed) {
        long reached = written.get();
        cluster.send("POST", "/" + options.records() + "/_refresh", null);
        visible = reached;
      }
    }
  }

  @Override
  public void scan(ScanRequest request, BatchConsumer consumer) throws IOException {
    refresh();
    CriterionQuery query = CriterionQuery.of(request.filter().criterion());
    request.trace().lookedUp(query.atMost(), query.isComplete());
    if (request.cancelled().getAsBoolean()) {
      consumer.end();
      return;
    }
    if (!query.isComplete() || !count(request, query, consumer)) {
      read(request, query, consumer);
    }
    consumer.end();
  }

  /** Lets the consumer take counts instead of records; returns whether it did. */
  private boolean count(ScanRequest request, CriterionQuery query, BatchConsumer consumer)
      throws IOException {
    CountedRange range =
        new CountedRange(
            new Aggregations(
                cluster,
                options.records(),
                query,
                CriterionQuery.times(request.minTime(), request.maxTime()),
                request.trace()),
            request.minTime(),
            request.maxTime());
    long begin = System.nanoTime();
    try {
      boolean taken = consumer.acceptUnread(range, 0);
      if (taken && request.filter().mayMatch(range)) { // counted as a block that was not pruned
        request.trace().add(Count.BLOCKS, 1);
        request.trace().add(Count.BLOCKS_COUNTED, 1);
      }
      return taken;
    } catch (UncheckedIOException ex) {
      throw ex.getCause();
    } finally {
      request.trace().add(Count.CHOOSE_NANOS, System.nanoTime() - begin);
    }
  }

  private RecordPages pages(ScanRequest request, CriterionQuery query) {
    return new RecordPages(
        cluster,
        options.records(),
        Dsl.and(
            List.of(query.atMost(), CriterionQuery.times(request.minTime(), request.maxTime()))),
        request.order(),
        RecordPages.columns(request));
  }

  private void read(ScanRequest request, CriterionQuery query, BatchConsumer consumer)
      throws IOException {
    try (RecordPages pages = pages(request, query)) {
      boolean wanted = true;
      while (wanted && !request.cancelled().getAsBoolean()) {
        long begin = System.nanoTime();
        RecordPage page = pages.next();
        request.trace().add(Count.CHOOSE_NANOS, System.nanoTime() - begin);
        if (page == null) {
          return;
        }
        request.trace().add(Count.BLOCKS, 1);
        request.trace().add(Count.BYTES_READ, page.bytes());
        wanted = take(request, page.batch(), consumer) && mayMatchRest(request, page.batch());
      }
    }
  }

  /** Whether the filter may pass records behind a page, which a sort with enough rows does not. */
  private static boolean mayMatchRest(ScanRequest request, RecordBatch page) {
    return switch (request.order()) {
      case ANY -> true;
      case NEWEST_FIRST ->
          request.filter().mayMatch(new RestOfScan(request.minTime(), page.minTime()));
      case OLDEST_FIRST ->
          request.filter().mayMatch(new RestOfScan(page.maxTime(), request.maxTime()));
    };
  }

  private static boolean take(ScanRequest request, RecordBatch batch, BatchConsumer consumer) {
    if (!request.filter().mayMatch(BlockSummary.of(batch))) {
      // Pages in the order of time only get worse; in any order the next one may match.
      return request.order() == ScanRequest.Order.ANY;
    }
    request.trace().add(Count.BLOCKS_READ, 1);
    long begin = System.nanoTime();
    Bitmap rows = request.select(batch);
    long selected = System.nanoTime();
    request.trace().add(Count.FILTER_NANOS, selected - begin);
    if (rows.isEmpty()) {
      return true;
    }
    try {
      return consumer.accept(batch, rows, 0);
    } finally {
      request.trace().add(Count.TAKE_NANOS, System.nanoTime() - selected);
    }
  }

  @Override
  public long delete(ScanRequest request) throws IOException {
    refresh();
    CriterionQuery query = CriterionQuery.of(request.filter().criterion());
    long deleted = 0;
    ScanRequest all = request.inOrder(ScanRequest.Order.ANY).onWorkers(1);
    try (RecordPages pages =
        pages(
            new ScanRequest(
                all.minTime(),
                all.maxTime(),
                all.filter(),
                all.order(),
                null,
                1,
                all.cancelled(),
                all.trace()),
            query)) {
      RecordPage page = null;
      while (!request.cancelled().getAsBoolean() && (page = pages.next()) != null) {
        Bitmap rows = request.select(page.batch());
        deleted += rows.isEmpty() ? 0 : indices.delete(page, rows);
      }
    } finally {
      cluster.send("POST", "/" + options.records() + "/_refresh", null);
    }
    return deleted;
  }

  @Override
  public long lastDelivery(String client) {
    try {
      return marks.last(client);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public StorageStats stats() {
    return indices.stats(refusal() != null);
  }

  @Override
  public @Nullable String refusal() {
    return writers.stream()
        .map(BulkWriter::isStuck)
        .filter(Objects::nonNull)
        .findFirst()
        .map((why) -> String.valueOf(BulkWriter.refusal(why).getMessage()))
        .orElse(null);
  }

  @Override
  public List<String> damage() {
    return List.of();
  }

  @Override
  public long dropBefore(long time) throws IOException {
    refresh();
    long dropped = indices.dropBefore(time);
    return dropped + delete(ScanRequest.all().between(Long.MIN_VALUE, time - Timestamps.DAY));
  }

  @Override
  public long shrinkTo(long bytes) throws IOException {
    return indices.shrinkTo(bytes);
  }

  @Override
  public long apply(List<RetentionRule> rules, long now) throws IOException {
    long deleted = 0;
    for (RetentionRule rule : rules) {
      long end = now - rule.maxAge().toNanos();
      deleted += delete(ScanRequest.all().between(Long.MIN_VALUE, end).where(rule.filter()));
    }
    return deleted;
  }

  @Override
  public boolean hasFiles() {
    return false;
  }

  @Override
  public void snapshot(Path directory) throws IOException {
    throw new IOException(
        "The records are in OpenSearch: take a snapshot there, of the data stream "
            + options.records());
  }

  @Override
  public void close() {
    writers.forEach(BulkWriter::close);
    cluster.close();
  }
}
