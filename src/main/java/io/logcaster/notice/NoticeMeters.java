package io.logcaster.notice;

import io.logcaster.notice.delivery.LetterStore;
import io.logcaster.notice.delivery.NoticeQueue;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Notices delivered, failed and waiting. */
final class NoticeMeters implements MeterBinder {

  private final NoticeQueue queue;
  private final LetterStore store;

  NoticeMeters(NoticeQueue queue, LetterStore store) {
    this.queue = queue;
    this.store = store;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("logcaster.notices.sent", queue, NoticeQueue::sent)
        .description("Notices that channels have accepted")
        .register(registry);
    FunctionCounter.builder("logcaster.notices.failed.attempts", queue, NoticeQueue::failedAttempts)
        .description("Failed attempts to deliver a notice")
        .register(registry);
    FunctionCounter.builder("logcaster.notices.buried", queue, NoticeQueue::buried)
        .description("Notices that became dead letters")
        .register(registry);
    Gauge.builder(
            "logcaster.notices.waiting",
            store,
            (all) -> all.waiting().values().stream().mapToLong(Long::longValue).sum())
        .description("Notices that wait to be delivered")
        .register(registry);
    Gauge.builder("logcaster.notices.dead.letters", store, LetterStore::dead)
        .description("Notices that could not be delivered and are kept")
        .register(registry);
  }
}
