package io.logcaster.ingest;

import io.logcaster.work.LongLived;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that an input needs for as long as it is open. If its task ends or fails earlier, it is
 * restarted after a pause; until then the thread {@linkplain #isDown() is down}, which the input's
 * health shows. Failures are reported like those of all {@link LongLived} threads.
 */
public final class InputThread {

  private static final Logger LOG = LoggerFactory.getLogger(InputThread.class);

  /** Long enough to be seen in the health status, short enough to miss little. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String name;
  private final InputContext context;
  private final BooleanSupplier open;
  private final Task task;
  private final long pauseMillis;
  private volatile boolean down;
  private volatile @Nullable Thread thread;

  /** The work of a thread until its input is closed. */
  @FunctionalInterface
  public interface Task {
    void run() throws Exception;
  }

  /**
   * Creates a thread without starting it.
   *
   * @param open whether the input is open; the thread ends when it is not
   * @param task called again if it returns or fails earlier
   */
  public InputThread(String name, InputContext context, BooleanSupplier open, Task task) {
    this(name, context, open, task, PAUSE);
  }

  InputThread(String name, InputContext context, BooleanSupplier open, Task task, Duration pause) {
    this.name = name;
    this.context = context;
    this.open = open;
    this.task = task;
    this.pauseMillis = pause.toMillis();
  }

  /** Starts a virtual thread. */
  public void startVirtual() {
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  /** Starts a platform thread, for a task that should not wait for a carrier. */
  public void startPlatform() {
    thread = Thread.ofPlatform().daemon().name(name).start(this::run);
  }

  private void run() {
    while (open.getAsBoolean()) {
      try {
        task.run();
        if (open.getAsBoolean()) {
          restart(null);
        }
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
        return;
      } catch (Throwable ex) {
        // Errors as well: without its thread an input would never receive anything again.
        if (open.getAsBoolean() && !restart(ex)) {
          return;
        }
      }
    }
  }

  /** Waits before a restart; returns false if the thread is to end. */
  private boolean restart(@Nullable Throwable failure) {
    down = true;
    context.metrics().note("thread_restarted", 1);
    if (failure == null) {
      LOG.error("Restarting the thread {}, which ended", name);
    } else {
      LongLived.failed(name, failure);
    }
    try {
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
      return true;
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      down = false;
    }
  }

  /** Whether its task has ended and has not been restarted yet. */
  public boolean isDown() {
    return down;
  }

  /** Interrupts the task; it is not restarted if its input is closed. */
  public void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Waits for the thread to end, at most for the timeout. */
  public void join(Duration timeout) throws InterruptedException {
    Thread running = thread;
    if (running != null) {
      running.join(timeout);
    }
  }
}
