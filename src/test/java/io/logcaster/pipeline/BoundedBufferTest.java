package io.logcaster.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BoundedBufferTest {

  @Test
  void take_returnsItemsInTheOrderTheyWerePut() throws InterruptedException {
    BoundedBuffer<String> buffer = new BoundedBuffer<>(100);
    buffer.put("a", 10);
    buffer.put("b", 10);
    assertThat(buffer.take()).isEqualTo("a");
    assertThat(buffer.take()).isEqualTo("b");
  }

  @Test
  void offer_beyondTheCapacity_isRefusedUntilBytesAreReleased() throws InterruptedException {
    BoundedBuffer<String> buffer = new BoundedBuffer<>(100);
    assertThat(buffer.offer("a", 60)).isTrue();
    assertThat(buffer.offer("b", 41)).isFalse();
    buffer.take();
    assertThat(buffer.offer("b", 41)).as("taken, but not released").isFalse();
    buffer.release(60);
    assertThat(buffer.offer("b", 41)).isTrue();
    assertThat(buffer.bytes()).isEqualTo(41);
  }

  @Test
  void offer_ofAnItemLargerThanTheBuffer_isAcceptedWhenEmpty() {
    BoundedBuffer<String> buffer = new BoundedBuffer<>(100);
    assertThat(buffer.offer("huge", 1_000)).isTrue();
    assertThat(buffer.offer("small", 1)).isFalse();
  }

  @Test
  void put_waitsForRoom() throws Exception {
    BoundedBuffer<String> buffer = new BoundedBuffer<>(100);
    buffer.put("a", 100);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> put = executor.submit(() -> buffer.put("b", 1));
      buffer.take();
      assertThat(put.isDone()).isFalse();
      buffer.release(100);
      assertThat(put.get(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(buffer.take()).isEqualTo("b");
  }

  @Test
  void close_refusesProducers_andLetsConsumersDrain() throws Exception {
    BoundedBuffer<String> buffer = new BoundedBuffer<>(10);
    buffer.put("a", 10);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> waiting = executor.submit(() -> buffer.put("b", 1));
      buffer.close();
      assertThat(waiting.get(60, TimeUnit.SECONDS)).isFalse();
      assertThat(buffer.offer("c", 0)).isFalse();
      assertThat(buffer.take()).isEqualTo("a");
      assertThat(buffer.take()).isNull();
    }
  }

  @Test
  void close_wakesAWaitingConsumer() throws Exception {
    BoundedBuffer<String> buffer = new BoundedBuffer<>(10);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> taken = executor.submit(buffer::take);
      buffer.close();
      assertThat(taken.get(60, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void manyProducersAndConsumers_passEachItemOnce_withinTheCapacity() throws Exception {
    int producers = 6;
    int each = 2_000;
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(500);
    AtomicLong mostHeld = new AtomicLong();
    ConcurrentHashMap<Integer, Boolean> seen = new ConcurrentHashMap<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> senders = new ArrayList<>();
      for (int p = 0; p < producers; p++) {
        int first = p * each;
        senders.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    buffer.put(first + i, 1 + (i % 90));
                  }
                  return null;
                }));
      }
      for (int c = 0; c < 3; c++) {
        executor.submit(
            () -> {
              for (Integer item = buffer.take(); item != null; item = buffer.take()) {
                mostHeld.accumulateAndGet(buffer.bytes(), Math::max);
                assertThat(seen.put(item, true)).isNull();
                buffer.release(1 + (item % each % 90));
              }
              return null;
            });
      }
      for (Future<?> sender : senders) {
        sender.get(60, TimeUnit.SECONDS);
      }
      buffer.close();
      await().until(() -> seen.size() == producers * each);
    }
    assertThat(mostHeld.get()).isLessThanOrEqualTo(500);
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void capacity_mustBePositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> new BoundedBuffer<>(0));
  }
}
