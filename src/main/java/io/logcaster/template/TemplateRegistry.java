package io.logcaster.template;

import io.logcaster.query.TemplateIds;
import io.logcaster.query.TemplateNames;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The known templates, for those that learn and those that ask.
 *
 * <p>Learners find the template of a message by its key or its text, count in a {@link Tally}, and
 * commit that. They hold the lock meanwhile, for a block or a batch at a time. A birth is on disk
 * before anyone is told of it. Thread-safe.
 */
final class TemplateRegistry implements TemplateBirths, TemplateIds, AutoCloseable {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final TemplateStore store;
  private final KeyCache cache = new KeyCache();
  private final Clock clock;
  private final ByteBuilder text = new ByteBuilder(256);

  /** Records whose template was not looked for, because too many were unknown at once. */
  private final LongAdder uncounted = new LongAdder();

  /** The thread that reads the log and learns what the log has missed. */
  private volatile @Nullable Thread loader;

  TemplateRegistry(Path directory, int maxCount, long maxBytes, Clock clock) {
    store = new TemplateStore(directory, maxCount, maxBytes);
    this.clock = clock;
  }

  /**
   * Reads the log. Until {@link #ready}, all other threads wait.
   *
   * @param sequence the last one of the write-ahead log in segments; 0 if there are none
   */
  void load(long sequence) {
    loader = Thread.currentThread();
    lock.lock();
    try {
      store.load(sequence, now());
    } finally {
      lock.unlock();
    }
  }

  /** Lets other threads go on. */
  void ready() {
    ready.countDown();
  }

  /** What a learner holds while it finds templates. Waits until the registry is ready. */
  void lock() {
    if (!Thread.currentThread().equals(loader)) {
      boolean interrupted = false;
      while (ready.getCount() > 0) {
        try {
          ready.await();
        } catch (InterruptedException ex) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** What is known of a key: a {@link KnownTemplate}, or what the learner has put; null if none. */
  @Nullable Object cached(long key) {
    Object value = cache.get(key);
    return (value instanceof KnownTemplate template && template.forgotten) ? null : value;
  }

  void cache(long key, Object value) {
    cache.put(key, value);
  }

  /**
   * The template of a message, which becomes known if it is not.
   *
   * @param bytes the array that holds the message, from {@code from} to {@code to}
   * @param batch the batch of its record
   * @param row the row of its record
   */
  KnownTemplate template(byte[] bytes, int from, int to, RecordBatch batch, int row) {
    text.truncate(0);
    TemplateNames.map(bytes, from, TemplateNames.cut(bytes, from, to), text);
    return named(bytes, from, to, batch, row);
  }

  /**
   * Whether all messages that differ from one only in runs with a digit have the same template,
   * which then is the one for {@link #named}.
   */
  boolean shared(byte[] bytes, int from, int to) {
    text.truncate(0);
    return TemplateNames.map(MessageKey.shape(bytes, from, to), text);
  }

  /** As {@link #template}, if {@link #shared} has just found the text. */
  KnownTemplate named(byte[] bytes, int from, int to, RecordBatch batch, int row) {
    KnownTemplate known = store.find(text);
    if (known != null) {
      return known;
    }
    byte[] name = Arrays.copyOf(text.array(), text.length());
    return store.add(
        new KnownTemplate(
            TemplateNames.id(name, 0, name.length),
            name,
            FirstRecord.of(batch, row, batch.times()[row], bytes, from, to)));
  }

  /** The known template with a text, or that of its group; null if there is none. */
  @Nullable KnownTemplate find(ByteBuilder name) {
    return store.find(name);
  }

  /** Notes a record, which may be earlier than the first one known, or give a missing example. */
  void seen(KnownTemplate template, byte[] bytes, int from, int to, RecordBatch batch, int row) {
    long time = batch.times()[row];
    FirstRecord first = template.first;
    if (time < first.time()) {
      store.describe(template, FirstRecord.of(batch, row, time, bytes, from, to));
    } else if (first.isBare()) {
      store.describe(template, first.withExample(time, bytes, from, to));
    }
  }

  /** Whether {@link #seen} wants to know of a record. */
  static boolean isOfInterest(KnownTemplate template, long time) {
    return time < template.first.time() || template.first.isBare();
  }

  /** Whether a commit would write something besides counts. */
  boolean hasNews() {
    return guarded(store::hasNews);
  }

  /** Commits counts and new templates. */
  void commit(Tally tally) {
    commit(() -> store.commit(tally, store.flushed(), store.history(), now()));
  }

  /** Commits what a flush has shown. */
  void commitFlush(Tally tally, long uncountedRecords, long sequence) {
    uncounted.add(uncountedRecords);
    commit(() -> store.commit(tally, sequence, store.history(), now()));
  }

  /** Commits what the segments had before the server began to learn. */
  void commitHistory(Tally tally) {
    commit(() -> store.commit(tally, store.flushed(), 0, now()));
  }

  private void commit(Supplier<List<TemplateBirth>> committing) {
    List<TemplateBirth> births =
        guarded(
            () -> {
              List<TemplateBirth> durable = committing.get();
              if (store.takeDropped()) {
                // Keys of dropped templates would keep them in memory.
                cache.purge();
              }
              return durable;
            });
    for (TemplateBirth birth : births) {
      for (Listener listener : listeners) {
        listener.born(birth);
      }
    }
  }

  /** Drops what is kept of records of some time, which were deleted; also from the disk. */
  void strip(long minTime, long maxTime) {
    commit(
        () -> {
          store.strip(minTime, maxTime);
          return store.commit(new Tally(), store.flushed(), store.history(), now());
        });
  }

  /** Writes the known templates to another directory. */
  void copyTo(Path directory) throws IOException {
    lock();
    try {
      store.copyTo(directory);
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    Instant now = clock.instant();
    return now.getEpochSecond() * Timestamps.SECOND + now.getNano();
  }

  private <T> T guarded(Supplier<T> read) {
    lock();
    try {
      return read.get();
    } finally {
      lock.unlock();
    }
  }

  /** The last sequence of the write-ahead log whose flush is known. */
  long flushed() {
    return guarded(store::flushed);
  }

  /** Segments up to this sequence are still to be learned; 0 if none. */
  long history() {
    return guarded(store::history);
  }

  @Override
  public Instant since() {
    return KnownTemplate.instant(guarded(store::since));
  }

  long uncounted() {
    return uncounted.sum();
  }

  int size() {
    return guarded(store::size);
  }

  /** The approximate memory of the known templates in bytes. */
  long memoryBytes() {
    return guarded(store::memoryBytes);
  }

  /** Reads the templates that are durable, under the lock. */
  <T> T read(Function<Stream<KnownTemplate>, T> reader) {
    return guarded(() -> reader.apply(store.all()));
  }

  /** The template with an id, or the one that stands for it now. */
  <T> @Nullable T find(long id, Function<KnownTemplate, T> reader) {
    lock();
    try {
      KnownTemplate template = store.get(id);
      return (template != null && template.durable) ? reader.apply(template) : null;
    } finally {
      lock.unlock();
    }
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  @Override
  public String current(String id) {
    if (!isId(id)) {
      return id;
    }
    long own = Long.parseUnsignedLong(id, 16);
    return TemplateNames.format(guarded(() -> store.current(own)));
  }

  @Override
  public String idOf(String template) {
    byte[] name = template.getBytes(StandardCharsets.UTF_8);
    return guarded(
        () -> {
          KnownTemplate known = find(new ByteBuilder(name.length).append(name));
          long own = TemplateNames.id(name, 0, name.length);
          return TemplateNames.format((known != null) ? known.id : store.current(own));
        });
  }

  @Override
  public String idOf(String template, String member) {
    byte[] name = template.getBytes(StandardCharsets.UTF_8);
    boolean known =
        template.equals(member)
            || guarded(
                () ->
                    find(new ByteBuilder(name.length).append(name)) != null
                        || store.get(TemplateNames.id(name, 0, name.length)) != null);
    return idOf(known ? template : member);
  }

  @Override
  public List<TemplateBirth> between(Instant start, Instant end) {
    Predicate<KnownTemplate> within =
        (template) -> {
          Instant learned = KnownTemplate.instant(template.learned);
          return template.born && !learned.isBefore(start) && learned.isBefore(end);
        };
    return read(
        (templates) ->
            templates
                .filter(within)
                .sorted(
                    Comparator.comparingLong((KnownTemplate template) -> template.learned)
                        .thenComparingLong((template) -> template.id))
                .map(KnownTemplate::birth)
                .toList());
  }

  @Override
  public AutoCloseable subscribe(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Ends writing. What was not committed is learned again from the records. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      store.close();
    } finally {
      lock.unlock();
    }
  }
}
