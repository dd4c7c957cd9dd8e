package io.logcaster.storage.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The helpers of one scan. They are asked only once there is work for them: most scans that read
 * nothing are over before another thread is awake, and would have to wait for it. Used by the
 * scan's own thread.
 */
final class ScanHelpers {

  private final ScanThreads threads;
  private final int workers;
  private final Work work;
  private final List<Helper> running = new ArrayList<>();
  private boolean asked;

  /** Takes blocks until there are none. */
  @FunctionalInterface
  interface Work {

    /**
     * @param worker the number of the thread; the scan's own is 0
     */
    void run(int worker) throws IOException;
  }

  /**
   * @param workers how many threads may scan, with the scan's own
   */
  ScanHelpers(ScanThreads threads, int workers, Work work) {
    this.threads = threads;
    this.workers = workers;
    this.work = work;
  }

  /** Lets other threads join as they become free. Does nothing the second time. */
  void ask() {
    if (!asked) {
      asked = true;
      for (int i = 1; i < workers; i++) {
        Helper helper = new Helper(i);
        running.add(helper);
        threads.help(helper);
      }
    }
  }

  /** Takes blocks on another thread if one becomes free before the scan is over. */
  private final class Helper implements Runnable {

    private final int worker;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    Helper(int worker) {
      this.worker = worker;
    }

    @Override
    public void run() {
      if (!claimed.compareAndSet(false, true)) {
        return;
      }
      try {
        work.run(worker);
      } catch (IOException | RuntimeException | Error ex) {
        failure = ex;
      } finally {
        done.countDown();
      }
    }

    /** Keeps the helper from starting. Returns false if it has already started. */
    boolean callOff() {
      return claimed.compareAndSet(false, true);
    }
  }

  /**
   * Waits for the helpers that have started, even when interrupted, because they read mappings that
   * the caller releases afterwards. Calls off helpers that still queue behind other scans, because
   * a quick scan must not wait for a slow one.
   *
   * @param interrupted ends the scan early
   * @return the first failure of a helper; null if none failed
   */
  @Nullable Throwable join(Runnable interrupted) {
    Throwable failure = null;
    boolean wasInterrupted = false;
    for (Helper helper : running) {
      boolean done = helper.callOff();
      while (!done) {
        try {
          helper.done.await();
          done = true;
        } catch (InterruptedException ex) {
          interrupted.run();
          wasInterrupted = true;
        }
      }
      failure = (failure != null) ? failure : helper.failure;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
    return failure;
  }
}
