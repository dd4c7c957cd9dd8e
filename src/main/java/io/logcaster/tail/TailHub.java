package io.logcaster.tail;

import io.logcaster.pipeline.BatchListener;
import io.logcaster.record.RecordBatch;
import io.logcaster.work.LongLived;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Sends stored records to live readers. The pipeline's thread only adds a batch to the queues of
 * the workers that have readers. Filters run on the workers' threads, once for all readers of the
 * same query. Memory is bounded in three places: per worker, per reader, and over all readers.
 * Thread-safe.
 */
final class TailHub implements BatchListener, AutoCloseable {

  /** A group belongs to one worker, which keeps its records in order. */
  private final List<TailWorker> workers;

  private final long subscriberBytes;

  /** How many more bytes may wait for all readers together; below zero nothing is printed. */
  private final AtomicLong room;

  private final Map<TailGroup.Key, Place> places = new HashMap<>();

  /** Whether a reader wants the records that are not stored. */
  private volatile boolean watchesTaken;

  private record Place(TailGroup group, TailWorker worker) {}

  /**
   * @param workers how many threads evaluate queries
   * @param subscriberBytes how much may wait for one reader
   * @param totalBytes how much may wait for all readers together, give or take one chunk each
   * @param heartbeat how long a reader may receive nothing
   */
  TailHub(int workers, long subscriberBytes, long totalBytes, Duration heartbeat) {
    this.workers =
        IntStream.range(0, workers).mapToObj((i) -> new TailWorker(heartbeat.toNanos())).toList();
    this.subscriberBytes = subscriberBytes;
    this.room = new AtomicLong(totalBytes);
  }

  /** Starts the workers' threads. */
  void start() {
    for (int i = 0; i < workers.size(); i++) {
      LongLived.start("tail-" + i, workers.get(i));
    }
  }

  @Override
  public void stored(RecordBatch batch) {
    for (TailWorker worker : workers) {
      worker.offer(batch, false);
    }
  }

  @Override
  public boolean watchesTaken() {
    return watchesTaken;
  }

  @Override
  public void taken(RecordBatch records) {
    for (TailWorker worker : workers) {
      worker.offer(records, true);
    }
  }

  /**
   * The records that a query selects from now on.
   *
   * @param query whose readers share the work if they have the same text, format and view
   */
  Flux<TailEvent> tail(TailQueries.Compiled query, TailFormat format) {
    // The subscriber's queue is the buffer; the sink passes on only what was requested.
    return Flux.create(
        (sink) ->
            subscribe(sink, new TailGroup.Key(query.text(), format, query.taken()), query.query()),
        FluxSink.OverflowStrategy.ERROR);
  }

  private void subscribe(FluxSink<TailEvent> sink, TailGroup.Key key, TailQuery query) {
    TailSubscriber subscriber = new TailSubscriber(sink, subscriberBytes, System.nanoTime());
    sink.onDispose(() -> remove(key, subscriber));
    synchronized (this) {
      places
          .computeIfAbsent(key, (missing) -> place(new TailGroup(missing, query, room)))
          .group()
          .subscribers()
          .add(subscriber);
      watchesTaken |= key.taken() != TakenView.NONE;
    }
    if (sink.isCancelled()) {
      remove(key, subscriber);
    }
    sink.onRequest((count) -> subscriber.drain(System.nanoTime()));
  }

  private Place place(TailGroup group) {
    TailWorker idlest =
        workers.stream().min(Comparator.comparingInt((w) -> w.groups().size())).orElseThrow();
    idlest.groups().add(group);
    return new Place(group, idlest);
  }

  private synchronized void remove(TailGroup.Key key, TailSubscriber subscriber) {
    Place place = places.get(key);
    if (place != null) {
      place.group().subscribers().remove(subscriber);
      subscriber.close();
      if (place.group().subscribers().isEmpty()) {
        places.remove(key);
        place.worker().groups().remove(place.group());
        watchesTaken = places.keySet().stream().anyMatch((left) -> left.taken() != TakenView.NONE);
      }
    }
  }

  /** The number of readers. */
  synchronized int subscribers() {
    return places.values().stream().mapToInt((place) -> place.group().subscribers().size()).sum();
  }

  /** The number of distinct queries evaluated for them. */
  synchronized int queries() {
    return places.size();
  }

  /** How many more bytes may wait for readers. */
  long room() {
    return room.get();
  }

  /** Runs a round on every worker, for tests without threads. */
  void round(long nanoTime) {
    workers.forEach((worker) -> worker.round(nanoTime));
  }

  @Override
  public void close() {
    workers.forEach(TailWorker::close);
    List<TailSubscriber> left;
    synchronized (this) {
      left = places.values().stream().flatMap((p) -> p.group().subscribers().stream()).toList();
    }
    left.forEach(TailSubscriber::complete);
  }
}
