package io.logcaster.notice.delivery;

import io.logcaster.notice.channel.DeliveryException;
import io.logcaster.notice.channel.Notice;
import io.logcaster.system.Printable;
import io.logcaster.work.LongLived;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Delivers notices, each channel's in order and apart from the others'. A notice is on disk until
 * its channel has accepted it: after a crash it may be sent twice, with the same id, but it is not
 * lost. One that cannot be delivered becomes a dead letter. A channel has a thread only while
 * something waits for it. Thread-safe.
 */
public final class NoticeQueue {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeQueue.class);

  /** How often a notice is tried, unless its channel says otherwise. */
  public static final int DEFAULT_ATTEMPTS = 12;

  /** How many notices may wait for one channel; further ones become dead letters at once. */
  static final int MAX_WAITING = 1_000;

  /** The pause after a failure of the database. */
  private static final Duration DATABASE_PAUSE = Duration.ofSeconds(5);

  private final LetterStore store;
  private final ChannelLookup channels;
  private final Clock clock;
  private final BackOff backOff;
  private final Map<String, Worker> workers = new HashMap<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> sent = new ConcurrentHashMap<>();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong buried = new AtomicLong();
  private volatile BooleanSupplier onDuty = () -> true;
  private boolean running;

  public NoticeQueue(
      LetterStore store, ChannelLookup channels, Clock clock, RandomGenerator random) {
    this.store = store;
    this.channels = channels;
    this.clock = clock;
    this.backOff = new BackOff(random);
  }

  /** Delivers only while a condition holds: that no other node delivers. */
  public void onlyWhile(BooleanSupplier condition) {
    onDuty = condition;
  }

  /** Delivers what was left waiting, and from now on whatever is added. */
  public void start() {
    synchronized (workers) {
      running = true;
    }
    store.waiting().keySet().forEach(this::wake);
  }

  /** Stops after the attempts that are under way; what waits is delivered after the next start. */
  public void stop() {
    synchronized (workers) {
      running = false;
      workers.values().forEach(Worker::signal);
    }
  }

  /**
   * Stores a notice for a channel, in the transaction of the caller, who then {@linkplain #wake
   * wakes} the channel.
   */
  public void add(String channel, Notice notice, String title) {
    boolean full = store.waiting(channel) >= MAX_WAITING;
    store.add(channel, notice, title, clock.instant());
    if (full) {
      LOG.error(
          "{} notices wait for the channel {}; its latest is a dead letter", MAX_WAITING, channel);
      store.buryLatest(channel, "%,d other notices are waiting".formatted(MAX_WAITING));
      buried.incrementAndGet();
    }
  }

  /** Delivers what waits for a channel. */
  public void wake(String channel) {
    synchronized (workers) {
      if (!running) {
        return;
      }
      Worker worker = workers.get(channel);
      if (worker == null) {
        worker = new Worker(channel);
        workers.put(channel, worker);
        LongLived.startVirtual("notices-" + channel, worker);
      }
      worker.signal();
    }
  }

  /** Lets a dead letter be delivered; returns false if there is none. */
  public boolean sendAgain(long id) {
    Optional<String> channel = store.revive(id, clock.instant());
    channel.ifPresent(this::wake);
    return channel.isPresent();
  }

  /** Makes dead letters of all that waits for a channel that is deleted. */
  public void abandon(String channel) {
    store.buryAll(channel, "The channel was deleted");
    failures.remove(channel);
  }

  /** Why the last attempt failed, by channel; channels that work are not in it. */
  public Map<String, String> failures() {
    return new TreeMap<>(failures);
  }

  /** How many notices each channel has accepted since the start. */
  public long sent() {
    return sent.values().stream().mapToLong(AtomicLong::get).sum();
  }

  /** How many attempts have failed since the start. */
  public long failedAttempts() {
    return failed.get();
  }

  /** How many notices have become dead letters since the start. */
  public long buried() {
    return buried.get();
  }

  /**
   * Tries the first notice of a channel, if it is due.
   *
   * @return when to try again, which may be now; null if nothing waits
   */
  @Nullable Instant step(String channel) {
    Letter letter = store.first(channel).orElse(null);
    if (letter == null || !onDuty.getAsBoolean()) {
      return null;
    }
    Instant now = clock.instant();
    if (letter.due().isAfter(now)) {
      return letter.due();
    }
    int attempts = letter.attempts() + 1;
    ChannelLookup.@Nullable Ready ready = null;
    try {
      ready = channels.open(channel);
      ready.channel().send(letter.notice());
      store.remove(letter.id());
      sent.computeIfAbsent(channel, (_) -> new AtomicLong()).incrementAndGet();
      if (failures.remove(channel) != null) {
        LOG.info("The channel {} works again", channel);
      }
    } catch (DeliveryException ex) {
      String error = Printable.line(String.valueOf(ex.getMessage()));
      return failed(
          letter, attempts, ready, ex, ready == null ? error : ready.redact().apply(error));
    } catch (DataAccessException ex) {
      throw ex;
    } catch (RuntimeException ex) {
      LOG.error("A notice could not be written for the channel {}", channel, ex);
      bury(letter, attempts, "The notice could not be written: " + ex.getClass().getSimpleName());
    }
    return clock.instant();
  }

  private Instant failed(
      Letter letter,
      int attempts,
      ChannelLookup.@Nullable Ready ready,
      DeliveryException failure,
      String error) {
    failed.incrementAndGet();
    int limit = ready == null ? DEFAULT_ATTEMPTS : ready.attempts();
    if (failures.put(letter.channel(), error) == null) {
      LOG.warn("The channel {} fails: {}", letter.channel(), error);
    }
    if (failure.isPermanent() || attempts >= limit) {
      bury(letter, attempts, error);
      return clock.instant();
    }
    Instant due = clock.instant().plus(backOff.after(attempts, failure.retryAfter()));
    store.postpone(letter.id(), attempts, due, error);
    return due;
  }

  private void bury(Letter letter, int attempts, String error) {
    store.bury(letter.id(), attempts, error);
    buried.incrementAndGet();
    LOG.error(
        "The notice {} could not be delivered to the channel {} and is a dead letter: {}",
        letter.notice().id(),
        letter.channel(),
        error);
  }

  /** Delivers what waits for one channel, and ends when nothing does. */
  private final class Worker implements Runnable {

    private final String channel;
    private final Semaphore wakeups = new Semaphore(0);

    Worker(String channel) {
      this.channel = channel;
    }

    void signal() {
      wakeups.release();
    }

    @Override
    public void run() {
      try {
        while (deliver()) {
          wakeups.drainPermits();
        }
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
    }

    /** Tries what is due and waits for the next time; returns false if nothing waits any more. */
    private boolean deliver() throws InterruptedException {
      Instant next;
      try {
        next = step(channel);
      } catch (DataAccessException ex) {
        LOG.error("The queue of the channel {} could not be read or written", channel, ex);
        next = clock.instant().plus(DATABASE_PAUSE);
      }
      synchronized (workers) {
        if (!running || (next == null && wakeups.availablePermits() == 0)) {
          workers.remove(channel);
          return false;
        }
      }
      if (next != null) {
        long millis = Duration.between(clock.instant(), next).toMillis();
        boolean _ = wakeups.tryAcquire(Math.max(0, millis), TimeUnit.MILLISECONDS);
      }
      return true;
    }
  }
}
