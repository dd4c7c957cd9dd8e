package io.logcaster.security;

import io.logcaster.cluster.Roles;
import io.logcaster.system.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses records and queries on nodes that are not there for them: an answer without rows would be
 * mistaken for one. Senders try again, and a load balancer then chooses another node.
 */
final class RoleGuard extends OncePerRequestFilter {

  private final Roles roles;

  RoleGuard(Roles roles) {
    this.roles = roles;
  }

  /** Whether nodes of these roles refuse anything. */
  static boolean isNeeded(Roles roles) {
    return !roles.ingests() || !answersQueries(roles);
  }

  /** A node that keeps records answers for them, because other nodes ask it. */
  private static boolean answersQueries(Roles roles) {
    return roles.queries() || roles.stores();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!roles.ingests() && Scopes.isSending(request)) {
      refuse(response, "receive records", "ingest");
    } else if (!answersQueries(roles) && Scopes.isQuery(request)) {
      refuse(response, "answer queries", "query");
    } else {
      chain.doFilter(request, response);
    }
  }

  private void refuse(HttpServletResponse response, String what, String role) throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, "10");
    Problems.write(
        response,
        HttpStatus.SERVICE_UNAVAILABLE,
        "other_role",
        "This node does not %s: its roles are %s. Use a node with the role %s."
            .formatted(what, roles, role));
  }
}
