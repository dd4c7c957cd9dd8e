package io.logcaster.notice;

import static io.logcaster.system.ProblemException.invalidProperty;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.logcaster.notice.route.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of routes: which alerts go to which channels, and when. */
@RestController
@RequestMapping("/api/v1/alerts/routes")
final class RouteController {

  private static final int MAX_ROUTES = 100;

  private final RouteStore store;
  private final ChannelStore channels;
  private final Channels open;
  private final NoticeService notices;

  RouteController(RouteStore store, ChannelStore channels, Channels open, NoticeService notices) {
    this.store = store;
    this.channels = channels;
    this.open = open;
    this.notices = notices;
  }

  /**
   * All routes, in order.
   *
   * @param routes an alert takes the first one that matches, and further ones while these say
   *     {@code continue}; without any, all alerts go to all channels
   */
  @JsonIgnoreProperties("isDefault")
  record RoutesBody(@Nullable List<RouteBody> routes) {}

  /**
   * All routes, in order.
   *
   * @param isDefault whether nobody has set any
   */
  record RoutesView(List<RouteBody> routes, boolean isDefault) {}

  @GetMapping
  RoutesView get() {
    return new RoutesView(store.own().stream().map(RouteBody::of).toList(), store.isDefault());
  }

  @PutMapping
  RoutesView replace(@RequestBody RoutesBody body) {
    if (body.routes() == null) {
      throw invalidProperty("routes", "is required; an empty list restores the default route");
    }
    if (body.routes().size() > MAX_ROUTES) {
      throw invalidProperty("routes", "must not have more than " + MAX_ROUTES + " elements");
    }
    List<Route> routes = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(RouteStore.WEBHOOK));
    Set<String> known = known();
    for (RouteBody one : body.routes()) {
      String property = "routes[%d]".formatted(routes.size());
      Route route = one.checked(property);
      if (!names.add(route.name()) || route.name().startsWith(RouteStore.OF_CHANNEL)) {
        throw invalidProperty(property + ".name", "is the name of another route");
      }
      require(known, property + ".channels", route.channels());
      require(known, property + ".escalateTo", route.escalateTo());
      routes.add(route);
    }
    store.put(routes);
    notices.reroute();
    return get();
  }

  private Set<String> known() {
    Set<String> known = new HashSet<>(Set.of(Route.ALL));
    channels.all().forEach((channel) -> known.add(channel.id()));
    if (open.hasSettings()) {
      known.add(SettingsWebhook.ID);
    }
    return known;
  }

  private static void require(Set<String> known, String property, List<String> ids) {
    for (String id : ids) {
      if (!known.contains(id)) {
        throw invalidProperty(
            property,
            "has '%s', but GET /api/v1/alerts/channels lists no such channel".formatted(id));
      }
    }
  }
}
