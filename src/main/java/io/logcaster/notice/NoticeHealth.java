package io.logcaster.notice;

import io.logcaster.notice.delivery.LetterStore;
import io.logcaster.notice.delivery.NoticeQueue;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Health {@code notices}: always up, because a receiver that fails is no reason to restart the
 * server; the details say which channels fail, and what waits.
 */
final class NoticeHealth extends AbstractHealthIndicator {

  private final NoticeQueue queue;
  private final LetterStore store;

  NoticeHealth(NoticeQueue queue, LetterStore store) {
    super("The queue of notices cannot be read");
    this.queue = queue;
    this.store = store;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health.up();
    Map<String, String> failures = queue.failures();
    if (!failures.isEmpty()) {
      health.withDetail("failing", failures);
    }
    Map<String, Long> waiting = store.waiting();
    if (!waiting.isEmpty()) {
      health.withDetail("waiting", waiting);
    }
    long dead = store.dead();
    if (dead > 0) {
      health.withDetail("deadLetters", dead);
    }
  }
}
