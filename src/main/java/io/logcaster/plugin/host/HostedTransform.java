package io.logcaster.plugin.host;

import io.logcaster.plugin.PluginTransform;
import io.logcaster.record.RecordBatch;
import io.logcaster.transform.PluginTransforms;
import io.logcaster.transform.RecordEdits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A transform of a plug-in. Its code has a thread of its own, so that the pipeline can go on
 * without a transform that takes too long.
 */
final class HostedTransform implements PluginTransforms.Opened {

  /** The thread ends if there is nothing to do for so long, so a replaced transform leaves none. */
  private static final long IDLE_SECONDS = 10;

  /** What one that took too long must wait, so that it can hold up only a part of the time. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final PluginTransform transform;
  private final PluginCode code;
  private final UnaryOperator<String> redaction;
  private final Duration limit;
  private final LongSupplier nanos;
  private final ThreadPoolExecutor thread;
  private CompletableFuture<Boolean> call = CompletableFuture.completedFuture(true);
  private boolean paused;
  private long resumesAt;

  /**
   * @param redaction takes secrets out of messages
   * @param limit how long the pipeline waits for a batch
   * @param nanos as {@link System#nanoTime}
   */
  HostedTransform(
      PluginTransform transform,
      PluginCode code,
      UnaryOperator<String> redaction,
      Duration limit,
      LongSupplier nanos) {
    this.transform = transform;
    this.code = code;
    this.redaction = redaction;
    this.limit = limit;
    this.nanos = nanos;
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            (task) -> Thread.ofPlatform().daemon().name("plugin-" + code.plugin()).unstarted(task));
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void apply(RecordBatch batch, RecordEdits edits) {
    if (!call.isDone()) {
      throw failure("is still busy with earlier records");
    }
    if (paused && nanos.getAsLong() < resumesAt) {
      throw failure("took too long and is not used for a minute");
    }
    paused = false;
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    call = done;
    Running running = new Running(new EditedBatch(batch, edits), done);
    thread.execute(running);
    try {
      done.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException ex) {
      throw failure(redaction.apply(message(ex.getCause())));
    } catch (TimeoutException ex) {
      running.interrupt();
      paused = true;
      resumesAt = nanos.getAsLong() + PAUSE.toNanos();
      throw failure("took longer than " + limit.toMillis() + " ms");
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      running.interrupt();
      throw failure("was interrupted");
    }
  }

  private static String message(@Nullable Throwable cause) {
    return (cause == null) ? "failed" : String.valueOf(cause.getMessage());
  }

  private IllegalStateException failure(String what) {
    return new IllegalStateException("the plug-in " + code.plugin() + ": " + what);
  }

  /** One call. Only this call is interrupted, not one that follows on the same thread. */
  private final class Running implements Runnable {

    private final EditedBatch batch;
    private final CompletableFuture<Boolean> done;
    private boolean interrupted;
    private @Nullable Thread runner;

    Running(EditedBatch batch, CompletableFuture<Boolean> done) {
      this.batch = batch;
      this.done = done;
    }

    synchronized void interrupt() {
      interrupted = true;
      if (runner != null) {
        runner.interrupt();
      }
    }

    private synchronized void begin() throws InterruptedException {
      if (interrupted) {
        throw new InterruptedException();
      }
      runner = Thread.currentThread();
    }

    private synchronized void end() {
      runner = null;
      Thread.interrupted(); // this call's, by now of no meaning
    }

    @Override
    public void run() {
      try {
        begin();
        code.run(() -> transform.apply(batch));
        end();
        done.complete(true);
      } catch (Throwable ex) { // whatever it is, somebody waits for it
        end();
        done.completeExceptionally(ex);
      }
    }
  }
}
