package io.logcaster.pipeline;

import io.logcaster.pipeline.StageLatencies.Stage;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.DeliveryOrderException;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.transform.Portion;
import io.logcaster.transform.Transforms;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Moves batches from the inputs to the storage: buffer ▸ transforms ▸ time range ▸ record filter ▸
 * append ▸ acknowledge ▸ notify listeners. A reactive stream of batches on one thread, with several
 * concurrent appends so that the storage can share one sync among them.
 *
 * <p>A batch that was {@linkplain #submit submitted} is never given up while the pipeline runs: if
 * the storage refuses or fails, the append is retried until it succeeds, and meanwhile the full
 * buffer holds the senders back. A batch that was {@linkplain #offer offered} fails at once,
 * because its sender waits for an answer and keeps the records.
 */
public final class Pipeline implements Intake {

  /**
   * Concurrent appends. Enough for one sync to serve many senders' batches; each holds a batch,
   * whose bytes count in the buffer until it is stored.
   */
  private static final int CONCURRENT_APPENDS = 32;

  /**
   * Pause before a refused batch is retried: short enough for a quick recovery, long enough not to
   * be a load.
   */
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);

  private static final Duration SLOWEST_RETRY = Duration.ofSeconds(2);

  /** How long a stopping pipeline tries to store its remaining batches. */
  private static final Duration DRAIN_TIME = Duration.ofSeconds(20);

  static final String TIME_OUT_OF_RANGE = "time_out_of_range";
  static final String STORAGE_READ_ONLY = "storage_read_only";
  static final String STORAGE_ERROR = "storage_error";
  static final String DELIVERY_ORDER = "delivery_order";
  static final String SHUTDOWN = "shutdown";

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final BoundedBuffer<Delivery> buffer;
  private final LogStorage storage;
  private final TimeRange timeRange;
  private final Transforms transforms;
  private final Preparation preparation;
  private final Ledger ledger;
  private final List<BatchListener> listeners;
  private final CountDownLatch drained = new CountDownLatch(1);
  private volatile @Nullable Scheduler scheduler;
  private volatile boolean givingUp;
  private volatile @Nullable String trouble;

  /**
   * Creates a pipeline that is not yet {@linkplain #start started}.
   *
   * @param bufferBytes how many bytes of batches may be held between the inputs and the disk
   * @param timeRange selects the records whose time is acceptable
   * @param transforms change the records before the filter sees them
   * @param recordFilter selects the records that are stored
   */
  Pipeline(
      long bufferBytes,
      LogStorage storage,
      TimeRange timeRange,
      Transforms transforms,
      RowFilter recordFilter,
      Ledger ledger,
      List<BatchListener> listeners) {
    this.buffer = new BoundedBuffer<>(bufferBytes);
    this.storage = storage;
    this.timeRange = timeRange;
    this.transforms = transforms;
    this.ledger = ledger;
    this.listeners = List.copyOf(listeners);
    TakenRecords taken = new TakenRecords(this.listeners);
    transforms.watchedBy(taken);
    this.preparation = new Preparation(transforms, timeRange, recordFilter, ledger, taken);
  }

  @Override
  public long earliestTime() {
    return timeRange.earliest();
  }

  @Override
  public long latestTime() {
    return timeRange.latest();
  }

  @Override
  public CompletableFuture<Outcome> submit(RecordBatch batch, InputMetrics input)
      throws InterruptedException {
    return submit(new Delivery(batch, input, true, batch.mark() == null));
  }

  @Override
  public CompletableFuture<Outcome> submitUnawaited(RecordBatch batch, InputMetrics input)
      throws InterruptedException {
    Delivery delivery = new Delivery(batch, input, true, batch.mark() == null);
    delivery.isAwaited = false;
    return submit(delivery);
  }

  @Override
  public CompletableFuture<Outcome> submitPrepared(RecordBatch batch, InputMetrics input)
      throws InterruptedException {
    Delivery delivery = new Delivery(batch, input, true, false);
    delivery.isPrepared = true;
    return submit(delivery);
  }

  private CompletableFuture<Outcome> submit(Delivery delivery) throws InterruptedException {
    InputMetrics input = delivery.input;
    RecordBatch batch = delivery.batch;
    input.receive(batch.size());
    try {
      if (!buffer.put(delivery, delivery.bytes)) {
        input.dropReceived(SHUTDOWN, batch.size());
        delivery.done.completeExceptionally(new IOException("The server is stopping"));
      }
    } catch (InterruptedException ex) {
      input.dropReceived(SHUTDOWN, batch.size());
      throw ex;
    }
    return delivery.done;
  }

  @Override
  public @Nullable CompletableFuture<Outcome> offer(RecordBatch batch, InputMetrics input) {
    List<CompletableFuture<Outcome>> done =
        offerDeliveries(List.of(new Delivery(batch, input, false, batch.mark() == null)), input);
    return (done == null) ? null : done.getFirst();
  }

  @Override
  public @Nullable List<CompletableFuture<Outcome>> offerAll(
      List<RecordBatch> batches, InputMetrics input) {
    List<Delivery> deliveries = new ArrayList<>(batches.size());
    for (int i = 0; i < batches.size(); i++) {
      // The sender waits for the answer to the last one, so nothing will follow it.
      deliveries.add(new Delivery(batches.get(i), input, false, i + 1 < batches.size()));
    }
    return offerDeliveries(deliveries, input);
  }

  private @Nullable List<CompletableFuture<Outcome>> offerDeliveries(
      List<Delivery> deliveries, InputMetrics input) {
    long records = deliveries.stream().mapToLong((delivery) -> delivery.batch.size()).sum();
    // Counted before they can be taken, and never uncounted: counters only grow.
    boolean taken =
        buffer.offerAll(deliveries, (delivery) -> delivery.bytes, () -> input.receive(records));
    if (!taken) {
      return null;
    }
    return deliveries.stream().map((delivery) -> delivery.done).toList();
  }

  @Override
  public long lastDelivery(String client) {
    return storage.lastDelivery(client);
  }

  /** Starts taking batches from the buffer. */
  void start() {
    Scheduler thread = Schedulers.newSingle("pipeline", true);
    scheduler = thread;
    Flux.<List<Delivery>>generate(this::next)
        .subscribeOn(thread)
        .flatMap(this::appendAll, CONCURRENT_APPENDS, 1)
        .doFinally((signal) -> drained.countDown())
        .subscribe(
            (delivery) -> {},
            (ex) -> LOG.error("The pipeline failed and accepts no more records", ex));
  }

  private void next(SynchronousSink<List<Delivery>> sink) {
    try {
      if (transforms.isIdle()) {
        Delivery delivery = buffer.take();
        if (delivery != null) {
          sink.next(preparation.prepare(delivery));
          return;
        }
      } else {
        Delivery delivery = buffer.poll(transforms.nanosUntilDue());
        if (delivery != null) {
          sink.next(preparation.prepare(delivery));
          return;
        }
        if (!buffer.isDrained()) {
          sink.next(preparation.released(transforms.expire(false)));
          return;
        }
      }
      List<Delivery> last = preparation.released(transforms.expire(true));
      if (last.isEmpty()) {
        sink.complete();
      } else {
        sink.next(last);
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      sink.complete();
    }
  }

  private Mono<Void> appendAll(List<Delivery> deliveries) {
    // Subscribes in order, so the storage gets them in order.
    return (deliveries.size() == 1)
        ? append(deliveries.getFirst()).then()
        : Mono.when(deliveries.stream().map(this::append).toList());
  }

  private Mono<Delivery> append(Delivery delivery) {
    if (delivery.kept.size() == 0 && delivery.kept.mark() == null) {
      succeed(delivery);
      return Mono.just(delivery);
    }
    return Mono.fromFuture(() -> delivery.appendTo(storage))
        .retryWhen(
            Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                .maxBackoff(SLOWEST_RETRY)
                .scheduler(Schedulers.boundedElastic()) // an append may block
                .filter((ex) -> delivery.patient && !givingUp && !isRepeated(ex))
                .doBeforeRetry((signal) -> report(signal.failure())))
        .doOnSuccess((stored) -> succeed(delivery))
        .onErrorResume(
            (ex) -> {
              fail(delivery, reason(ex), ex);
              return Mono.empty();
            })
        .thenReturn(delivery);
  }

  /**
   * Whether a batch was refused because its sender must continue from the storage's sequence: an
   * earlier batch failed, or this one was sent twice.
   */
  private static boolean isRepeated(Throwable ex) {
    return ex instanceof DeliveryOrderException;
  }

  private String reason(Throwable ex) {
    if (givingUp) {
      return SHUTDOWN;
    }
    if (isRepeated(ex)) {
      return DELIVERY_ORDER;
    }
    return (ex instanceof StorageReadOnlyException) ? STORAGE_READ_ONLY : STORAGE_ERROR;
  }

  private void succeed(Delivery delivery) {
    int stored = delivery.kept.size();
    Accounts accounts = delivery.accounts;
    if (accounts != null) {
      accounts.store();
    } else {
      delivery.input.rejectReceived(TIME_OUT_OF_RANGE, delivery.outOfRange);
      delivery.input.filter(delivery.filtered);
      delivery.input.store(stored);
      Portion portion = delivery.portion;
      if (portion != null) {
        portion.removed().forEach((why, rows) -> delivery.input.transform(why.reason(), rows));
        delivery.count(0, portion.removals(), 0);
      }
      delivery.count(stored, delivery.filtered, delivery.outOfRange);
      buffer.release(delivery.bytes);
    }
    if (stored > 0) {
      long now = System.nanoTime();
      ledger.latencies().record(Stage.APPEND, now - delivery.appended);
      ledger.latencies().record(Stage.SEARCHABLE, now - delivery.arrived());
      trouble = null;
      ledger.countLevels(delivery.kept);
    }
    delivery.arrive(null);
    delivery.release(null);
    for (BatchListener listener : listeners) {
      try {
        if (stored > 0) {
          listener.stored(delivery.kept);
        }
        if (!delivery.isReleased) {
          listener.delivered(delivery.batch);
        }
      } catch (RuntimeException | StackOverflowError ex) {
        LOG.warn("{} failed on a stored batch", listener, ex);
      }
    }
  }

  /**
   * A sender that waits for the answer or numbers its deliveries keeps its records, so they were
   * refused, not lost.
   */
  private void fail(Delivery delivery, String reason, Throwable cause) {
    Accounts accounts = delivery.accounts;
    if (accounts != null) {
      accounts.all().forEach((owner) -> lose(owner, reason, 1));
    } else {
      lose(delivery, reason, delivery.ownRecords());
      buffer.release(delivery.bytes);
    }
    if (!SHUTDOWN.equals(reason) && !isRepeated(cause)) {
      report(cause);
    }
    delivery.arrive(cause);
    delivery.release(cause);
  }

  private static void lose(Delivery delivery, String reason, int records) {
    if (delivery.patient && delivery.batch.mark() == null) {
      delivery.input.dropReceived(reason, records);
    } else {
      delivery.input.rejectReceived(reason, records);
    }
  }

  private void report(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (!message.equals(trouble)) {
      trouble = message;
      LOG.warn("The storage accepts no records at present; they wait: {}", message);
    }
  }

  /**
   * Accepts no further batches and stores the remaining ones. Those that cannot be stored in time
   * are dropped and counted.
   *
   * @return whether everything was stored
   */
  boolean stop() throws InterruptedException {
    buffer.close();
    Scheduler thread = scheduler;
    if (thread == null) {
      return true;
    }
    boolean all = drained.await(DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS);
    if (!all) {
      givingUp = true;
      drained.await(SLOWEST_RETRY.toMillis() * 2, TimeUnit.MILLISECONDS);
    }
    thread.dispose();
    LOG.info("Records since the start: {}", ledger.totals());
    return all;
  }

  /** The bytes of the batches between the inputs and the disk. */
  public long bufferedBytes() {
    return buffer.bytes();
  }

  /** The limit on {@link #bufferedBytes}. */
  public long bufferCapacity() {
    return buffer.capacity();
  }

  /** The number of batches that wait in the buffer. */
  public int queuedBatches() {
    return buffer.size();
  }

  /** Why the storage accepts no records at present; null if it does. */
  public @Nullable String trouble() {
    return trouble;
  }

  /** Whether the pipeline takes batches from its buffer. */
  public boolean isRunning() {
    return scheduler != null && drained.getCount() > 0;
  }
}
