package io.logcaster.source;

import io.logcaster.pipeline.BatchListener;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Severity;
import io.logcaster.record.Stream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All sources. Costs one pass over the streams and severities of a batch. Bounded; the source that
 * is silent for longest is forgotten first. Thread-safe.
 */
final class Sources implements BatchListener {

  /** Longer names are cut: they tell nobody more, and the table keeps them. */
  private static final int MAX_NAME = 200;

  private static final int ERROR = Severity.parse("ERROR");

  private final int maxSources;
  private final Clock clock;

  /** The source that is silent for longest first. */
  private final LinkedHashMap<SourceKey, Source> sources = new LinkedHashMap<>();

  private final Set<SourceKey> unsaved = new LinkedHashSet<>();
  private final Set<SourceKey> forgotten = new LinkedHashSet<>();

  Sources(int maxSources, Clock clock) {
    this.maxSources = maxSources;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void stored(RecordBatch batch) {
    int streams = batch.streamCount();
    int[] counts = new int[streams];
    int[] errors = new int[streams];
    int[] ordinals = batch.streamOrdinals();
    byte[] severities = batch.severities();
    for (int row = 0; row < batch.size(); row++) {
      int stream = ordinals[row];
      counts[stream]++;
      if (severities[row] >= ERROR) {
        errors[stream]++;
      }
    }
    long now = clock.millis();
    synchronized (this) {
      for (int stream = 0; stream < streams; stream++) {
        if (counts[stream] > 0) {
          source(key(batch.stream(stream)), now).arrived(counts[stream], errors[stream], now);
        }
      }
    }
  }

  private static SourceKey key(Stream stream) {
    return new SourceKey(cut(stream.value("host")), cut(stream.value("app")));
  }

  static String cut(String text) {
    return (text.length() > MAX_NAME) ? text.substring(0, MAX_NAME) : text;
  }

  private Source source(SourceKey key, long now) {
    Source known = sources.remove(key);
    Source source = (known == null) ? new Source(key, now) : known;
    sources.put(key, source);
    unsaved.add(key);
    forgotten.remove(key);
    limit();
    return source;
  }

  private void limit() {
    while (sources.size() > maxSources) {
      SourceKey oldest = sources.firstEntry().getKey();
      sources.remove(oldest);
      unsaved.remove(oldest);
      forgotten.add(oldest);
    }
  }

  /** Adds sources that were saved or found in the store, the one silent for longest first. */
  synchronized void add(List<Source> earlier) {
    Map<SourceKey, Source> live = new LinkedHashMap<>(sources);
    sources.clear();
    long now = clock.millis();
    for (Source source : earlier) {
      source.watchedAgain(now);
      sources.put(source.key(), source);
    }
    live.forEach(
        (key, source) -> {
          Source before = sources.remove(key);
          if (before == null) {
            sources.put(key, source);
          } else {
            // It was seen while the others were being read.
            before.arrived(
                source.records(), Math.round(source.errorRate() * 300), source.lastSeen());
            sources.put(key, before);
          }
        });
    limit();
  }

  /** What has changed since the last call. */
  record Changes(List<SourceState> changed, List<SourceKey> gone) {}

  /** A source as it is saved. */
  record SourceState(
      SourceKey key,
      long firstSeen,
      long lastSeen,
      long records,
      double rate,
      double errorRate,
      String rhythm) {

    static SourceState of(Source source) {
      return new SourceState(
          source.key(),
          source.firstSeen(),
          source.lastSeen(),
          source.records(),
          source.rate(),
          source.errorRate(),
          source.rhythm().text());
    }

    Source source() {
      return new Source(key, firstSeen, lastSeen, records, rate, errorRate, Rhythm.parse(rhythm));
    }
  }

  /** What has changed since the last call, to be saved. */
  synchronized Changes takeChanges() {
    List<SourceState> changed = new ArrayList<>();
    for (SourceKey key : unsaved) {
      Source source = sources.get(key);
      if (source != null) {
        changed.add(SourceState.of(source));
      }
    }
    Changes changes = new Changes(changed, List.copyOf(forgotten));
    unsaved.clear();
    forgotten.clear();
    return changes;
  }

  /** Marks changes that could not be saved. */
  synchronized void keep(Changes changes) {
    changes.changed().forEach((state) -> unsaved.add(state.key()));
    forgotten.addAll(changes.gone());
  }

  /** The sources, grouped, the one that was seen last first. */
  synchronized List<SourceView> views(SourceView.By by, double quietFactor) {
    long now = clock.millis();
    Map<SourceKey, List<Source>> groups = new LinkedHashMap<>();
    for (Source source : sources.sequencedValues().reversed()) {
      groups.computeIfAbsent(by.group(source.key()), (key) -> new ArrayList<>()).add(source);
    }
    List<SourceView> views = new ArrayList<>(groups.size());
    groups.forEach((key, of) -> views.add(SourceView.of(key, by, of, now, quietFactor)));
    return views;
  }

  synchronized int count() {
    return sources.size();
  }
}
