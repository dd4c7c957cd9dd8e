package io.logcaster.security;

import io.logcaster.system.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request in, or answers 401 or 403.
 *
 * <p>With credentials configured, every path but {@code /actuator/health} and what is below it asks
 * for HTTP Basic. Without, whoever reaches the loopback port is trusted, which a web page open in
 * that person's browser is not: its requests are told by a {@code Host} header with a name the
 * page's owner resolved to 127.0.0.1 (DNS rebinding). In both cases a request that a browser marks
 * as sent by another site may read nothing and change nothing.
 */
final class AccessFilter extends OncePerRequestFilter {

  private static final String HEALTH = "/actuator/health";
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /**
   * An IPv4 address or a bracketed IPv6 one; names need DNS, which is what an attacker can bend.
   */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+]");

  private final @Nullable Credentials credentials;
  private final Set<String> hosts;
  private final Principal principal;

  AccessFilter(@Nullable Credentials credentials, List<String> allowedHosts) {
    this.credentials = credentials;
    this.hosts =
        Stream.concat(Stream.of("localhost"), allowedHosts.stream())
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    String name = credentials == null ? "local" : credentials.username();
    this.principal = () -> name;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (fromAnotherSite(request)) {
      Problems.write(
          response,
          HttpStatus.FORBIDDEN,
          "cross_site",
          "A page of another site may not send requests to LogCaster.");
    } else if (credentials == null) {
      if (hostAllowed(request)) {
        chain.doFilter(new Known(request, principal), response);
      } else {
        Problems.write(
            response,
            HttpStatus.FORBIDDEN,
            "host_not_allowed",
            "Without credentials LogCaster answers only as localhost or by address, not as '%s'."
                    .formatted(request.getServerName())
                + " Add the name to logcaster.security.allowed-hosts, or set credentials.");
      }
    } else if (authenticated(request)) {
      chain.doFilter(new Known(request, principal), response);
    } else if (isHealth(request)) {
      chain.doFilter(request, response);
    } else {
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"LogCaster\", charset=\"UTF-8\"");
      Problems.write(
          response,
          HttpStatus.UNAUTHORIZED,
          "unauthorized",
          request.getHeader(HttpHeaders.AUTHORIZATION) == null
              ? "Give the user name and password of this LogCaster by HTTP Basic."
              : "The user name or the password is wrong.");
    }
  }

  private boolean authenticated(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization != null && credentials != null && credentials.match(authorization);
  }

  /**
   * The container routes by the normalised path and Spring by the raw one, so both must name
   * health; a raw path with dots or escapes could mean one thing to each.
   */
  private static boolean isHealth(HttpServletRequest request) {
    String raw = request.getRequestURI();
    return isHealth(raw)
        && isHealth(request.getServletPath())
        && raw.indexOf('%') < 0
        && raw.indexOf(';') < 0
        && !raw.contains("..");
  }

  private static boolean isHealth(String path) {
    return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
  }

  /**
   * Browsers add the header by themselves; a page cannot. Following a link to the console is
   * reading, and navigation.
   */
  private static boolean fromAnotherSite(HttpServletRequest request) {
    if (!"cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
      return false;
    }
    boolean link =
        READING.contains(request.getMethod())
            && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    return !link;
  }

  private boolean hostAllowed(HttpServletRequest request) {
    String host = request.getServerName().toLowerCase(Locale.ROOT);
    return hosts.contains(host)
        || host.endsWith(".localhost")
        || ADDRESS.matcher(host).matches()
        || (host.indexOf(':') >= 0 && ADDRESS.matcher("[" + host + "]").matches());
  }

  /** A request whose sender is known, which is what shows health details. */
  private static final class Known extends HttpServletRequestWrapper {

    private final Principal principal;

    Known(HttpServletRequest request, Principal principal) {
      super(request);
      this.principal = principal;
    }

    @Override
    public Principal getUserPrincipal() {
      return principal;
    }

    @Override
    public String getRemoteUser() {
      return principal.getName();
    }
  }
}
