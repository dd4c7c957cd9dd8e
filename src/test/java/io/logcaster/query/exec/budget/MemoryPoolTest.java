package io.logcaster.query.exec.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.WorkLimit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MemoryPoolTest {

  private static Budget budget(MemoryPool pool) {
    return new Budget(pool, 100, Long.MAX_VALUE >> 1, () -> 0, () -> false);
  }

  @Test
  void queries_exceedingThePoolTogether_areToldToRetry() {
    MemoryPool pool = new MemoryPool(150);
    try (Budget first = budget(pool);
        Budget second = budget(pool)) {
      first.reserve(90);
      assertThatThrownBy(() -> second.reserve(90))
          .isInstanceOfSatisfying(
              QueryAbortedException.class,
              (error) -> assertThat(error.code()).isEqualTo(QueryAbortedException.BUSY));
      first.release(40);
      second.reserve(90);
      assertThat(pool.used()).isEqualTo(140);
    }
    assertThat(pool.used()).isZero();
  }

  @Test
  void refusedQuery_takesNoMemoryFromOthers() throws Exception {
    MemoryPool pool = new MemoryPool(1_000);
    AtomicBoolean done = new AtomicBoolean();
    Budget large = new Budget(pool, 10_000, Long.MAX_VALUE >> 1, () -> 0, () -> false);
    Thread asking =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    try {
                      large.reserve(2_000);
                    } catch (QueryAbortedException ex) {
                      // As it should be.
                    }
                  }
                });
    try (Budget small = budget(pool)) {
      for (int i = 0; i < 200_000; i++) {
        small.reserve(10);
        small.release(10);
      }
    } finally {
      done.set(true);
      asking.join();
    }
    assertThat(pool.used()).isZero();
  }

  @Test
  void arraysOfAStep_countWithinItAlone() {
    MemoryPool pool = new MemoryPool(10 << 20);
    try (Budget budget = new Budget(pool, 1 << 20, Long.MAX_VALUE >> 1, () -> 0, () -> false)) {
      for (int i = 0; i < 100; i++) {
        boolean _ =
            budget.step(
                () -> {
                  WorkLimit.growing(700_000);
                  assertThat(pool.used()).isEqualTo(700_000);
                  return WorkLimit.inPart(
                      () -> {
                        WorkLimit.growing(200_000);
                        return true;
                      });
                });
      }
      assertThat(pool.used()).isZero();
      assertThatThrownBy(
              () ->
                  budget.step(
                      () -> {
                        WorkLimit.growing(700_000);
                        WorkLimit.growing(700_000);
                        return true;
                      }))
          .isInstanceOf(QueryAbortedException.class);
      assertThat(pool.used()).isZero();
    }
  }

  @Test
  void lateWorker_leavesThePoolUnchanged() {
    MemoryPool pool = new MemoryPool(150);
    Budget budget = budget(pool);
    budget.reserve(50);
    budget.close();
    budget.reserve(20);
    assertThat(pool.used()).isZero();
    budget.release(70);
    assertThat(pool.used()).isZero();
  }

  @Test
  void query_exceedingItsOwnLimit_isTheOneAborted() {
    MemoryPool pool = new MemoryPool(150);
    try (Budget budget = budget(pool)) {
      assertThatThrownBy(() -> budget.reserve(101))
          .isInstanceOfSatisfying(
              QueryAbortedException.class,
              (error) -> assertThat(error.code()).isEqualTo(QueryAbortedException.MEMORY));
    }
    assertThat(pool.used()).isZero();
  }
}
