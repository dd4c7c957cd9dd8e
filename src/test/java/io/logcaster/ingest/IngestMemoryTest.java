package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behaviour of memory that inputs share. */
@Timeout(120)
class IngestMemoryTest {

  private static final int MB = 1 << 20;

  private final IngestMemory memory = new IngestMemory(10 * MB);

  @Test
  void tryTake_beyondTheShare_isRefusedAndHoldsNothing() {
    assertThat(memory.tryTake(5 * MB, 50)).isTrue();
    assertThat(memory.tryTake(1, 50)).isFalse();
    assertThat(memory.tryTake(5 * MB, 100)).isTrue();
    assertThat(memory.used()).isEqualTo(10 * MB);
  }

  @Test
  void take_withoutRoom_waitsForARelease() throws Exception {
    memory.take(8 * MB);
    CompletableFuture<Void> taken = take(4 * MB);
    while (!memory.isAwaited()) {
      Thread.onSpinWait();
    }
    assertThat(taken).isNotDone();
    memory.release(8 * MB);
    taken.get(60, TimeUnit.SECONDS);
    assertThat(memory.used()).isEqualTo(4 * MB);
  }

  @Test
  void take_withTimeout_returnsWhetherThereWasRoom() throws Exception {
    memory.take(10 * MB);
    assertThat(memory.take(1, TimeUnit.MILLISECONDS.toNanos(5))).isFalse();
    assertThat(memory.isAwaited()).isFalse();
    memory.release(1);
    assertThat(memory.take(1, 0)).isTrue();
  }

  @Test
  void take_aboveTheCapacity_succeedsAlone() throws Exception {
    memory.take(30 * MB);
    assertThat(memory.used()).isEqualTo(30 * MB);
    memory.release(30 * MB);
    assertThat(memory.used()).isZero();
  }

  @Test
  void concurrentTakers_neverExceedTheCapacity_andAllSucceed() throws Exception {
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        long bytes = (1L + i % 4) * MB;
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  try {
                    memory.take(bytes);
                    most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                    Thread.onSpinWait();
                    held.addAndGet(-bytes);
                    memory.release(bytes);
                  } catch (InterruptedException ex) {
                    throw new IllegalStateException(ex);
                  }
                },
                threads));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    }
    assertThat(most.get()).isLessThanOrEqualTo(10L * MB);
    assertThat(memory.used()).isZero();
  }

  private CompletableFuture<Void> take(long bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            memory.take(bytes);
          } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
          }
        },
        Thread::startVirtualThread);
  }
}
