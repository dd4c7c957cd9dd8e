package io.logcaster.notice;

import io.logcaster.notice.route.LabelMatcher;
import io.logcaster.notice.route.Route;
import io.logcaster.system.SettingsStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/** The routes, kept as a setting in the control database. Thread-safe. */
final class RouteStore {

  /** Without routes of their own, all alerts go to all channels. */
  static final Route DEFAULT =
      new RouteBody("default", null, null, null, null, null, null, null, null, null, null, null)
          .checked("routes[0]");

  /** The name of the route to the webhook of the settings. */
  static final String WEBHOOK = "webhook of the settings";

  private static final String SETTING = "alert-routes";

  private static final TypeReference<List<RouteBody>> ROUTES = new TypeReference<>() {};

  /** The names of routes to channels that say themselves which alerts they take begin so. */
  static final String OF_CHANNEL = "match of channel ";

  private static final String MATCHES = "alert-channel-matches";

  private static final TypeReference<TreeMap<String, SortedMap<String, String>>> BY_CHANNEL =
      new TypeReference<>() {};

  private final SettingsStore settings;
  private final boolean webhook;
  private volatile List<Route> own;

  /** The labels and values of alerts that a channel takes, by its id. */
  private volatile Map<String, SortedMap<String, String>> matches;

  /**
   * @param webhook whether the settings describe a webhook
   */
  RouteStore(SettingsStore settings, boolean webhook) {
    this.settings = settings;
    this.webhook = webhook;
    this.own = read();
    this.matches = readMatches();
  }

  private List<Route> read() {
    return settings.get(SETTING).map(RouteStore::parse).orElse(List.of());
  }

  private Map<String, SortedMap<String, String>> readMatches() {
    return settings
        .get(MATCHES)
        .<Map<String, SortedMap<String, String>>>map(
            (json) -> StoredJson.MAPPER.readValue(json, BY_CHANNEL))
        .orElseGet(TreeMap::new);
  }

  /** Takes over what other nodes have changed; returns whether that is anything. */
  boolean reload() {
    List<Route> read = read();
    Map<String, SortedMap<String, String>> readMatches = readMatches();
    boolean changed = !read.equals(own) || !readMatches.equals(matches);
    own = read;
    matches = readMatches;
    return changed;
  }

  private static List<Route> parse(String json) {
    List<Route> routes = new ArrayList<>();
    for (RouteBody body : StoredJson.MAPPER.readValue(json, ROUTES)) {
      routes.add(body.checked("routes[%d]".formatted(routes.size())));
    }
    return routes;
  }

  /** The routes that were set; the default one if there are none. */
  List<Route> own() {
    return own.isEmpty() ? List.of(DEFAULT) : own;
  }

  boolean isDefault() {
    return own.isEmpty();
  }

  /** The labels and values of alerts that a channel takes besides what routes say. */
  SortedMap<String, String> match(String channel) {
    return matches.getOrDefault(channel, new TreeMap<>());
  }

  /** The channels that say themselves which alerts they take: {@code *} does not mean them. */
  Set<String> choosy() {
    return matches.keySet();
  }

  /** Says which alerts a channel takes; no labels leave that to the routes. */
  synchronized void match(String channel, Map<String, String> labels) {
    Map<String, SortedMap<String, String>> changed = new TreeMap<>(matches);
    if (labels.isEmpty()) {
      changed.remove(channel);
    } else {
      changed.put(channel, new TreeMap<>(labels));
    }
    if (!changed.equals(matches)) {
      settings.put(MATCHES, StoredJson.MAPPER.writeValueAsString(changed));
      matches = changed;
    }
  }

  private static Route toChannel(String id, Map<String, String> labels) {
    return new Route(
        OF_CHANNEL + id,
        labels.entrySet().stream()
            .map((label) -> LabelMatcher.equal(label.getKey(), label.getValue()))
            .toList(),
        List.of(id),
        DEFAULT.groupBy(),
        DEFAULT.groupWait(),
        DEFAULT.groupInterval(),
        DEFAULT.repeatInterval(),
        DEFAULT.sendResolved(),
        List.of(),
        null,
        List.of(),
        true);
  }

  /**
   * The routes that alerts take: before the ones that were set, those to channels that say
   * themselves which alerts they take, and one to the webhook of the settings, which is told of
   * each change at once, as ever; unless a route names it.
   */
  List<Route> effective() {
    List<Route> routes = new ArrayList<>();
    matches.forEach((id, labels) -> routes.add(toChannel(id, labels)));
    routes.addAll(own());
    if (webhook && usersOf(SettingsWebhook.ID).isEmpty()) {
      routes.addFirst(
          new Route(
              WEBHOOK,
              List.of(),
              List.of(SettingsWebhook.ID),
              List.of(Route.ALL),
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              true,
              List.of(),
              null,
              List.of(),
              true));
    }
    return routes;
  }

  /** The names of the routes that use a channel. */
  List<String> usersOf(String channel) {
    return own.stream()
        .filter(
            (route) ->
                Stream.concat(route.channels().stream(), route.escalateTo().stream())
                    .anyMatch(channel::equals))
        .map(Route::name)
        .toList();
  }

  /** Replaces all routes; without any, the default one applies again. */
  synchronized void put(List<Route> routes) {
    if (routes.isEmpty()) {
      settings.remove(SETTING);
    } else {
      settings.put(
          SETTING,
          StoredJson.MAPPER.writeValueAsString(routes.stream().map(RouteBody::of).toList()));
    }
    own = List.copyOf(routes);
  }
}
