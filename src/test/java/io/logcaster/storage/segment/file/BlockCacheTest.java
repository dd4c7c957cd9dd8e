package io.logcaster.storage.segment.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.Bitmap;
import io.logcaster.record.Field;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockCacheTest {

  @TempDir Path directory = Path.of("");

  @Test
  void cachedValues_areReturned_untilTheirFileIsClosed() {
    BlockCache cache = new BlockCache(10_000);
    cache.put(1, 0, "a", "one", 100);
    cache.put(2, 0, "a", "two", 100);
    assertThat(cache.get(1, 0, "a")).isEqualTo("one");
    assertThat(cache.get(1, 0, "b")).isNull();
    assertThat(cache.get(1, 1, "a")).isNull();
    cache.forget(1);
    assertThat(cache.get(1, 0, "a")).isNull();
    assertThat(cache.get(2, 0, "a")).isEqualTo("two");
    cache.forget(2);
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void bytes_neverExceedTheCapacity() {
    BlockCache cache = new BlockCache(5_000);
    for (int block = 0; block < 1_000; block++) {
      cache.put(1, block, "a", "value", 300);
      assertThat(cache.bytes()).isBetween(1L, 5_000L);
    }
    assertThat(cache.get(1, 0, "a")).as("an entry in use stays").isEqualTo("value");
    cache.put(1, 0, "a", "other", 400);
    cache.put(1, 5, "too large", "value", 6_000);
    assertThat(cache.bytes()).isLessThanOrEqualTo(5_000);
    assertThat(cache.get(1, 5, "too large")).isNull();
  }

  @Test
  void secondRead_usesCachedTemplatesAndCodes() throws IOException {
    BlockCache cache = new BlockCache(64 << 20);
    SegmentContents.write(directory.resolve("a"), RandomBatches.of(7));
    try (SegmentReader reader = SegmentReader.open(directory.resolve("a"), cache)) {
      ScanTrace first = new ScanTrace();
      ScanTrace second = new ScanTrace();
      for (int block = 0; block < reader.blockCount(); block++) {
        Bitmap cold = search(reader, block, first);
        assertThat(search(reader, block, second)).isEqualTo(cold);
      }
      assertThat(second.get(Count.BYTES_READ)).isLessThanOrEqualTo(first.get(Count.BYTES_READ));
    }
    assertThat(cache.bytes()).isZero();
  }

  private static Bitmap search(SegmentReader reader, int block, ScanTrace trace)
      throws IOException {
    Bitmap rows = Bitmap.all(reader.rows(block));
    reader
        .read(block, trace)
        .column(Field.MESSAGE)
        .retain(rows, (bytes, from, to) -> to - from > 4);
    return rows;
  }
}
