package io.logcaster.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that must not die by accident. */
@Timeout(30)
class LongLivedTest {

  @Test
  void thread_thatFailsWithAnError_isRestartedAndCounted() throws Exception {
    long start = System.nanoTime();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch served = new CountDownLatch(1);
    Thread thread =
        LongLived.start(
            "test-thread",
            () -> {
              if (runs.incrementAndGet() == 1) {
                throw new StackOverflowError("deep");
              }
              if (runs.get() == 2) {
                throw new IllegalStateException("odd");
              }
              served.countDown();
            });
    assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
    thread.join();
    assertThat(runs).hasValue(3);
    assertThat(LongLived.failures()).containsEntry("test-thread", 2L);
    assertThat(LongLived.recentFailures(start).get("test-thread")).contains("odd");
    assertThat(LongLived.recentFailures(System.nanoTime())).doesNotContainKey("test-thread");
  }

  @Test
  void thread_interruptedDuringItsPause_ends() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    Thread thread =
        LongLived.startVirtual(
            "test-interrupted",
            () -> {
              failed.countDown();
              throw new IllegalStateException("odd");
            });
    failed.await();
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(20));
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void failedTask_keepsItsSchedule() {
    LongLived.task(
            "test-task",
            () -> {
              throw new NoClassDefFoundError("gone");
            })
        .run();
    assertThat(LongLived.failures()).containsEntry("test-task", 1L);
  }

  @Test
  void exhaustedMemory_isFatalAsAnyCause_stackOverflowIsNot() {
    assertThat(LastResort.isFatal(new OutOfMemoryError("heap"))).isTrue();
    assertThat(
            LastResort.isFatal(
                new IllegalStateException(new RuntimeException(new OutOfMemoryError()))))
        .isTrue();
    assertThat(LastResort.isFatal(new StackOverflowError())).isFalse();
    assertThat(LastResort.isFatal(new IllegalStateException("odd"))).isFalse();
  }
}
