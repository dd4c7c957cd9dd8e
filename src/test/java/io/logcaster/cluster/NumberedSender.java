package io.logcaster.cluster;

import io.logcaster.Api;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends numbered records until it is closed, and knows which of them were acknowledged. What was
 * not is never sent again, so that no number may be found twice. Every so often one of the records
 * is an alarm, of which an alert must tell.
 */
final class NumberedSender implements AutoCloseable {

  static final int BATCH = 10;

  static final int HOSTS = 8;

  private static final int BATCHES_PER_ALARM = 25;

  private final Api api;
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<Integer> alarms = ConcurrentHashMap.newKeySet();
  private final AtomicInteger sent = new AtomicInteger();
  private final Thread thread;
  private volatile boolean open = true;

  NumberedSender(Api api) {
    this.api = api;
    this.thread = Thread.ofVirtual().start(this::run);
  }

  private void run() {
    for (int batch = 0; open; batch++) {
      try {
        boolean stored = send(batch % BATCHES_PER_ALARM == 0);
        TimeUnit.MILLISECONDS.sleep(stored ? 10 : 100);
      } catch (InterruptedException ex) {
        return;
      }
    }
  }

  /** Sends a batch; only the answer 200 says that it is stored. */
  boolean send(boolean hasAlarm) {
    int first = sent.getAndAdd(BATCH);
    StringBuilder body = new StringBuilder();
    for (int n = first; n < first + BATCH; n++) {
      String app = hasAlarm && n == first ? "alarm" : "system";
      body.append(
          "{\"host\":\"h%d\",\"app\":\"%s\",\"n\":\"%d\",\"_msg\":\"record %d of many\"}%n"
              .formatted(n % HOSTS, app, n, n));
    }
    try {
      HttpResponse<String> answer =
          api.post("/api/v1/records", "application/x-ndjson", body.toString());
      if (answer.statusCode() != 200) {
        return false;
      }
    } catch (UncheckedIOException ex) {
      return false;
    }
    for (int n = first; n < first + BATCH; n++) {
      acknowledged.add(n);
    }
    if (hasAlarm) {
      alarms.add(first);
    }
    return true;
  }

  /** The numbers of the records that were acknowledged. */
  Set<Integer> acknowledged() {
    return acknowledged;
  }

  /** Those of them that are alarms. */
  Set<Integer> alarms() {
    return alarms;
  }

  int sent() {
    return sent.get();
  }

  /** Ends with the answer to what is on its way. */
  @Override
  public void close() {
    open = false;
    try {
      thread.join();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }
}
