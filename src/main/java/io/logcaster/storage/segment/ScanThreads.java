package io.logcaster.storage.segment;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that scan: one for each running scan, and helpers that join scans while they are
 * idle. They are platform threads of low priority, because a query can wait a little and senders
 * should not. On virtual threads a scan would occupy the few carrier threads that the inputs need.
 */
final class ScanThreads implements AutoCloseable {

  /**
   * The nice value on Linux: next to a busy normal thread, such a thread gets a tenth of the time;
   * otherwise it gets all the time it wants.
   */
  private static final int NICE = 10;

  private static final int PRIO_PROCESS = 0;

  private static final Logger LOG = LoggerFactory.getLogger(ScanThreads.class);

  private static final @Nullable MethodHandle SET_PRIORITY = setPriority();

  private final ExecutorService leaders =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("scan-", 0).daemon().factory());

  private final ExecutorService helpers =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().name("scan-help-", 0).daemon().factory());

  /** Whether this thread has low priority, which also means that it runs a scan. */
  private final ThreadLocal<Boolean> yielding = ThreadLocal.withInitial(() -> false);

  /** A scan that may fail. */
  @FunctionalInterface
  interface Scan {

    void run() throws IOException;
  }

  @SuppressWarnings("restricted") // native access is granted to all of the server
  private static @Nullable MethodHandle setPriority() {
    try {
      if (!System.getProperty("os.name", "").equals("Linux")) {
        return null;
      }
      Linker linker = Linker.nativeLinker();
      return SymbolLookup.libraryLookup("libc.so.6", Arena.global())
          .or(linker.defaultLookup())
          .find("setpriority")
          .map(
              (address) ->
                  linker.downcallHandle(
                      address,
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.JAVA_INT,
                          ValueLayout.JAVA_INT,
                          ValueLayout.JAVA_INT)))
          .orElse(null);
    } catch (IllegalArgumentException | IllegalCallerException ex) {
      LOG.debug("Scans run at the priority of other threads", ex);
      return null;
    }
  }

  /** Lowers the priority of the calling thread if the system supports it. */
  private void giveWay() {
    if (!yielding.get()) {
      yielding.set(true);
      MethodHandle handle = SET_PRIORITY;
      if (handle != null) {
        try {
          // On Linux process 0 is the calling thread.
          int failed = (int) handle.invokeExact(PRIO_PROCESS, 0, NICE);
          LOG.trace("Priority lowered: {}", failed == 0);
        } catch (Throwable ex) {
          throw new IllegalStateException("setpriority cannot be called", ex);
        }
      }
    }
  }

  /** Runs a scan on its own thread and waits. A nested scan runs on the thread of the outer one. */
  void run(Scan scan) throws IOException {
    if (yielding.get()) {
      scan.run();
      return;
    }
    FutureTask<@Nullable Void> task =
        new FutureTask<>(
            () -> {
              giveWay();
              scan.run();
              return null;
            });
    leaders.execute(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException ex) {
          // Its mappings must stay until the scan ends; it checks for cancellation itself.
          interrupted = true;
        }
      }
    } catch (ExecutionException ex) {
      throw unchanged(ex.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Rethrows the failure of a scan, on whichever thread it occurred, with its own type. */
  static IOException unchanged(@Nullable Throwable failure) {
    return switch (failure) {
      case IOException cause -> cause;
      case RuntimeException cause -> throw cause;
      case Error cause -> throw cause;
      case null, default -> new IOException("A scan failed", failure);
    };
  }

  /** Runs a part of a scan when a helper is free. */
  void help(Runnable work) {
    helpers.execute(
        () -> {
          giveWay();
          work.run();
        });
  }

  @Override
  public void close() {
    helpers.shutdown();
    leaders.shutdown();
  }
}
