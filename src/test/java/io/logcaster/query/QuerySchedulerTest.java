package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.exec.budget.QueryAbortedException;
import io.logcaster.system.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behaviour of queries that share the processors. */
@Timeout(120)
class QuerySchedulerTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong now = new AtomicLong();

  private QueryScheduler scheduler(int concurrency, int queue) {
    return new QueryScheduler(concurrency, queue, Duration.ofSeconds(20), 2, now::get, () -> 0);
  }

  private static CompletableFuture<Void> turn(QueryScheduler.Pass pass) {
    return CompletableFuture.runAsync(() -> pass.await(() -> {}), Thread::startVirtualThread);
  }

  private static void finish(CompletableFuture<Void> turn) throws Exception {
    turn.get(60, TimeUnit.SECONDS);
  }

  @Test
  void enter_beyondTheQueue_isRefusedUntilOneLeaves() {
    QueryScheduler scheduler = scheduler(1, 1);
    QueryScheduler.Pass first = scheduler.enter();
    QueryScheduler.Pass _ = scheduler.enter();
    assertThatThrownBy(scheduler::enter)
        .isInstanceOfSatisfying(
            ProblemException.class,
            (problem) -> {
              assertThat(problem.code()).isEqualTo("too_many_queries");
              assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("1");
            });
    first.leave();
    scheduler.enter();
    assertThat(scheduler.active()).isEqualTo(2);
  }

  @Test
  void query_afterManyLongOnes_runsAtOnce() throws Exception {
    QueryScheduler scheduler = scheduler(8, 64);
    List<QueryScheduler.Pass> heavy = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      heavy.add(scheduler.enter());
    }
    heavy.forEach((pass) -> pass.used(4 * SECOND));
    finish(turn(scheduler.enter()));
    for (QueryScheduler.Pass pass : heavy.subList(8, 50)) {
      assertThat(turn(pass)).isNotDone();
    }
  }

  @Test
  void longQueries_beyondTheConcurrency_waitUntilEarlierOnesLeave() throws Exception {
    QueryScheduler scheduler = scheduler(2, 64);
    QueryScheduler.Pass first = scheduler.enter();
    QueryScheduler.Pass second = scheduler.enter();
    QueryScheduler.Pass third = scheduler.enter();
    first.used(SECOND);
    second.used(SECOND);
    third.used(SECOND / 2);
    finish(turn(first));
    finish(turn(second));
    CompletableFuture<Void> waiting = turn(third);
    assertThat(waiting).isNotDone();
    second.leave();
    finish(waiting);
  }

  @Test
  void query_thatUsedLess_goesFirst() throws Exception {
    QueryScheduler scheduler = scheduler(8, 64);
    QueryScheduler.Pass old = scheduler.enter();
    QueryScheduler.Pass younger = scheduler.enter();
    QueryScheduler.Pass youngest = scheduler.enter();
    old.used(10 * SECOND);
    younger.used(SECOND);
    CompletableFuture<Void> waiting = turn(old);
    finish(turn(younger));
    finish(turn(youngest));
    assertThat(waiting).isNotDone();
    younger.leave();
    finish(waiting);
  }

  @Test
  void queries_ofSlowClients_doNotHoldUpOthers() throws Exception {
    QueryScheduler scheduler = scheduler(8, 64);
    QueryScheduler.Pass first = scheduler.enter();
    QueryScheduler.Pass second = scheduler.enter();
    QueryScheduler.Pass third = scheduler.enter();
    third.used(SECOND);
    finish(turn(first));
    finish(turn(second));
    CompletableFuture<Void> waiting = turn(third);
    assertThat(waiting).isNotDone();
    now.addAndGet(SECOND);
    finish(waiting);
  }

  @Test
  void waiting_endsWithItsClientAndAtItsPatience() {
    QueryScheduler scheduler = scheduler(1, 64);
    scheduler.enter().used(SECOND);
    QueryScheduler.Pass second = scheduler.enter();
    second.used(SECOND);
    assertThatThrownBy(
            () ->
                second.await(
                    () -> {
                      throw new QueryAbortedException(QueryAbortedException.CANCELLED, "left");
                    }))
        .hasMessage("left");
    assertThatThrownBy(() -> second.await(() -> now.addAndGet(30 * SECOND)))
        .isInstanceOfSatisfying(
            QueryAbortedException.class,
            (error) -> assertThat(error.code()).isEqualTo(QueryAbortedException.BUSY));
    assertThat(second.waitedNanos()).isGreaterThanOrEqualTo(30 * SECOND);
  }
}
