package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A server whose paths begin with {@code server.servlet.context-path}. */
class SubPathTest {

  private static final String TOKEN = "a-token-of-some-length";

  private final AccessFilter filter =
      new AccessFilter(
          SecurityTesting.withToken(TOKEN), List.of(), new FailedLogins(Clock.systemUTC()));

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/records, 200",
    "POST, /v1/logs, 200",
    "POST, /my-index/_bulk, 200",
    "GET, /, 200",
    "GET, /api/v1/query, 403",
    "POST, /api/v1/tokens, 403"
  })
  void token_mayDoBelowItWhatItMayDoElsewhere(String method, String path, int status)
      throws Exception {
    MockHttpServletRequest request = request(method, path);
    request.addHeader("Authorization", "Bearer " + TOKEN);

    assertThat(call(request).getStatus()).isEqualTo(status);
  }

  @Test
  void health_needsNoCredentials() throws Exception {
    assertThat(call(request("GET", "/actuator/health")).getStatus()).isEqualTo(200);
    assertThat(call(request("GET", "/api/v1/query")).getStatus()).isEqualTo(401);
  }

  @Test
  void linkOfAnotherSite_opensThePageAndNoData() {
    var guard = new SiteGuard((name) -> false);

    assertThat(guard.refuses(link("/"))).isFalse();
    assertThat(guard.refuses(link("/api/v1/query"))).isTrue();
  }

  private static MockHttpServletRequest link(String path) {
    MockHttpServletRequest request = request("GET", path);
    request.addHeader("Sec-Fetch-Site", "cross-site");
    request.addHeader("Sec-Fetch-Mode", "navigate");
    return request;
  }

  private static MockHttpServletRequest request(String method, String path) {
    var request = new MockHttpServletRequest(method, "/logs" + path);
    request.setContextPath("/logs");
    request.setServletPath(path);
    return request;
  }

  private MockHttpServletResponse call(MockHttpServletRequest request) throws Exception {
    var response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response;
  }
}
