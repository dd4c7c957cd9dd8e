package io.logcaster.security;

import io.logcaster.system.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request pass, or answers 401 or 403.
 *
 * <p>With credentials configured, every path except {@code /actuator/health} and those below it
 * requires the user or a token with the {@linkplain Scopes scope} of the request. Without
 * credentials, everyone who reaches the loopback port is trusted, but not the web pages open in
 * their browsers. Such a page may have resolved its own host name to 127.0.0.1 (DNS rebinding); its
 * requests are recognised by that name in the {@code Host} header. In both cases requests made by
 * another site's page are refused; see {@link SiteGuard}.
 */
final class AccessFilter extends OncePerRequestFilter {

  private static final String HEALTH = "/actuator/health";

  /**
   * An IPv4 address or a bracketed IPv6 one. Names are not accepted, because an attacker may
   * control their DNS.
   */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+]");

  private static final Pattern DOT_SEGMENT = Pattern.compile("/(?:\\.|%2[eE]){1,2}(?:[/;]|$)");

  private static final Identity LOCAL = new Identity("local", Set.of(Scope.ADMIN));

  private final Authenticator authenticator;
  private final FailedLogins failures;
  private final Set<String> hosts;
  private final SiteGuard sites;

  AccessFilter(Authenticator authenticator, List<String> allowedHosts, FailedLogins failures) {
    this.authenticator = authenticator;
    this.failures = failures;
    this.hosts =
        allowedHosts.stream()
            .map((host) -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.sites = new SiteGuard(hosts::contains);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getAttribute(TimedProtocol.CROWDED) != null) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
      if (!isHealth(request)) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        Problems.write(
            response,
            HttpStatus.SERVICE_UNAVAILABLE,
            "too_many_connections",
            "All connections are in use (server.tomcat.max-connections); only health is"
                + " available.");
        return;
      }
    }
    if (hasDotSegment(request.getRequestURI())) {
      Problems.write(
          response,
          HttpStatus.BAD_REQUEST,
          "invalid_path",
          "The path must not contain a segment '.' or '..', encoded or not.");
    } else if (sites.refuses(request)) {
      Problems.write(
          response,
          HttpStatus.FORBIDDEN,
          "cross_site",
          "Pages of other sites may not send requests to LogCaster. Behind a proxy that changes"
              + " the Host header, add the console's host name to"
              + " logcaster.security.allowed-hosts.");
    } else if (!authenticator.isRequired()) {
      if (hostAllowed(request)) {
        chain.doFilter(new Known(request, LOCAL), response);
      } else {
        Problems.write(
            response,
            HttpStatus.FORBIDDEN,
            "host_not_allowed",
            "Without credentials LogCaster answers only as localhost or by address, not as '%s'."
                    .formatted(request.getServerName())
                + " Add the name to logcaster.security.allowed-hosts, or set credentials.");
      }
    } else {
      guard(request, response, chain);
    }
  }

  private void guard(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String authorization = SentCredentials.of(request);
    try {
      Identity known =
          (authorization == null)
              ? certified(request)
              : authenticator.authorization(authorization, request.getRemoteAddr());
      if (known == null && authorization != null) {
        failures.note(Authenticator.nameIn(authorization), request.getRemoteAddr());
      }
      if (known != null && mayDo(known, request)) {
        chain.doFilter(new Known(request, known), response);
      } else if (isHealth(request)) {
        chain.doFilter(request, response);
      } else if (known != null) {
        Refusal.FORBIDDEN.write(
            request,
            response,
            "'%s' lacks the scope %s."
                .formatted(known.name(), Scopes.of(request).name().toLowerCase(Locale.ROOT)));
      } else if (authorization == null) {
        Refusal.ABSENT.write(request, response, "Give a token, or a user name and a password.");
      } else {
        Refusal.WRONG.write(
            request, response, "The token, the user name or the password is wrong.");
      }
    } catch (TooManyFailuresException ex) {
      failures.note(Authenticator.nameIn(String.valueOf(authorization)), request.getRemoteAddr());
      response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(ex.retryAfterSeconds()));
      Refusal.SLOWED.write(request, response, String.valueOf(ex.getMessage()));
    }
  }

  /** A client certificate, verified by the TLS layer, permits sending. */
  private static @Nullable Identity certified(HttpServletRequest request) {
    Object shown = request.getAttribute("jakarta.servlet.request.X509Certificate");
    return (shown instanceof X509Certificate[] chain && chain.length > 0)
        ? new Identity(chain[0].getSubjectX500Principal().getName(), Set.of(Scope.INGEST))
        : null;
  }

  private static boolean mayDo(Identity known, HttpServletRequest request) {
    return Scopes.isOpenToAll(request) || known.may(Scopes.of(request));
  }

  /**
   * The container routes by the normalised path and Spring by the raw one, so both must be a path
   * of health. A raw path with dots or escapes could mean something different to each.
   */
  private static boolean isHealth(HttpServletRequest request) {
    String raw = Scopes.rawPath(request);
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
   * The container always resolves such segments, Spring MVC only sometimes, so one path would mean
   * two things. No client sends them.
   */
  private static boolean hasDotSegment(String path) {
    return DOT_SEGMENT.matcher(path).find();
  }

  private boolean hostAllowed(HttpServletRequest request) {
    String host = request.getServerName().toLowerCase(Locale.ROOT);
    return host.equals("localhost")
        || hosts.contains(host)
        || host.endsWith(".localhost")
        || ADDRESS.matcher(host).matches()
        || (host.indexOf(':') >= 0 && ADDRESS.matcher("[" + host + "]").matches());
  }

  /** A request whose sender is known and may therefore see the details of health. */
  private static final class Known extends HttpServletRequestWrapper {

    private final Identity identity;

    Known(HttpServletRequest request, Identity identity) {
      super(request);
      this.identity = identity;
    }

    @Override
    public Principal getUserPrincipal() {
      return identity;
    }

    @Override
    public String getRemoteUser() {
      return identity.name();
    }

    /** Roles are the names of scopes. */
    @Override
    public boolean isUserInRole(String role) {
      return identity.scopes().stream()
          .anyMatch((scope) -> scope.name().toLowerCase(Locale.ROOT).equals(role));
    }
  }
}
