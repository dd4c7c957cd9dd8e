package io.logcaster.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers, with every answer, what a page of this server may do: run its own scripts, talk
 * to its own server, and stand in nobody's frame. A log line that finds a way into a page as markup
 * thus runs nothing and sends nothing out.
 */
final class SecurityHeaders extends OncePerRequestFilter {

  /**
   * CodeMirror and Swagger UI bring their styles along in elements they make; no script needs to.
   */
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
          // Addresses of the console hold queries. With no-referrer, forms would lose their Origin.
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");

  /** For the name alone: other services of the machine's domain may have no certificate. */
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
