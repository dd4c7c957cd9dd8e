package io.logcaster.delivery;

import io.logcaster.delivery.DeliveryStore.Saved;
import io.logcaster.delivery.SenderId.Protocol;
import io.logcaster.delivery.SenderNumbers.State;
import io.logcaster.delivery.Spans.Span;
import io.logcaster.pipeline.BatchListener;
import io.logcaster.record.RecordBatch;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers of all senders. Gaps of framed clients are saved before what follows them is stored,
 * and their last number is the storage's, so both are exact wherever the server stops. Everything
 * else is saved every few seconds and at the end; what a killed server stored after its last save
 * is found out from the store before a gap is reported.
 *
 * <p>Bounded by the number of senders; the one silent for longest is forgotten first. Thread-safe.
 */
final class DeliveryTracker implements DeliveryNotes, BatchListener {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryTracker.class);

  private final DeliveryStore store;
  private final DeliveryProperties properties;
  private final ToLongFunction<String> lastDelivery;
  private final Clock clock;

  /** The sender silent for longest first; null until the first use. */
  private @Nullable SequencedMap<SenderId, SenderNumbers> senders;

  private final Set<SenderId> unsaved = new LinkedHashSet<>();
  private final Set<SenderId> forgotten = new LinkedHashSet<>();

  /** Saves run one after the other, so that an older state never overwrites a newer one. */
  private final Object saving = new Object();

  private Instant announced;

  /**
   * @param lastDelivery the last durable frame of a framed client; -1 for none
   */
  DeliveryTracker(
      DeliveryStore store,
      DeliveryProperties properties,
      ToLongFunction<String> lastDelivery,
      Clock clock) {
    this.store = store;
    this.properties = properties;
    this.lastDelivery = lastDelivery;
    this.clock = clock;
    this.announced = clock.instant();
  }

  private SequencedMap<SenderId, SenderNumbers> senders() {
    SequencedMap<SenderId, SenderNumbers> known = senders;
    if (known == null) {
      known = load();
      senders = known;
    }
    return known;
  }

  private SequencedMap<SenderId, SenderNumbers> load() {
    SequencedMap<SenderId, SenderNumbers> loaded = new LinkedHashMap<>();
    try {
      for (Saved saved : store.all(clock.instant())) {
        SenderNumbers sender = SenderNumbers.of(saved.state(), saved.open());
        if (sender.id().protocol() == Protocol.FRAMED) {
          sender.continueAfter(lastDelivery.applyAsLong(sender.id().name()));
        }
        loaded.put(sender.id(), sender);
      }
    } catch (RuntimeException ex) {
      LOG.warn("The numbers of senders cannot be read; gaps before now are not known", ex);
    }
    return loaded;
  }

  private SenderNumbers sender(SenderId id) {
    SequencedMap<SenderId, SenderNumbers> all = senders();
    SenderNumbers known = all.remove(id);
    SenderNumbers sender = (known == null) ? new SenderNumbers(id, clock.instant()) : known;
    all.put(id, sender);
    unsaved.add(id);
    forgotten.remove(id);
    while (all.size() > properties.maxSenders()) {
      forget(all.firstEntry().getKey());
    }
    return sender;
  }

  private boolean forget(SenderId id) {
    boolean known = senders().remove(id) != null;
    if (known) {
      unsaved.remove(id);
      forgotten.add(id);
    }
    return known;
  }

  @Override
  public void connected(SenderId sender, long last) {
    synchronized (this) {
      if (last > 0) {
        sender(sender).continueAfter(last);
      }
    }
  }

  @Override
  public void restarted(SenderId sender) {
    synchronized (this) {
      sender(sender).restart(clock.instant());
    }
    save(sender);
  }

  @Override
  public void skipped(SenderId sender, long before, List<Span> spans) {
    if (!Spans.haveGaps(before, spans)) {
      return;
    }
    synchronized (this) {
      sender(sender).skip(before, spans, clock.instant());
    }
    save(sender);
  }

  @Override
  public synchronized void arrived(SenderId sender, List<Span> spans, long records) {
    sender(sender).arrive(spans, records, clock.instant());
  }

  @Override
  public void windows(SenderId sender, long records, List<Span> missing) {
    synchronized (this) {
      sender(sender).window(records, missing, clock.instant());
    }
    if (!missing.isEmpty()) {
      save(sender);
    }
  }

  @Override
  public void stored(RecordBatch batch) {
    // What was filtered has arrived as well: see delivered.
  }

  @Override
  public void delivered(RecordBatch batch) {
    JournalNumbers.of(batch)
        .forEach(
            (sender, spans) -> arrived(sender, spans, spans.stream().mapToLong(Span::count).sum()));
  }

  /** Saves a sender now. A failure costs a gap after a crash, never a record. */
  private void save(SenderId id) {
    try {
      synchronized (saving) {
        State state = take(id);
        if (state != null) {
          store.save(state);
        }
      }
    } catch (RuntimeException ex) {
      synchronized (this) {
        unsaved.add(id);
      }
      LOG.warn(
          "The numbers of {} cannot be saved and will be tried again: {}",
          id.name(),
          ex.toString());
    }
  }

  private synchronized @Nullable State take(SenderId id) {
    unsaved.remove(id);
    SenderNumbers sender = senders().get(id);
    return (sender == null) ? null : sender.state();
  }

  /** Saves what has changed. */
  void save() {
    Set<SenderId> changed;
    Set<SenderId> gone;
    synchronized (this) {
      changed = new LinkedHashSet<>(unsaved);
      gone = new LinkedHashSet<>(forgotten);
      forgotten.clear();
    }
    for (SenderId id : changed) {
      save(id);
    }
    if (!gone.isEmpty()) {
      synchronized (saving) {
        store.delete(gone);
      }
    }
  }

  /** Saves everything, because the server stops and nothing more arrives. */
  void close() {
    save();
    if (isLoaded()) {
      store.close();
    }
  }

  private synchronized boolean isLoaded() {
    return senders != null;
  }

  /** A gap that the store must confirm. */
  record Doubt(SenderId sender, Gap gap) {}

  /** Gaps that the store must confirm, because the server was killed at their beginning. */
  synchronized List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>();
    for (SenderNumbers sender : senders().values()) {
      Gap gap = sender.unverified();
      if (gap != null) {
        doubts.add(new Doubt(sender.id(), gap));
      }
    }
    return doubts;
  }

  /** Removes from a gap what the store has. */
  synchronized void settle(Doubt doubt, List<Span> stored) {
    sender(doubt.sender()).verified(doubt.gap(), stored);
  }

  /** Says in the log which gaps have become certain since the last call. */
  void announce() {
    List<String> texts = new ArrayList<>();
    Instant now = clock.instant();
    synchronized (this) {
      for (SenderNumbers sender : senders().values()) {
        for (Gap gap : sender.certain(now, properties.grace())) {
          if (!SenderNumbers.isCertain(gap, announced, properties.grace())) {
            texts.add(DeliveryView.text(sender.id(), gap));
          }
        }
      }
      announced = now;
    }
    texts.forEach((text) -> LOG.warn("{}", text));
  }

  /** What the API shows of each sender, the one that sent last first. */
  synchronized <T> List<T> all(Function<SenderNumbers, T> view) {
    return senders().sequencedValues().reversed().stream().map(view).toList();
  }

  /** What the API shows of the senders with a name. */
  synchronized <T> Optional<T> find(
      String name, @Nullable Protocol protocol, Function<SenderNumbers, T> view) {
    for (Protocol each : Protocol.values()) {
      SenderNumbers sender = senders().get(new SenderId(each, name));
      if (sender != null && (protocol == null || protocol == each)) {
        return Optional.of(view.apply(sender));
      }
    }
    return Optional.empty();
  }

  /** Forgets a sender; returns whether it was known. */
  boolean remove(String name, @Nullable Protocol protocol) {
    Optional<SenderId> id = find(name, protocol, SenderNumbers::id);
    synchronized (this) {
      id.ifPresent(this::forget);
    }
    save();
    return id.isPresent();
  }

  /** How many senders are known. */
  synchronized int count() {
    return senders().size();
  }

  /** How many numbers are missing for certain. */
  synchronized long missing() {
    Instant now = clock.instant();
    return senders().values().stream()
        .flatMap((sender) -> sender.certain(now, properties.grace()).stream())
        .mapToLong(Gap::count)
        .sum();
  }
}
