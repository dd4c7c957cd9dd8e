package io.logcaster.storage.segment;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.BlockSummary;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import io.logcaster.storage.segment.file.CorruptSegmentException;
import io.logcaster.storage.segment.file.MappedBatch;
import io.logcaster.storage.segment.file.SegmentInfo;
import io.logcaster.storage.segment.file.SegmentReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One scan over a snapshot of the blocks. The scan's own thread and helpers take the blocks one by
 * one in the requested order. Pruning happens when a block is taken, because by then the consumer
 * may know more.
 */
final class SegmentScan {

  /** A block in memory or in a segment. */
  private record Block(
      long minTime,
      long maxTime,
      @Nullable RecordBatch batch,
      @Nullable SegmentReader reader,
      int index,
      @Nullable BlockGroup group) {

    /** Replaces a block that a worker has taken. */
    static final Block TAKEN = new Block(0, 0, null, null, 0, null);

    static Block of(RecordBatch batch) {
      return new Block(batch.minTime(), batch.maxTime(), batch, null, 0, null);
    }

    boolean isRemote() {
      return reader != null && reader.isRemote();
    }

    BlockSummary summary() {
      if (batch != null) {
        return BlockSummary.of(batch);
      }
      return Objects.requireNonNull(reader).summary(index);
    }

    RecordBatch read(ScanTrace trace) throws IOException {
      return (batch != null) ? batch : Objects.requireNonNull(reader).read(index, trace);
    }
  }

  /** The blocks that a thread fetches from object storage while it reads another. */
  private static final int AHEAD = 4;

  /** Blocks that one thread passes over in about the time that another one needs to wake up. */
  private static final int ALONE = 64;

  /**
   * Blocks that a thread passes over before it asks again whether to go on: asking costs a system
   * call, and as much as passing over a block.
   */
  private static final int UNASKED = 16;

  private final ScanRequest request;
  private final ScanTrace trace;
  private final BatchConsumer consumer;
  private final List<Block> blocks = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final Damage damage;
  private volatile boolean ended;

  /** Creates a scan that reports damage and continues. */
  SegmentScan(ScanRequest request, BatchConsumer consumer, Damage damage) {
    this.request = request;
    this.damage = damage;
    trace = request.trace();
    this.consumer = consumer;
  }

  void add(RecordBatch batch) {
    trace.add(Count.BLOCKS, 1);
    if (batch.size() > 0 && meets(batch.minTime(), batch.maxTime())) {
      blocks.add(Block.of(batch));
    } else {
      trace.add(Count.BLOCKS_OUT_OF_TIME, 1);
    }
  }

  void add(SegmentReader reader) {
    SegmentInfo info = reader.info();
    trace.add(Count.SEGMENTS, 1);
    if (!meets(info.minTime(), info.maxTime())) {
      trace.add(Count.SEGMENTS_OUT_OF_TIME, 1);
      return;
    }
    int before = blocks.size();
    BlockGroup group = null;
    for (int i = 0; i < reader.blockCount(); i++) {
      long minTime = reader.minTime(i);
      long maxTime = reader.maxTime(i);
      if (meets(minTime, maxTime)) {
        if (reader.groupCount() > 0) {
          int number = reader.groupOf(i);
          group =
              (group == null || group.number != number) ? new BlockGroup(reader, number) : group;
          group.size++;
        }
        blocks.add(new Block(minTime, maxTime, null, reader, i, group));
      }
    }
    trace.add(Count.BLOCKS, reader.blockCount());
    trace.add(Count.BLOCKS_OUT_OF_TIME, reader.blockCount() - (long) (blocks.size() - before));
  }

  private boolean meets(long minTime, long maxTime) {
    return minTime <= request.maxTime() && maxTime >= request.minTime();
  }

  private boolean isWithin(Block block) {
    return block.minTime() >= request.minTime() && block.maxTime() <= request.maxTime();
  }

  /** Scans on this thread and on idle helpers. */
  void run(ScanThreads threads) throws IOException {
    switch (request.order()) {
      case NEWEST_FIRST -> blocks.sort(Comparator.comparingLong(Block::maxTime).reversed());
      case OLDEST_FIRST -> blocks.sort(Comparator.comparingLong(Block::minTime));
      case ANY -> {}
    }
    int workers = Math.min(request.parallelism(), blocks.size());
    ScanHelpers helpers = new ScanHelpers(threads, workers, (worker) -> work(worker, null));
    Throwable failure = null;
    try {
      work(0, helpers);
    } catch (IOException | RuntimeException | Error ex) {
      failure = ex;
    }
    Throwable failureOfHelper = helpers.join(() -> ended = true);
    if (failure != null || failureOfHelper != null) {
      throw ScanThreads.unchanged((failure != null) ? failure : failureOfHelper);
    }
  }

  /** Reports damage that the scan skips. */
  private void damaged(CorruptSegmentException found) {
    trace.damaged(String.valueOf(found.getMessage()));
    damage.found(found);
  }

  /** Skips a segment whose index can no longer be read. */
  void unreadable(SegmentReader reader, InternalError failure) {
    CorruptSegmentException found = CorruptSegmentException.of(failure, reader);
    if (found != null) {
      damaged(found);
    }
  }

  private boolean mayMatch(BlockGroup group) {
    try {
      return group.mayMatch(request.filter());
    } catch (UncheckedIOException | InternalError ex) {
      CorruptSegmentException found = CorruptSegmentException.of(ex, group.reader);
      if (found == null) {
        throw ex;
      }
      damaged(found);
      return true;
    }
  }

  private void work(int worker, @Nullable ScanHelpers helpers) throws IOException {
    Worker work = new Worker(worker, helpers);
    try {
      work.run();
    } catch (IOException | RuntimeException | Error ex) {
      ended = true;
      throw ex;
    } finally {
      work.count();
    }
  }

  /** Takes blocks on one thread. */
  private final class Worker {

    private final int number;

    /** Whom to ask for help; null on a helper. */
    private final @Nullable ScanHelpers helpers;

    /** Blocks that were chosen, some of which are being fetched; read in this order. */
    private final ArrayDeque<Block> waiting = new ArrayDeque<>();

    private long chosen;
    private long filtered;
    private long taken;
    private long filteredOut;
    private long counted;
    private long read;
    private long before;

    Worker(int number, @Nullable ScanHelpers helpers) {
      this.number = number;
      this.helpers = helpers;
    }

    void run() throws IOException {
      before = System.nanoTime();
      int index;
      int passed = 0;
      while (!ended && (index = next.getAndIncrement()) < blocks.size()) {
        // A long scan must not keep batches in memory that have been written to disk since.
        Block block = blocks.set(index, Block.TAKEN);
        if (block.group() != null && block.group().isRuledOut()) {
          filteredOut++;
          continue;
        }
        if (passed % UNASKED == 0 && request.cancelled().getAsBoolean()) {
          ended = true;
          return;
        }
        boolean chosenToRead = tolerant(block, () -> choose(block));
        if (helpers != null && index + 1 < blocks.size() && (chosenToRead || passed >= ALONE)) {
          helpers.ask();
        }
        if (!chosenToRead) {
          passed++;
          continue;
        }
        passed = 0;
        if (waiting.isEmpty() && !block.isRemote()) {
          tolerant(block, () -> read(block));
          continue;
        }
        waiting.addLast(block);
        if (waiting.size() > AHEAD) {
          readWaiting();
        }
      }
      while (!ended && !waiting.isEmpty()) {
        if (request.cancelled().getAsBoolean()) {
          ended = true;
          return;
        }
        readWaiting();
      }
      chosen += System.nanoTime() - before;
    }

    private void readWaiting() throws IOException {
      Block block = waiting.removeFirst();
      tolerant(block, () -> read(block));
    }

    /** Runs a step of a block; returns false also if the block is damaged, which is reported. */
    private boolean tolerant(Block block, Step step) throws IOException {
      try {
        return step.run();
      } catch (IOException | RuntimeException | InternalError ex) {
        SegmentReader reader = block.reader();
        CorruptSegmentException found =
            (reader != null) ? CorruptSegmentException.of(ex, reader) : null;
        if (found == null) {
          throw ex;
        }
        damaged(found);
        before = System.nanoTime();
        return false;
      }
    }

    /** Whether a block has to be read. Begins to fetch it if it is in object storage. */
    private boolean choose(Block block) throws IOException {
      if (block.group() != null && !mayMatch(block.group())) {
        filteredOut++;
        return false;
      }
      BlockSummary summary = block.summary();
      if (!request.filter().mayMatch(summary)) {
        filteredOut++;
        return false;
      }
      if (isWithin(block) && consumer.acceptUnread(summary, number)) {
        counted++;
        return false;
      }
      if (block.isRemote()) {
        Objects.requireNonNull(block.reader()).prefetch(block.index(), request.columns(), trace);
      }
      return true;
    }

    private boolean read(Block block) throws IOException {
      long chosenAt = System.nanoTime();
      chosen += chosenAt - before;
      read++;
      RecordBatch batch = block.read(trace);
      Bitmap rows = request.select(batch);
      before = System.nanoTime();
      filtered += before - chosenAt;
      if (!rows.isEmpty()) {
        if (!consumer.accept(batch, rows, number)) {
          ended = true;
        }
        if (batch instanceof MappedBatch mapped) {
          mapped.tolerate(SegmentScan.this::damaged);
        }
        long now = System.nanoTime();
        taken += now - before;
        before = now;
      }
      return true;
    }

    void count() {
      trace.add(Count.BLOCKS_FILTERED_OUT, filteredOut);
      trace.add(Count.BLOCKS_COUNTED, counted);
      trace.add(Count.BLOCKS_READ, read);
      trace.add(Count.CHOOSE_NANOS, chosen);
      trace.add(Count.FILTER_NANOS, filtered);
      trace.add(Count.TAKE_NANOS, taken);
    }
  }

  /** A step in the processing of a block. */
  @FunctionalInterface
  private interface Step {

    boolean run() throws IOException;
  }
}
