package io.logcaster.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers in every response what a page of this server may do: run its own scripts and
 * connect to its own server. No page may be framed. A log line that ends up in a page as markup can
 * therefore neither run code nor send data elsewhere.
 */
final class SecurityHeaders extends OncePerRequestFilter {

  /** CodeMirror and Swagger UI create style elements; no script is inline. */
  static final String CONTENT_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          CONTENT_POLICY,
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          // The console's URLs contain queries. With no-referrer, forms would lose their Origin.
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");

  /** Without subdomains: other services there may have no certificate. */
  private static final String TLS_ONLY = "max-age=31536000";

  /** Sets the headers again for error pages, because the container clears some responses. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    set(response, request.isSecure());
    chain.doFilter(request, response);
  }

  static void set(HttpServletResponse response, boolean secure) {
    HEADERS.forEach(response::setHeader);
    if (secure) {
      response.setHeader("Strict-Transport-Security", TLS_ONLY);
    }
  }
}
