package io.logcaster.transform;

import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Stream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the records a second of each stream. The first record that passes again says in {@code
 * _limited} how many did not.
 */
final class LimitStep extends Step {

  static final String LIMITED = "_limited";

  private static final double NANOS = 1e9;

  /** Streams that are remembered; the one that was quiet for longest is forgotten. */
  private static final int MAX_STREAMS = 10_000;

  private static final class Bucket {
    double tokens;
    long filled;
    long refused;
  }

  private final int rate;
  private final LongSupplier nanoTime;

  private final Map<Stream, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Stream, Bucket> eldest) {
          return size() > MAX_STREAMS;
        }
      };

  /**
   * @param rate records a second; as many may come at once after a pause
   */
  LimitStep(int rate, LongSupplier nanoTime) {
    this.rate = rate;
    this.nanoTime = nanoTime;
  }

  @Override
  void apply(Work work, Bitmap rows) {
    RecordBatch batch = work.batch;
    long now = nanoTime.getAsLong();
    @Nullable Bucket[] known = new Bucket[batch.streamCount()];
    Patch marks = new Patch();
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int ordinal = batch.streamOrdinal(row);
      Bucket bucket = known[ordinal];
      if (bucket == null) {
        bucket = bucket(batch.stream(ordinal), now);
        known[ordinal] = bucket;
      }
      if (bucket.tokens < 1) {
        bucket.refused++;
        work.remove(row, Removal.LIMIT);
        continue;
      }
      bucket.tokens--;
      if (bucket.refused > 0) {
        marks.put(row, Long.toString(bucket.refused));
        bucket.refused = 0;
      }
    }
    if (!marks.isEmpty()) {
      work.batch = Patch.with(batch, marks.over(batch.column(LIMITED), batch.size()));
    }
  }

  private Bucket bucket(Stream stream, long now) {
    Bucket bucket = buckets.get(stream);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = rate;
      bucket.filled = now;
      buckets.put(stream, bucket);
    }
    bucket.tokens = Math.min(rate, bucket.tokens + (now - bucket.filled) / NANOS * rate);
    bucket.filled = now;
    return bucket;
  }
}
