package io.logcaster.security;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/** All paths of a running server, from Spring MVC's mappings. */
final class Routes {

  /**
   * A path with values for its variables.
   *
   * @param owners the classes that handle it, each for some methods
   */
  record Route(String path, Set<Class<?>> owners) {

    boolean isOf(String packageName) {
      return owners.stream()
          .anyMatch((owner) -> owner.getPackageName().startsWith("io.logcaster." + packageName));
    }

    boolean isOfClass(String name) {
      return owners.stream().anyMatch((owner) -> owner.getSimpleName().equals(name));
    }
  }

  private Routes() {}

  static List<Route> of(ApplicationContext server) {
    Map<String, Set<Class<?>>> routes = new TreeMap<>();
    for (AbstractHandlerMethodMapping<?> mapping :
        server.getBeansOfType(AbstractHandlerMethodMapping.class).values()) {
      mapping
          .getHandlerMethods()
          .forEach(
              (info, method) ->
                  ((RequestMappingInfo) info)
                      .getPatternValues()
                      .forEach((pattern) -> owners(routes, pattern).add(method.getBeanType())));
    }
    for (SimpleUrlHandlerMapping files :
        server.getBeansOfType(SimpleUrlHandlerMapping.class).values()) {
      files
          .getHandlerMap()
          .forEach((pattern, handler) -> owners(routes, pattern).add(handler.getClass()));
    }
    return routes.entrySet().stream()
        .map((entry) -> new Route(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Set<Class<?>> owners(Map<String, Set<Class<?>>> routes, String pattern) {
    return routes.computeIfAbsent(sample(pattern), (path) -> new HashSet<>());
  }

  private static String sample(String pattern) {
    String path = pattern.replaceAll("\\{[^}]*}", "x").replace("**", "x").replace("*", "x");
    return path.startsWith("/") ? path : "/" + path;
  }
}
