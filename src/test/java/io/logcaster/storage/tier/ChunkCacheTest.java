package io.logcaster.storage.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logcaster.storage.ScanTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkCacheTest {

  private static final int CHUNK = ChunkCache.CHUNK;

  @TempDir Path directory;

  private final ScanTrace trace = new ScanTrace();

  /** An object of random bytes. */
  private static final class Bytes implements ChunkCache.Source {

    final byte[] bytes;
    final AtomicInteger requests = new AtomicInteger();
    final AtomicBoolean failing = new AtomicBoolean();

    Bytes(int size, long seed) {
      bytes = new byte[size];
      new Random(seed).nextBytes(bytes);
    }

    @Override
    public byte[] fetch(long from, int length) throws IOException {
      requests.incrementAndGet();
      if (failing.get()) {
        throw new IOException("away");
      }
      return Arrays.copyOfRange(bytes, (int) from, (int) from + length);
    }

    @Override
    public long size() {
      return bytes.length;
    }
  }

  private ChunkCache cache(int chunks) throws IOException {
    return new ChunkCache(directory.resolve("chunks"), (long) chunks * CHUNK);
  }

  private void check(ChunkCache cache, Bytes source, int from, int length) throws IOException {
    byte[] read = new byte[length];
    cache.read(source, from, read, length, trace);
    assertThat(read).isEqualTo(Arrays.copyOfRange(source.bytes, from, from + length));
  }

  @Test
  void neighbouringChunks_comeInOneRequest_andStay() throws IOException {
    Bytes source = new Bytes(5 * CHUNK - 77, 1);
    try (ChunkCache cache = cache(8)) {
      check(cache, source, 10, 3 * CHUNK);
      assertThat(source.requests).hasValue(1);
      await().until(() -> cache.bytes() == 4L * CHUNK);
      check(cache, source, 0, 4 * CHUNK);
      check(cache, source, source.bytes.length - 1, 1);

      assertThat(trace.get(ScanTrace.Count.BYTES_FETCHED)).isEqualTo(source.size());
    }
    assertThat(directory.resolve("chunks")).doesNotExist();
  }

  @Test
  void cache_staysWithinItsLimit_andReadsTheRightBytes() throws Exception {
    List<Bytes> sources = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sources.add(new Bytes(10 * CHUNK + i * 1_000, i));
    }
    try (ChunkCache cache = cache(6);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        Random random = new Random(thread);
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    Bytes source = sources.get(random.nextInt(3));
                    int from = random.nextInt(source.bytes.length);
                    int most = Math.min(3 * CHUNK, source.bytes.length - from);
                    if (i % 9 == 0) {
                      cache.prefetch(source, from, most, trace);
                    } else if (i % 10 == 0) {
                      cache.forget(source, from, most);
                    }
                    check(cache, source, from, 1 + random.nextInt(most));
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(cache.bytes()).isLessThanOrEqualTo(6L * CHUNK);
      assertThat(Files.size(directory.resolve("chunks"))).isLessThanOrEqualTo(6L * CHUNK);
    }
  }

  @Test
  void manyReadersOfAChunk_waitForOneRequest() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    AtomicInteger requests = new AtomicInteger();
    ChunkCache.Source source =
        new ChunkCache.Source() {
          @Override
          public byte[] fetch(long from, int length) throws IOException {
            requests.incrementAndGet();
            try {
              open.await();
            } catch (InterruptedException ex) {
              throw new IOException(ex);
            }
            return new byte[length];
          }

          @Override
          public long size() {
            return CHUNK;
          }
        };
    try (ChunkCache cache = cache(2);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        all.add(
            threads.submit(
                () -> {
                  cache.read(source, 5, new byte[100], 100, trace);
                  return null;
                }));
      }
      open.countDown();
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  void failedRequest_isRepeatedByTheNextReader() throws IOException {
    Bytes source = new Bytes(CHUNK, 3);
    try (ChunkCache cache = cache(2)) {
      source.failing.set(true);
      assertThatThrownBy(() -> check(cache, source, 0, 10)).hasMessage("away");
      source.failing.set(false);
      check(cache, source, 0, 10);
    }
  }
}
