package io.logcaster.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Recognises requests that a page of another site makes in a user's browser, which would act with
 * that user's rights.
 *
 * <p>Browsers say where a request comes from in headers that a page cannot set: {@code
 * Sec-Fetch-Site}, if the connection counts as secure, and {@code Origin}, on everything but plain
 * reads. {@code same-origin} is trusted even if {@code Origin} and {@code Host} differ, because a
 * proxy may have rewritten the latter. Programs send neither header.
 */
final class SiteGuard {

  private static final String FETCH_SITE = "Sec-Fetch-Site";

  /** Pages that a link on another site may open; they show no data before their own requests. */
  private static final Set<String> PAGES =
      Set.of("/", "/index.html", "/swagger-ui.html", "/swagger-ui/index.html");

  private final Predicate<String> ownNames;

  /**
   * @param ownNames whether a host name, in lower case, is configured as this server's
   */
  SiteGuard(Predicate<String> ownNames) {
    this.ownNames = ownNames;
  }

  /** Whether a request must be refused because another site's page made it. */
  boolean refuses(HttpServletRequest request) {
    return isForeign(request) && !isLink(request);
  }

  private boolean isForeign(HttpServletRequest request) {
    String site = request.getHeader(FETCH_SITE);
    if (site != null) {
      String known = site.toLowerCase(Locale.ROOT);
      if (known.equals("same-origin")) {
        return false;
      }
      if (!known.equals("none")) {
        return true; // cross-site, same-site, and any future value
      }
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && !isOwn(origin, request);
  }

  /** In sandboxed frames and local files the origin is opaque ({@code null}), so it is foreign. */
  private boolean isOwn(String origin, HttpServletRequest request) {
    URI uri;
    try {
      uri = new URI(origin.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException ex) {
      return false;
    }
    String host = uri.getHost();
    if (host == null) {
      return false;
    }
    if (ownNames.test(host)) {
      return true;
    }
    String authority = (uri.getPort() < 0) ? host : host + ":" + uri.getPort();
    return authority.equals(lowerCase(request.getHeader(HttpHeaders.HOST)))
        || authority.equals(calledAs(request, uri.getScheme()));
  }

  /** The request's host and port as the container knows them, possibly from a proxy's headers. */
  private static @Nullable String calledAs(HttpServletRequest request, @Nullable String scheme) {
    String name = lowerCase(request.getServerName());
    if (name == null) {
      return null;
    }
    String host = (name.indexOf(':') >= 0 && !name.startsWith("[")) ? "[" + name + "]" : name;
    int port = request.getServerPort();
    boolean standard = port == ("https".equals(scheme) ? 443 : 80);
    return standard ? host : host + ":" + port;
  }

  private static @Nullable String lowerCase(@Nullable String text) {
    return (text == null) ? null : text.toLowerCase(Locale.ROOT);
  }

  private static boolean isLink(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && PAGES.contains(request.getServletPath())
        && PAGES.contains(Scopes.rawPath(request));
  }
}
