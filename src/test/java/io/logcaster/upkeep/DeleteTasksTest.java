package io.logcaster.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.TestClock;
import io.logcaster.alert.rule.ControlDb;
import io.logcaster.query.QueryEngine;
import io.logcaster.query.QueryLimits;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.BatchConsumer;
import io.logcaster.storage.DeleteProgress;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.StorageStats;
import io.logcaster.upkeep.DeleteTask.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteTasksTest {

  private final ControlDb control = new ControlDb();
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final SlowStorage storage = new SlowStorage();
  private DeleteTasks tasks = tasks();

  private DeleteTasks tasks() {
    return new DeleteTasks(
        storage,
        new QueryEngine(storage, clock, QueryLimits.defaults()),
        new DeleteTaskStore(control.jdbc()),
        clock);
  }

  @AfterEach
  void stop() {
    storage.steps.release(1_000);
    tasks.stop();
    control.close();
  }

  @Test
  void cancel_ofARunningTask_endsItAndLetsTheNextOneRun() {
    tasks.start();
    String first = add("one");
    String second = add("two");
    await().until(() -> state(first) == State.RUNNING);
    storage.steps.release(2);
    await().until(() -> tasks.find(first).orElseThrow().deleted() == 20);
    assertThat(state(second)).isEqualTo(State.WAITING);
    tasks.cancel(first);
    storage.steps.release(1);
    await().until(() -> state(first) == State.CANCELLED);
    storage.steps.release(10);
    await().until(() -> state(second) == State.DONE);
    assertThat(tasks.find(second).orElseThrow().deleted()).isEqualTo(50);
  }

  @Test
  void cancel_ofAWaitingTask_preventsItsRun() {
    String id = add("never");
    tasks.cancel(id);
    tasks.start();
    String next = add("next");
    storage.steps.release(10);
    await().until(() -> state(next) == State.DONE);
    assertThat(state(id)).isEqualTo(State.CANCELLED);
    assertThat(tasks.find(id).orElseThrow().started()).isNull();
  }

  @Test
  void interruptedTask_continuesAfterTheNextStart() {
    tasks.start();
    String id = add("interrupted");
    storage.steps.release(1);
    await().until(() -> tasks.find(id).orElseThrow().deleted() == 10);
    storage.stopSoon = true;
    tasks.stop();
    storage.stopSoon = false;
    assertThat(state(id)).isEqualTo(State.RUNNING);

    tasks = tasks();
    assertThat(tasks.find(id).orElseThrow().deleted()).isEqualTo(10);
    storage.steps.release(10);
    tasks.start();
    await().until(() -> state(id) == State.DONE);
    assertThat(tasks.find(id).orElseThrow().deleted()).isEqualTo(60);
    assertThat(tasks().find(id).orElseThrow().state()).isEqualTo(State.DONE);
  }

  @Test
  void failedTask_givesTheReason_andTheNextOneRuns() {
    storage.failure = new IOException("the disk is gone");
    tasks.start();
    String id = add("failing");
    await().until(() -> state(id) == State.FAILED);
    assertThat(tasks.find(id).orElseThrow().error()).isEqualTo("the disk is gone");
    storage.failure = null;
    String next = add("next");
    storage.steps.release(10);
    await().until(() -> state(next) == State.DONE);
  }

  @Test
  void add_beyondTheLimitOfWaitingTasks_isRefused() {
    for (int i = 0; i < DeleteTasks.MAX_WAITING; i++) {
      assertThat(tasks.add("x", 0, 1)).isNotNull();
    }
    assertThat(tasks.add("x", 0, 1)).isNull();
  }

  private String add(String query) {
    DeleteTask task = tasks.add(query, Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(task).isNotNull();
    clock.advance(Duration.ofSeconds(1));
    return task.id();
  }

  private State state(String id) {
    return tasks.find(id).orElseThrow().state();
  }

  /** Deletes ten records per step in five steps, each when the test permits it. */
  private static final class SlowStorage implements LogStorage {

    final Semaphore steps = new Semaphore(0);
    volatile IOException failure;
    volatile boolean stopSoon;

    @Override
    public long delete(ScanRequest request, DeleteProgress progress) throws IOException {
      if (failure != null) {
        throw failure;
      }
      for (int i = 0; i < 5; i++) {
        progress.progress(i, 5, i * 10L);
        while (!stopSoon && !request.cancelled().getAsBoolean() && !step()) {
          Thread.onSpinWait();
        }
        if (stopSoon) {
          await().until(() -> request.cancelled().getAsBoolean());
        }
        if (request.cancelled().getAsBoolean()) {
          return i * 10L;
        }
      }
      progress.progress(5, 5, 50);
      return 50;
    }

    private boolean step() throws IOException {
      try {
        return steps.tryAcquire(10, TimeUnit.MILLISECONDS);
      } catch (InterruptedException ex) {
        throw new IOException(ex);
      }
    }

    @Override
    public long delete(ScanRequest request) throws IOException {
      return delete(request, DeleteProgress.NONE);
    }

    @Override
    public CompletableFuture<Void> append(RecordBatch batch) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void scan(ScanRequest request, BatchConsumer consumer) {}

    @Override
    public long lastDelivery(String client) {
      return -1;
    }

    @Override
    public StorageStats stats() {
      return new StorageStats(0, 0, 0, 0, 0, false);
    }

    @Override
    public void close() {}
  }
}
