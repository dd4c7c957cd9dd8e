package io.logcaster.sink;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
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

  /** What stands for a secret in answers. */
  static final String MASK = "********";

  /**
   * Options with each secret replaced.
   *
   * @param change takes what the secret is, such as {@code headers/Authorization}, and the secret
   */
  static SortedMap<String, Object> withSecrets(
      @Nullable SinkType type, Map<String, Object> options, BinaryOperator<String> change) {
    SortedMap<String, Object> changed = new TreeMap<>(options);
    if (type == null) {
      return changed;
    }
    for (SinkOption option : type.options()) {
      Object value = changed.get(option.name());
      if (option.secret() && value instanceof Map<?, ?> map) {
        SortedMap<String, String> texts = new TreeMap<>();
        map.forEach(
            (key, text) ->
                texts.put(
                    key.toString(), change.apply(option.name() + "/" + key, String.valueOf(text))));
        changed.put(option.name(), texts);
      } else if (option.secret() && value != null) {
        changed.put(option.name(), change.apply(option.name(), value.toString()));
      }
    }
    return changed;
  }

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
