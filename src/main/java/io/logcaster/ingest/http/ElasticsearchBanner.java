package io.logcaster.ingest.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers {@code GET /} and {@code HEAD /} as Elasticsearch does, to those who are its clients by
 * what they accept or how they call themselves; others get the console.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ElasticsearchBanner extends OncePerRequestFilter {

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().equals("/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String method = request.getMethod();
    boolean head = method.equals("HEAD");
    if (!(head || method.equals("GET")) || !isClient(request)) {
      chain.doFilter(request, response);
      return;
    }
    byte[] banner = ElasticsearchController.bannerText(request).getBytes(StandardCharsets.UTF_8);
    response.setHeader("X-Elastic-Product", "Elasticsearch");
    response.setContentType(ElasticsearchController.mediaType(request));
    response.setContentLength(banner.length);
    if (!head) {
      response.getOutputStream().write(banner);
    }
  }

  private static boolean isClient(HttpServletRequest request) {
    String accept = header(request, HttpHeaders.ACCEPT);
    String agent = header(request, HttpHeaders.USER_AGENT);
    if (accept.contains("text/html")) {
      return false;
    }
    return accept.contains("json")
        || agent.contains("elastic")
        || agent.contains("beat")
        || agent.contains("logstash")
        || agent.contains("fluent")
        || agent.contains("vector");
  }

  private static String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return (value == null) ? "" : value.toLowerCase(Locale.ROOT);
  }
}
