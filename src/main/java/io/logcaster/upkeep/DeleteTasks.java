package io.logcaster.upkeep;

import io.logcaster.query.QueryEngine;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.system.Printable;
import io.logcaster.upkeep.DeleteTask.State;
import io.logcaster.work.LongLived;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Runs deletions by query, one after the other. A scan that begins after a segment was processed no
 * longer finds the deleted records; when the task is done, none of them is on disk. A task
 * interrupted by a stop or a crash starts again; what it has deleted stays deleted.
 */
final class DeleteTasks implements SmartLifecycle {

  /** Maximum number of waiting tasks; more are probably a mistake in a script. */
  static final int MAX_WAITING = 100;

  /** Maximum number of finished tasks that are remembered. */
  private static final int MAX_OVER = 100;

  private static final Logger LOG = LoggerFactory.getLogger(DeleteTasks.class);

  private final LogStorage storage;
  private final QueryEngine queries;
  private final DeleteTaskStore store;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, DeleteTask> tasks = new LinkedHashMap<>();
  private final Set<String> cancelled = new HashSet<>();
  private @Nullable Thread runner;
  private volatile boolean stopping;

  DeleteTasks(LogStorage storage, QueryEngine queries, DeleteTaskStore store, Clock clock) {
    this.storage = storage;
    this.queries = queries;
    this.store = store;
    this.clock = clock;
    store.all().forEach((task) -> tasks.put(task.id(), task));
  }

  /**
   * Adds a task; it is stored when this returns.
   *
   * @return null if too many are already waiting
   */
  @Nullable DeleteTask add(String query, long minTime, long maxTime) {
    DeleteTask task =
        new DeleteTask(
            UUID.randomUUID().toString(),
            query,
            minTime,
            maxTime,
            State.WAITING,
            0,
            0,
            0,
            clock.instant(),
            null,
            null,
            null);
    lock.lock();
    try {
      List<DeleteTask> over = new ArrayList<>(tasks.values());
      over.removeIf((other) -> !other.state().isOver());
      if (tasks.size() - over.size() >= MAX_WAITING) {
        return null;
      }
      if (over.size() >= MAX_OVER) {
        store.delete(over.getFirst().id());
        tasks.remove(over.getFirst().id());
      }
      put(task);
      return task;
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private void put(DeleteTask task) {
    store.put(task);
    tasks.put(task.id(), task);
    changed.signalAll();
  }

  /**
   * Under the lock. A failure to store the state is not fatal: after a restart the task starts
   * again.
   */
  private void note(DeleteTask task) {
    try {
      put(task);
    } catch (DataAccessException ex) {
      tasks.put(task.id(), task);
      LOG.warn("The state of deletion {}, {}, could not be saved", task.id(), task.state(), ex);
    }
  }

  /** All tasks, the newest first. */
  List<DeleteTask> all() {
    lock.lock();
    try {
      return new ArrayList<>(tasks.values()).reversed();
    } finally {
      lock.unlock();
    }
  }

  Optional<DeleteTask> find(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(tasks.get(id));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Cancels an unfinished task: immediately, or after its current segment.
   *
   * @return the task; empty if there is none
   */
  Optional<DeleteTask> cancel(String id) {
    lock.lock();
    try {
      DeleteTask task = tasks.get(id);
      if (task != null && task.state() == State.WAITING) {
        put(task.over(State.CANCELLED, clock.instant(), null));
      } else if (task != null && task.state() == State.RUNNING) {
        cancelled.add(id);
      }
      return Optional.ofNullable(tasks.get(id));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    stopping = false;
    runner = LongLived.start("delete", this::run);
  }

  private void run() {
    for (DeleteTask task = next(); task != null; task = next()) {
      try {
        run(task);
      } catch (RuntimeException ex) {
        LOG.error("The deletion {} failed", task.id(), ex);
      }
    }
  }

  /** Waits for the next task and starts it; null when the server stops. */
  private @Nullable DeleteTask next() {
    lock.lock();
    try {
      while (!stopping) {
        for (DeleteTask task : tasks.values()) {
          if (!task.state().isOver()) {
            DeleteTask started = task.started(clock.instant());
            note(started);
            return started;
          }
        }
        changed.awaitUninterruptibly();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void run(DeleteTask task) {
    String id = task.id();
    long before = task.deleted();
    try {
      Instant created = task.created();
      long now = created.getEpochSecond() * 1_000_000_000L + created.getNano();
      ScanRequest request =
          ScanRequest.all()
              .between(task.minTime(), task.maxTime())
              .where(queries.filter(task.query(), now))
              .until(() -> stopping || isCancelled(id));
      storage.delete(
          request, (done, total, deleted) -> progress(id, done, total, before + deleted));
      over(id, State.DONE, null);
    } catch (IOException | RuntimeException ex) {
      LOG.error("The deletion of {} failed", Printable.line(task.query()), ex);
      over(id, State.FAILED, String.valueOf(ex.getMessage()));
    }
  }

  private boolean isCancelled(String id) {
    lock.lock();
    try {
      return cancelled.contains(id);
    } finally {
      lock.unlock();
    }
  }

  private void progress(String id, int done, int total, long deleted) {
    lock.lock();
    try {
      tasks.computeIfPresent(id, (key, task) -> task.at(done, total, deleted));
    } finally {
      lock.unlock();
    }
  }

  private void over(String id, State state, @Nullable String error) {
    lock.lock();
    try {
      DeleteTask task = tasks.get(id);
      if (task == null) {
        return;
      }
      boolean ended = cancelled.remove(id);
      boolean whole = task.total() > 0 && task.done() == task.total();
      if (state == State.DONE && !whole && stopping && !ended) {
        note(task); // it continues after the next start
        return;
      }
      DeleteTask over =
          task.over(ended && !whole ? State.CANCELLED : state, clock.instant(), error);
      note(over);
      LOG.info(
          "The deletion of {} is {}: {} records",
          Printable.line(over.query()),
          over.state(),
          over.deleted());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      stopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Thread running = runner;
    runner = null;
    if (running != null) {
      try {
        running.join();
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return runner != null;
  }
}
