package io.logcaster.notice;

import io.logcaster.alert.AlertFeed;
import io.logcaster.cluster.Lease;
import io.logcaster.notice.delivery.NoticeQueue;
import io.logcaster.work.LongLived;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the service of notices and their delivery while the server runs. */
final class NoticeLoop implements SmartLifecycle {

  /**
   * Longer than the queries for one notice usually take; what is not written is written next time.
   */
  private static final long STOP_MILLIS = 5_000;

  /** How soon this node notices that it evaluates the rules, where several could. */
  private static final long DUTY_MILLIS = 500;

  private static final Logger LOG = LoggerFactory.getLogger(NoticeLoop.class);

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
      queue.onlyWhile(service::isOnDuty);
      subscribed = true;
    }
    running = true;
    thread = LongLived.startVirtual("notices", this::run);
  }

  private void run() {
    try {
      while (running) {
        if (service.isOnDuty()) {
          serve();
        } else {
          service.follow();
          TimeUnit.MILLISECONDS.sleep(DUTY_MILLIS);
        }
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells of alerts until another node does. */
  private void serve() throws InterruptedException {
    service.restore();
    queue.start();
    try {
      while (running && service.isOnDuty()) {
        service.follow();
        Instant next = service.turn();
        service.await(next);
      }
    } catch (Lease.LostException ex) {
      LOG.info("Another node tells of alerts now");
    } finally {
      queue.stop();
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
