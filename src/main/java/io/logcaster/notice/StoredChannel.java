package io.logcaster.notice;

import io.logcaster.notice.channel.ChannelKind;
import io.logcaster.notice.channel.ChannelOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A channel with its options.
 *
 * @param options with secrets as they are, unless {@code error} is set
 * @param error why the secrets cannot be read; null if they can
 */
record StoredChannel(
    String id,
    String name,
    ChannelKind kind,
    SortedMap<String, Object> options,
    boolean enabled,
    @Nullable String error) {

  /** What stands for a secret in answers. */
  static final String MASK = "********";

  /**
   * Options with each secret replaced.
   *
   * @param change takes what the secret is, such as {@code headers/Authorization}, and the secret
   */
  static SortedMap<String, Object> withSecrets(
      ChannelKind kind, Map<String, Object> options, BinaryOperator<String> change) {
    SortedMap<String, Object> changed = new TreeMap<>(options);
    for (ChannelOption option : kind.options()) {
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

  SortedMap<String, Object> masked() {
    return withSecrets(kind, options, (name, secret) -> MASK);
  }

  StoredChannel broken(String reason) {
    return new StoredChannel(id, name, kind, options, enabled, reason);
  }
}
