package io.logcaster.notice;

import io.logcaster.notice.channel.ChannelKind;
import io.logcaster.notice.secret.SecretOptions;
import java.util.SortedMap;
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

  SortedMap<String, Object> masked() {
    return SecretOptions.masked(kind.options(), options);
  }

  StoredChannel broken(String reason) {
    return new StoredChannel(id, name, kind, options, enabled, reason);
  }
}
