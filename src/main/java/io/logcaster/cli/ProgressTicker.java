package io.logcaster.cli;

/** Shows a progress at intervals until it is closed. */
final class ProgressTicker implements AutoCloseable {

  private final Progress progress;
  private final boolean silent;
  private final Thread thread;

  ProgressTicker(Progress progress, boolean silent) {
    this.progress = progress;
    this.silent = silent;
    this.thread = Thread.ofPlatform().daemon().name("logcaster-progress").unstarted(this::run);
    if (!silent) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(progress.interval());
        progress.show();
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (!silent) {
      thread.interrupt();
      progress.finish();
    }
  }
}
