package io.logcaster.sink;

import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a user says about a sink.
 *
 * @param filter a filter of the query language; empty for all records
 * @param from where a new sink begins: {@code now}, or a time from which on the store is sent first
 * @param batchSize how many records a round has at most
 * @param linger how long a round waits for them
 * @param maxBytes how large the queue may become
 * @param options as given, with secrets as they are
 * @param readOnly whether the settings describe it
 * @param error why its secrets cannot be read; null if they can
 */
record SinkDefinition(
    String id,
    String name,
    String type,
    boolean enabled,
    String filter,
    String from,
    int batchSize,
    Duration linger,
    long maxBytes,
    WhenFull whenFull,
    SortedMap<String, Object> options,
    boolean readOnly,
    @Nullable String error) {

  SinkDefinition withOptions(SortedMap<String, Object> other) {
    return copy(other, error);
  }

  SinkDefinition broken(String reason) {
    return copy(options, reason);
  }

  private SinkDefinition copy(SortedMap<String, Object> newOptions, @Nullable String reason) {
    return new SinkDefinition(
        id,
        name,
        type,
        enabled,
        filter,
        from,
        batchSize,
        linger,
        maxBytes,
        whenFull,
        newOptions,
        readOnly,
        reason);
  }
}
