package io.logcaster.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that must not die by accident. */
@Timeout(120)
class LongLivedTest {

  @AfterEach
  void leave() {
    ThreadFailures.leave();
  }

  @Test
  void thread_thatFailsWithAnError_isRestartedAndCounted() throws Exception {
    ThreadFailures failures = ThreadFailures.open();
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
    assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
    thread.join();
    assertThat(runs).hasValue(3);
    assertThat(failures.counts()).containsEntry("test-thread", 2L);
    assertThat(failures.recent().get("test-thread")).contains("odd");
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
    ThreadFailures failures = ThreadFailures.open();
    LongLived.task(
            "test-task",
            () -> {
              throw new NoClassDefFoundError("gone");
            })
        .run();
    assertThat(failures.counts()).containsEntry("test-task", 1L);
  }

  /** As the threads of two servers in a process do. */
  @Test
  void failures_areSeenOnlyWhereTheirThreadWasStarted() throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    ThreadFailures first = ThreadFailures.open();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    opened.await();
                  } catch (InterruptedException ex) {
                    throw new IllegalStateException(ex);
                  }
                  LongLived.failed("of-the-first", new IllegalStateException("odd"));
                });
    ThreadFailures second = ThreadFailures.open();
    opened.countDown();
    thread.join();
    LongLived.failed("of-the-second", new IllegalStateException("odd"));
    ThreadFailures.leave();
    LongLived.failed("of-none", new IllegalStateException("odd"));

    assertThat(first.counts()).containsOnlyKeys("of-the-first");
    assertThat(second.counts()).containsOnlyKeys("of-the-second");
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
