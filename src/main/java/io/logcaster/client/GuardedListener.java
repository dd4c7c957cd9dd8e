package io.logcaster.client;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Protects the client's threads from a listener that throws. The first failure goes to the thread's
 * uncaught-exception handler, which prints it by default; later failures are ignored.
 */
final class GuardedListener implements ClientListener {

  private final ClientListener listener;
  private final AtomicBoolean failed = new AtomicBoolean();

  GuardedListener(ClientListener listener) {
    this.listener = listener;
  }

  @Override
  public void connected(String server) {
    call(() -> listener.connected(server));
  }

  @Override
  public void failed(String server, String reason) {
    call(() -> listener.failed(server, reason));
  }

  @Override
  public void acknowledged(long sequence, long records) {
    call(() -> listener.acknowledged(sequence, records));
  }

  @Override
  public void dropped(long records, String reason) {
    call(() -> listener.dropped(records, reason));
  }

  private void call(Runnable event) {
    try {
      event.run();
    } catch (Throwable ex) { // an Error, such as a missing class, is no reason to lose records
      if (!failed.getAndSet(true)) {
        tell(ex);
      }
    }
  }

  private static void tell(Throwable failure) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    } catch (Throwable ex) {
      // The handler belongs to the program, too, and may throw.
    }
  }
}
