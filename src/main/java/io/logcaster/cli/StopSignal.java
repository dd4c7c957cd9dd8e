package io.logcaster.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command end in order after Ctrl-C, if it does so soon. */
final class StopSignal implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param stop makes the command end
   */
  StopSignal(Runnable stop) {
    hook =
        new Thread(
            () -> {
              stop.run();
              try {
                boolean inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (!inTime) {
                  System.err.println("logcaster: stopped before everything was acknowledged");
                }
              } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
              }
            },
            "logcaster-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ex) {
      // It is already running and waits for this.
    }
  }
}
