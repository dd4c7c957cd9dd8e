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
 * The threads that scan: one for each scan that runs, which others help while they have nothing
 * else to do. They are threads of the operating system that give way to all others, because whoever
 * asks can wait a little, and whoever sends records should not: on virtual threads a scan would
 * keep the few threads that carry those from the inputs.
 */
final class ScanThreads implements AutoCloseable {

  /**
   * What Linux' scheduler takes off: such a thread gets a tenth of the time of one that runs beside
   * it, and all the time that nobody else wants.
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

  /** Whether this thread gives way already. */
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
      LOG.debug("Scans do not give way to other threads", ex);
      return null;
    }
  }

  /** Makes the calling thread give way, where the system lets it. */
  private void giveWay() {
    if (!yielding.get()) {
      yielding.set(true);
      MethodHandle handle = SET_PRIORITY;
      if (handle != null) {
        try {
          // On Linux process 0 is the calling thread.
          int failed = (int) handle.invokeExact(PRIO_PROCESS, 0, NICE);
          LOG.trace("Gives way: {}", failed == 0);
        } catch (Throwable ex) {
          throw new IllegalStateException("setpriority cannot be called", ex);
        }
      }
    }
  }

  /** Runs a scan on a thread of its own, or on this one where it runs a scan already, and waits. */
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
          // What it reads must stay until it has ended, which its own checks bring about.
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

  /** Lets the failure of a scan pass as what it is, whichever thread met it. */
  static IOException unchanged(@Nullable Throwable failure) {
    return switch (failure) {
      case IOException cause -> cause;
      case RuntimeException cause -> throw cause;
      case Error cause -> throw cause;
      case null, default -> new IOException("A scan failed", failure);
    };
  }

  /** Runs a part of a scan when a helper is free. */
  void help(Runnable part) {
    helpers.execute(
        () -> {
          giveWay();
          part.run();
        });
  }

  @Override
  public void close() {
    helpers.shutdown();
    leaders.shutdown();
  }
}
