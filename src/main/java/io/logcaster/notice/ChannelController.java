package io.logcaster.notice;

import static io.logcaster.system.ProblemException.invalidProperty;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.notice.channel.ChannelKind;
import io.logcaster.notice.channel.ChannelOption;
import io.logcaster.notice.delivery.NoticeQueue;
import io.logcaster.notice.secret.SecretOptions;
import io.logcaster.notice.secret.VaultException;
import io.logcaster.system.ApiResource;
import io.logcaster.system.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP API of channels. Secrets are never given back: answers have {@value SecretOptions#MASK}
 * in their place, and a request that has it keeps them.
 */
@RestController
@RequestMapping({"/api/v1/alerts/channels", "/api/v1/channels"})
final class ChannelController {

  private static final ApiResource CHANNELS =
      new ApiResource("/api/v1/channels", "channel", "channels");

  private static final int MAX_CHANNELS = 200;
  private static final int MAX_NAME = 200;
  private static final int MAX_LABELS = 50;

  private final ChannelStore store;
  private final Channels channels;
  private final RouteStore routes;
  private final NoticeQueue queue;
  private final NoticeService notices;

  ChannelController(
      ChannelStore store,
      Channels channels,
      RouteStore routes,
      NoticeQueue queue,
      NoticeService notices) {
    this.store = store;
    this.channels = channels;
    this.routes = routes;
    this.queue = queue;
    this.notices = notices;
  }

  /**
   * A channel in a request. Clients may send back the properties that the server adds.
   *
   * @param id chosen by the server
   * @param type its kind, such as {@code webhook}
   * @param enabled true by default
   * @param match labels and their values, also {@code severity}, {@code name} and {@code rule}: the
   *     channel takes the alerts that have them, whatever routes say of others; an empty object
   *     ends that, and what is absent stays as it is
   */
  @JsonIgnoreProperties({"error", "readOnly"})
  record ChannelBody(
      @Nullable String id,
      @Nullable String name,
      @Nullable String type,
      @Nullable Map<String, Object> options,
      @Nullable Boolean enabled,
      @Nullable Map<String, String> match) {}

  /**
   * A channel in an answer.
   *
   * @param options with secrets masked
   * @param readOnly whether the server's settings describe it
   * @param error why it does not work: the last attempt's failure, or unreadable secrets
   */
  record ChannelView(
      String id,
      String name,
      String type,
      Map<String, Object> options,
      boolean enabled,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> match,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean readOnly,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error) {}

  /** A kind of channel and its options. */
  record KindView(String type, List<ChannelOption> options) {}

  @GetMapping
  List<ChannelView> list() {
    Map<String, String> failures = queue.failures();
    List<ChannelView> all = new ArrayList<>();
    if (channels.hasSettings()) {
      all.add(settings(failures));
    }
    store.all().forEach((channel) -> all.add(view(channel, failures)));
    return all;
  }

  /** The kinds of channels, with their options. */
  @GetMapping("/kinds")
  List<KindView> kinds() {
    return Arrays.stream(ChannelKind.values())
        .map((kind) -> new KindView(kind.type(), kind.options()))
        .toList();
  }

  @GetMapping("/{id}")
  ChannelView get(@PathVariable String id) {
    if (isSettings(id)) {
      return settings(queue.failures());
    }
    return view(find(id), queue.failures());
  }

  @PostMapping
  ResponseEntity<ChannelView> add(@RequestBody ChannelBody body) {
    CHANNELS.requireRoom(store.count(), MAX_CHANNELS, "Delete one that nobody needs.");
    StoredChannel channel = checked(UUID.randomUUID().toString(), body, null);
    put(channel, body.match());
    return CHANNELS.created(channel.id(), view(channel, Map.of()));
  }

  @PutMapping("/{id}")
  ChannelView replace(@PathVariable String id, @RequestBody ChannelBody body) {
    requireStored(id);
    StoredChannel channel = checked(id, body, find(id));
    put(channel, body.match());
    channels.forget(id);
    queue.wake(id);
    return view(channel, queue.failures());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id) {
    requireStored(id);
    List<String> users = routes.usersOf(id);
    if (!users.isEmpty()) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "channel_in_use",
          "Routes use the channel: %s. Change them first with PUT /api/v1/alerts/routes."
              .formatted(String.join(", ", users)));
    }
    if (!store.remove(id)) {
      throw CHANNELS.unknown(id);
    }
    routes.match(id, Map.of());
    notices.reroute();
    channels.forget(id);
    queue.abandon(id);
  }

  /** What a test gives. */
  record TestResult(boolean delivered) {}

  /** Sends a notice that says it is a test, and waits for the receiver's answer. */
  @PostMapping("/{id}/test")
  TestResult test(@PathVariable String id) {
    if (!isSettings(id)) {
      StoredChannel channel = find(id);
      if (channel.error() != null) {
        throw new ProblemException(HttpStatus.CONFLICT, "secrets_unreadable", channel.error());
      }
      notices.test(channels.check(channel));
    } else {
      notices.test(id);
    }
    return new TestResult(true);
  }

  private StoredChannel find(String id) {
    return store.find(id).orElseThrow(() -> CHANNELS.unknown(id));
  }

  private boolean isSettings(String id) {
    return id.equals(SettingsWebhook.ID) && channels.hasSettings();
  }

  private void requireStored(String id) {
    if (isSettings(id)) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "channel_of_settings",
          "The settings logcaster.alert.webhook.* describe this channel; change it there.");
    }
  }

  private void put(StoredChannel channel, @Nullable Map<String, String> match) {
    try {
      store.put(channel);
    } catch (VaultException ex) {
      throw new ProblemException(
          HttpStatus.CONFLICT, "secrets_unreadable", String.valueOf(ex.getMessage()), ex);
    }
    if (match != null) {
      routes.match(channel.id(), match);
      notices.reroute();
    }
    notices.signal();
  }

  private StoredChannel checked(String id, ChannelBody body, @Nullable StoredChannel known) {
    ApiResource.requireSameId(id, body.id());
    String name = body.name() == null ? "" : body.name().strip();
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw invalidProperty("name", "is required, with at most " + MAX_NAME + " characters");
    }
    ChannelKind kind =
        ChannelKind.of(body.type() == null ? "" : body.type())
            .orElseThrow(() -> invalidProperty("type", "must be one of " + ChannelKind.NAMES));
    SortedMap<String, Object> given =
        new TreeMap<>(body.options() == null ? Map.of() : body.options());
    StoredChannel same = (known != null && known.kind() == kind) ? known : null;
    SortedMap<String, Object> options =
        SecretOptions.unmasked(
            kind.options(),
            given,
            same == null ? Map.of() : same.options(),
            same == null ? null : same.error());
    Map<String, String> match = body.match() == null ? Map.of() : body.match();
    if (match.size() > MAX_LABELS
        || match.entrySet().stream()
            .anyMatch((label) -> label.getKey().isBlank() || label.getValue() == null)) {
      throw invalidProperty(
          "match", "must have texts by the names of labels, at most " + MAX_LABELS);
    }
    boolean enabled = body.enabled() == null || body.enabled();
    StoredChannel channel =
        new StoredChannel(id, name, kind, kind.check(options).values(), enabled, null);
    channels.check(channel);
    return channel;
  }

  private ChannelView view(StoredChannel channel, Map<String, String> failures) {
    return new ChannelView(
        channel.id(),
        channel.name(),
        channel.kind().type(),
        channel.masked(),
        channel.enabled(),
        routes.match(channel.id()),
        false,
        channel.error() == null ? failures.get(channel.id()) : channel.error());
  }

  private static ChannelView settings(Map<String, String> failures) {
    return new ChannelView(
        SettingsWebhook.ID,
        "Webhook of the settings",
        ChannelKind.WEBHOOK.type(),
        Map.of("url", SecretOptions.MASK),
        true,
        Map.of(),
        true,
        failures.get(SettingsWebhook.ID));
  }
}
