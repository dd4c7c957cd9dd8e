package io.logcaster.storage.opensearch;

import io.logcaster.storage.opensearch.SearchCluster.RefusedException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats requests while the cluster is away or busy, at growing intervals, until it is closed. */
final class Patience {

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  /** Shorter trouble only makes senders wait. */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(3);

  private volatile boolean closed;
  private volatile @Nullable String trouble;

  /** Why the cluster takes nothing at present; null if it does. */
  @Nullable String trouble() {
    return trouble;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  void succeeded() {
    trouble = null;
  }

  /** Something to repeat until it succeeds. */
  interface Attempt {

    long run() throws IOException;
  }

  /** Repeats an attempt while the cluster is away or busy. */
  long persist(Attempt attempt) throws IOException {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        long result = attempt.run();
        trouble = null;
        return result;
      } catch (IOException ex) {
        if (!isPassing(ex)) {
          throw ex;
        }
        pause = pause(begin, pause, String.valueOf(ex.getMessage()), ex);
      }
    }
  }

  /** Whether an error may pass: all but those that say that the request itself is wrong. */
  static boolean isPassing(IOException ex) {
    return !(ex instanceof RefusedException refused) || isPassing(refused.status());
  }

  static boolean isPassing(int status) {
    // 401 and 403: a changed password or a blocked index, which somebody will mend.
    return status >= 500 || status == 429 || status == 408 || status == 401 || status == 403;
  }

  long pause(long begin, long pause, String why, @Nullable IOException ex) throws IOException {
    if (closed) {
      throw (ex != null) ? ex : new IOException("The records could not be stored: " + why);
    }
    if (trouble == null && System.nanoTime() - begin > STUCK_NANOS) {
      LOG.warn("OpenSearch takes no records: {}", why);
      trouble = why;
    } else if (trouble != null) {
      trouble = why;
    }
    sleep(pause);
    return Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException ex) {
      // The storage was closed: one more attempt.
    }
  }
}
