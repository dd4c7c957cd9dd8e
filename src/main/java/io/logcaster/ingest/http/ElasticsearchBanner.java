package io.logcaster.ingest.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers {@code GET /} and {@code HEAD /} as Elasticsearch does, and {@code HEAD} and {@code PUT}
 * of an index, to clients of Elasticsearch, recognised by what they accept or by their user agent.
 * Others get the console.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ElasticsearchBanner extends OncePerRequestFilter {

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    // Names of indices begin with a letter or a digit, those of calls with an underscore.
    String path = pathOf(request);
    return path.startsWith("/_") || path.indexOf('/', 1) >= 0;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String method = request.getMethod();
    boolean root = pathOf(request).equals("/");
    boolean ours = method.equals("HEAD") || method.equals(root ? "GET" : "PUT");
    if (!ours || !isClient(request, root)) {
      chain.doFilter(request, response);
      return;
    }
    String text =
        root ? ElasticsearchAnswers.banner(request) : ElasticsearchSetupController.INDEX_CREATED;
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setHeader(ElasticsearchAnswers.PRODUCT_HEADER, ElasticsearchAnswers.PRODUCT);
    response.setContentType(ElasticsearchAnswers.mediaType(request));
    response.setContentLength(body.length);
    if (!method.equals("HEAD")) {
      response.getOutputStream().write(body);
    }
  }

  /** The path below the context path. */
  private static String pathOf(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length());
  }

  private static boolean isClient(HttpServletRequest request, boolean root) {
    String accept = ElasticsearchAnswers.header(request, HttpHeaders.ACCEPT);
    String agent = ElasticsearchAnswers.userAgent(request);
    if (accept.contains("text/html")) {
      return false;
    }
    // Some clients check with a plain HTTP library whether there is a server at all.
    boolean probe = root && request.getMethod().equals("HEAD");
    return probe
        || accept.contains("vnd.elasticsearch+json")
        || (root && accept.contains("json"))
        || agent.contains("elastic")
        || agent.contains("opensearch")
        || agent.contains("beat")
        || agent.contains("logstash")
        || agent.contains("manticore")
        || agent.contains("fluent")
        || agent.contains("vector");
  }
}
