package io.logcaster.transform;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The counters of all transforms since the server started, by name. Thread-safe. */
final class TransformMetrics {

  /** Names are the administrator's, but a script may make new ones each day. */
  private static final int MAX_NAMES = 1_000;

  /** Learns of counters when they come into being. */
  interface Listener {
    void added(String name, TransformCounters counters);

    void redacted(String name, String kind, TransformCounters counters);
  }

  private final Map<String, TransformCounters> counters = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** The counters of a name; new ones count without being shown until they are kept. */
  TransformCounters of(String name) {
    TransformCounters known = counters.get(name);
    return (known != null)
        ? known
        : new TransformCounters(
            (kind, source) ->
                listeners.forEach((listener) -> listener.redacted(name, kind, source)));
  }

  /** Shows counters from now on, unless there are too many. */
  void keep(String name, TransformCounters made) {
    if (counters.size() < MAX_NAMES && counters.putIfAbsent(name, made) == null) {
      listeners.forEach((listener) -> listener.added(name, made));
    }
  }

  void watch(Listener listener) {
    listeners.add(listener);
    counters.forEach(
        (name, source) -> {
          listener.added(name, source);
          source.redacted().keySet().forEach((kind) -> listener.redacted(name, kind, source));
        });
  }

  Map<String, TransformCounters> all() {
    return Map.copyOf(counters);
  }
}
