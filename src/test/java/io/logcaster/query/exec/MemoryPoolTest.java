package io.logcaster.query.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryPoolTest {

  private static Budget budget(MemoryPool pool) {
    return new Budget(pool, 100, Long.MAX_VALUE >> 1, () -> 0, () -> false);
  }

  @Test
  void queries_thatWantTooMuchTogether_areToldToWait() {
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
  void worker_thatIsLate_takesAndGivesNothing() {
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
  void query_thatWantsMoreThanItMay_isTheOneToEnd() {
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
