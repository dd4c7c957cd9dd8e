package io.logcaster.notice;

import io.logcaster.alert.AlertFeed;
import io.logcaster.notice.delivery.NoticeQueue;
import io.logcaster.work.LongLived;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Runs the service of notices and their delivery while the server runs. */
final class NoticeLoop implements SmartLifecycle {

  /**
   * Longer than the queries for one notice usually take; what is not written is written next time.
   */
  private static final long STOP_MILLIS = 5_000;

  private final NoticeService service;
  private final NoticeQueue queue;
  private final AlertFeed feed;
  private volatile boolean running;
  private boolean subscribed;
  private @Nullable Thread thread;

  NoticeLoop(NoticeService service, NoticeQueue queue, AlertFeed feed) {
    this.service = service;
    this.queue = queue;
    this.feed = feed;
  }

  @Override
  public void start() {
    if (!subscribed) {
      feed.subscribe(service::changed);
      subscribed = true;
    }
    running = true;
    thread = LongLived.startVirtual("notices", this::run);
  }

  private void run() {
    service.restore();
    queue.start();
    while (running) {
      Instant next = service.turn();
      try {
        service.await(next);
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    queue.stop();
    service.signal();
    Thread last = thread;
    if (last != null) {
      try {
        last.join(STOP_MILLIS);
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
