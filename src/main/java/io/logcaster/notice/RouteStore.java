package io.logcaster.notice;

import io.logcaster.notice.route.Route;
import io.logcaster.system.SettingsStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private final SettingsStore settings;
  private final boolean webhook;
  private volatile List<Route> own;

  /**
   * @param webhook whether the settings describe a webhook
   */
  RouteStore(SettingsStore settings, boolean webhook) {
    this.settings = settings;
    this.webhook = webhook;
    this.own = read();
  }

  private List<Route> read() {
    return settings.get(SETTING).map(RouteStore::parse).orElse(List.of());
  }

  /** Takes over what other nodes have changed; returns whether that is anything. */
  boolean reload() {
    List<Route> read = read();
    boolean changed = !read.equals(own);
    own = read;
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

  /**
   * The routes that alerts take: before the ones that were set, one to the webhook of the settings,
   * which is told of each change at once, as ever; unless a route names it.
   */
  List<Route> effective() {
    List<Route> routes = new ArrayList<>(own());
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
