package io.logcaster.notice;

import io.logcaster.notice.channel.Channel;
import io.logcaster.notice.channel.ChannelOptions;
import io.logcaster.notice.channel.DeliveryException;
import io.logcaster.notice.channel.Transports;
import io.logcaster.notice.delivery.ChannelLookup;
import io.logcaster.notice.delivery.NoticeQueue;
import io.logcaster.notice.route.Route;
import io.logcaster.system.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Opens channels, and keeps them open until they change. Thread-safe. */
final class Channels implements ChannelLookup {

  private final ChannelStore store;
  private final Transports transports;
  private final @Nullable Ready settings;
  private final Map<String, Opened> open = new ConcurrentHashMap<>();

  private record Opened(StoredChannel stored, Ready ready) {}

  /**
   * @param settings the channel that the settings describe; null if they do not
   */
  Channels(ChannelStore store, Transports transports, @Nullable Ready settings) {
    this.store = store;
    this.transports = transports;
    this.settings = settings;
  }

  boolean hasSettings() {
    return settings != null;
  }

  @Override
  public Ready open(String id) throws DeliveryException {
    if (id.equals(SettingsWebhook.ID) && settings != null) {
      return settings;
    }
    StoredChannel stored =
        store
            .find(id)
            .orElseThrow(() -> DeliveryException.permanent("The channel was deleted", null));
    if (!stored.enabled()) {
      throw DeliveryException.permanent("The channel is disabled", null);
    }
    return ready(stored);
  }

  private Ready ready(StoredChannel stored) throws DeliveryException {
    if (stored.error() != null) {
      // The key may be put back.
      throw DeliveryException.temporary(stored.error(), null);
    }
    Opened known = open.get(stored.id());
    if (known == null || !known.stored().equals(stored)) {
      try {
        known = new Opened(stored, opened(stored));
      } catch (ProblemException ex) {
        // A later version may be stricter than the one that stored it.
        throw DeliveryException.permanent(String.valueOf(ex.getBody().getDetail()), ex);
      }
      open.put(stored.id(), known);
    }
    return known.ready();
  }

  private Ready opened(StoredChannel stored) {
    ChannelOptions options = stored.kind().check(stored.options());
    UnaryOperator<String> redact = options::redacted;
    Channel channel = stored.kind().open(options, transports);
    return new Ready(channel, NoticeQueue.DEFAULT_ATTEMPTS, redact);
  }

  /**
   * Opens a channel that need not be stored or enabled.
   *
   * @throws ProblemException 400 {@code invalid_property} if options are missing or wrong
   */
  Ready check(StoredChannel channel) {
    return opened(channel);
  }

  /**
   * The ids of channels that exist and are enabled.
   *
   * @param ids {@code *} means all
   * @param choosy those that {@code *} does not mean
   */
  List<String> usable(List<String> ids, Set<String> choosy) {
    List<String> enabled = store.enabled();
    Set<String> usable = new LinkedHashSet<>();
    for (String id : ids) {
      if (id.equals(Route.ALL)) {
        enabled.stream().filter((each) -> !choosy.contains(each)).forEach(usable::add);
      } else if (enabled.contains(id) || (id.equals(SettingsWebhook.ID) && settings != null)) {
        usable.add(id);
      }
    }
    return List.copyOf(usable);
  }

  void forget(String id) {
    open.remove(id);
  }
}
