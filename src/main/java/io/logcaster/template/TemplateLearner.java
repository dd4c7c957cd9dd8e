package io.logcaster.template;

import io.logcaster.pipeline.BatchListener;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.StoredSegment;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the registry what it has to learn, in three ways:
 *
 * <ul>
 *   <li>Flushes of the segment storage show every record once; they count. At full load there are
 *       two each second.
 *   <li>Batches show records as soon as they are stored. On a server without much load that is a
 *       minute before their flush, so births are found here. Only {@link #ROWS_PER_SECOND} are
 *       looked at; the flushes show the others soon. A storage without flushes has its records
 *       counted here, all of them that the queue can take.
 *   <li>When the storage is opened, its segments show what a crash has kept from the registry, or
 *       everything if the registry is new. Then the write-ahead log shows what was stored but not
 *       flushed: births in it are older than those of new records.
 * </ul>
 */
final class TemplateLearner implements MessageObserver, BatchListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TemplateLearner.class);

  /** Costs a quarter of a percent of a processor. */
  static final int ROWS_PER_SECOND = 20_000;

  /** Batches that wait; their records are in memory anyway until they are flushed. */
  private static final int QUEUE = 64;

  /** Births wait this long for others, so that they share a sync. */
  private static final long PAUSE_MILLIS = 200;

  /** How often counts are saved if there are no flushes. */
  private static final long COUNTS_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Ends the thread. */
  private static final RecordBatch END = RecordBatch.builder(List.of()).build();

  private final TemplateRegistry registry;
  private final boolean enabled;
  private final BlockingQueue<RecordBatch> queue = new ArrayBlockingQueue<>(QUEUE);

  /** Batches of the write-ahead log; in memory anyway, and learned before any other. */
  private final Queue<RecordBatch> replayed = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean flushes;
  private volatile boolean closed;
  private volatile @Nullable Thread thread;
  private volatile @Nullable Thread historian;

  private Tally tally = new Tally();
  private long rows;
  private long window = System.nanoTime();
  private long counted = System.nanoTime();

  /**
   * @param enabled whether anything is learned at all
   */
  TemplateLearner(TemplateRegistry registry, boolean enabled) {
    this.registry = registry;
    this.enabled = enabled;
  }

  @Override
  public void opened(List<StoredSegment> segments) {
    if (enabled) {
      flushes = true;
      start(segments);
    } else {
      segments.forEach(StoredSegment::close);
    }
  }

  private void start(List<StoredSegment> segments) {
    if (started.compareAndSet(false, true)) {
      AtomicBoolean first = new AtomicBoolean(true);
      thread =
          LongLived.start(
              "templates",
              () -> {
                if (first.getAndSet(false)) {
                  try {
                    load(segments);
                  } finally {
                    registry.ready();
                  }
                }
                run();
              });
    }
  }

  /** Starts the thread, if no storage that flushes has done so. */
  void start() {
    if (enabled) {
      start(List.of());
    } else {
      registry.ready();
    }
  }

  @Override
  public void recovered(RecordBatch batch) {
    if (enabled) {
      replayed.add(batch);
    }
  }

  /**
   * Learns what the write-ahead log had. Without it, a new record could take a birth from an older
   * one that waits for its flush.
   */
  private void learnReplayed() {
    while (!replayed.isEmpty()) {
      registry.lock();
      try {
        // Taken under the lock, so that whoever finds none left knows that all are learned.
        RecordBatch batch = replayed.poll();
        if (batch != null) {
          new RowsLearner(registry, null).learn(batch);
        }
      } catch (RuntimeException ex) {
        LOG.warn("Cannot learn the templates of a batch of the write-ahead log", ex);
      } finally {
        registry.unlock();
      }
    }
  }

  @Override
  public Flush flush(long sequence) {
    if (!enabled) {
      return Flush.NONE;
    }
    learnReplayed();
    return new BlockLearner(registry, sequence);
  }

  @Override
  public void snapshot(Path target) throws IOException {
    if (enabled) {
      registry.copyTo(target);
    }
  }

  @Override
  public void deleted(long minTime, long maxTime) {
    if (enabled) {
      registry.strip(minTime, maxTime);
    }
  }

  @Override
  public void stored(RecordBatch batch) {
    if (enabled) {
      boolean _ = queue.offer(batch);
    }
  }

  private void load(List<StoredSegment> segments) {
    registry.load(segments.stream().mapToLong(StoredSegment::sequence).max().orElse(0));
    long flushed = registry.flushed();
    long history = registry.history();
    List<StoredSegment> old =
        segments.stream().filter((segment) -> segment.sequence() <= history).toList();
    Tally missed = new Tally();
    long last = flushed;
    for (StoredSegment segment : segments) {
      if (segment.sequence() > Math.max(flushed, history)) {
        read(segment, missed);
        last = Math.max(last, segment.sequence());
      }
      if (segment.sequence() > history) {
        segment.close();
      }
    }
    registry.commitFlush(missed, 0, last);
    if (history > 0) {
      Thread reader = LongLived.start("template-history", () -> readHistory(old));
      historian = reader;
    }
  }

  private void read(StoredSegment segment, Tally counts) {
    try {
      segment.read(
          (batch) -> {
            registry.lock();
            try {
              new RowsLearner(registry, counts).learn(batch);
            } finally {
              registry.unlock();
            }
            return !closed;
          });
    } catch (IOException | RuntimeException ex) {
      LOG.warn("Cannot learn the templates of a segment", ex);
    }
  }

  /** Learns what the segments had before the registry was created. */
  private void readHistory(List<StoredSegment> segments) {
    Tally counts = new Tally();
    for (StoredSegment segment : segments) {
      if (!closed) {
        read(segment, counts);
      }
      segment.close();
    }
    if (!closed) {
      registry.commitHistory(counts);
      LOG.info("{} templates are known from the records before", registry.size());
    }
  }

  private void run() {
    boolean open = true;
    while (open) {
      try {
        RecordBatch batch = queue.poll(1, TimeUnit.SECONDS);
        learnReplayed();
        for (; batch != null && open; batch = queue.poll()) {
          open = !batch.equals(END);
          learn(batch);
        }
        if (commit() && open) {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void learn(RecordBatch batch) {
    long now = System.nanoTime();
    if (now - window > TimeUnit.SECONDS.toNanos(1)) {
      window = now;
      rows = 0;
    }
    if (flushes && rows + batch.size() > ROWS_PER_SECOND && rows > 0) {
      return;
    }
    rows += batch.size();
    registry.lock();
    try {
      new RowsLearner(registry, flushes ? null : tally).learn(batch);
    } finally {
      registry.unlock();
    }
  }

  /** Saves births, and counts from time to time; returns whether there were any. */
  private boolean commit() {
    long now = System.nanoTime();
    boolean counts = !tally.entries().isEmpty() && now - counted > COUNTS_NANOS;
    if (!counts && !registry.hasNews()) {
      return false;
    }
    counted = now;
    Tally done = tally;
    tally = new Tally();
    registry.commit(done);
    return true;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      end();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
    if (!tally.entries().isEmpty()) {
      registry.commit(tally);
    }
    registry.close();
  }

  /** Waits until the threads have ended. Interrupting them would close the file they write. */
  private void end() throws InterruptedException {
    Thread live = thread;
    while (live != null && live.isAlive() && !queue.offer(END, 100, TimeUnit.MILLISECONDS)) {
      LOG.debug("Waiting for the templates of the last batches");
    }
    for (Thread each : new @Nullable Thread[] {live, historian}) {
      if (each != null) {
        each.join();
      }
    }
  }
}
