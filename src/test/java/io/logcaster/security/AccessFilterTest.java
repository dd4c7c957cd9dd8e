package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AccessFilterTest {

  private final AtomicReference<@Nullable Principal> seen = new AtomicReference<>();
  private final FailedLogins failures = new FailedLogins(Clock.systemUTC());
  private boolean passed;
  private List<String> roles = List.of();

  @Nested
  class WithCredentials {

    private final AccessFilter filter =
        new AccessFilter(
            SecurityTesting.authenticator(
                new SecurityProperties("ops", "pa:ss wörd", null, List.of(), List.of())),
            List.of("Public.example"),
            failures);

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/",
          "/api/v1/query",
          "/actuator/prometheus",
          "/actuator/healthy",
          "/v3/api-docs"
        })
    void everyPath_requiresThem(String path) throws Exception {
      var response = call(filter, request("GET", path));

      assertThat(passed).isFalse();
      assertThat(response.getStatus()).isEqualTo(401);
      assertThat(response.getHeader("WWW-Authenticate")).startsWith("Basic realm=\"LogCaster\"");
      assertThat(response.getContentType()).isEqualTo("application/problem+json");
      assertThat(response.getContentAsString()).contains("\"code\":\"unauthorized\"");
    }

    @Test
    void rightOnes_areAccepted_andNameTheCaller() throws Exception {
      call(filter, authorized(request("POST", "/api/v1/records"), "ops:pa:ss wörd"));

      assertThat(passed).isTrue();
      assertThat(seen.get()).isNotNull();
      assertThat(seen.get().getName()).isEqualTo("ops");
      assertThat(roles).as("roles have the names of scopes").containsExactly("admin");
    }

    @Test
    void splunksToken_isAcceptedInItsUrl_andInNoOther() throws Exception {
      var known =
          new AccessFilter(
              SecurityTesting.authenticator(
                  new SecurityProperties(
                      null,
                      null,
                      null,
                      List.of(
                          new SecurityProperties.Token(
                              "hec", "0123456789abcdef", Set.of(Scope.INGEST))),
                      List.of())),
              List.of(),
              failures);
      var request = request("POST", "/services/collector/event");
      request.setQueryString("channel=1&token=0123456789abcdef");
      call(known, request);
      assertThat(passed).isTrue();

      passed = false;
      request.setQueryString("token=0123456789abcdeX");
      assertThat(call(known, request).getContentAsString()).contains("\"code\":4");
      var other = request("POST", "/api/v1/records");
      other.setQueryString("token=0123456789abcdef");
      assertThat(call(known, other).getStatus()).isEqualTo(401);
      assertThat(passed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops:wrong", "ops:", "Ops:pa:ss wörd", ":", "ops:pa:ss wörd "})
    void wrongOnes_areRefused(String given) throws Exception {
      var response = call(filter, authorized(request("GET", "/api/v1/query"), given));

      assertThat(passed).isFalse();
      assertThat(response.getStatus()).isEqualTo(401);
      assertThat(response.getContentAsString()).contains("wrong");
    }

    @Test
    void wrongOnes_areCounted_whateverTheyAre() throws Exception {
      call(filter, authorized(request("GET", "/api/v1/query"), "ops:wrong"));
      var token = request("POST", "/api/v1/records");
      token.addHeader("Authorization", "Bearer wrong");
      call(filter, token);
      call(filter, request("GET", "/api/v1/query"));
      call(filter, authorized(request("GET", "/api/v1/query"), "ops:pa:ss wörd"));

      assertThat(failures.count()).isEqualTo(2);
      assertThat(Authenticator.nameIn("Basic " + base64("eve:secret"))).isEqualTo("eve");
      assertThat(Authenticator.nameIn("Bearer secret")).isEqualTo("a token");
      assertThat(Authenticator.nameIn("secret")).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic !!!", "Bearer abc", "b3BzOnBhc3M="})
    void otherAuthorization_isRefused(String header) throws Exception {
      var request = request("GET", "/api/v1/query");
      request.addHeader("Authorization", header);

      assertThat(call(filter, request).getStatus()).isEqualTo(401);
      assertThat(passed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void health_isOpenAndAnonymous(String path) throws Exception {
      call(filter, request("GET", path));

      assertThat(passed).isTrue();
      assertThat(seen.get()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health%2Fx", "/actuator/health;x=/api"})
    void pathThatResemblesHealth_isNotOpen(String raw) throws Exception {
      var request = request("GET", raw);
      request.setServletPath("/actuator/health");

      assertThat(call(filter, request).getStatus()).isEqualTo(401);
    }

    @Test
    void anyHostName_isServed() throws Exception {
      var request = authorized(request("GET", "/"), "ops:pa:ss wörd");
      request.setServerName("logs.example.org");

      call(filter, request);
      assertThat(passed).isTrue();
    }

    @Test
    void otherSitesPage_cannotUseTheBrowsersCredentials() throws Exception {
      var request = authorized(request("POST", "/api/v1/records"), "ops:pa:ss wörd");
      request.addHeader("Sec-Fetch-Site", "cross-site");
      request.addHeader("Sec-Fetch-Mode", "no-cors");

      var response = call(filter, request);

      assertThat(passed).isFalse();
      assertThat(response.getStatus()).isEqualTo(403);
      assertThat(response.getContentAsString()).contains("\"code\":\"cross_site\"");
    }

    @ParameterizedTest
    @CsvSource({
      "cross-site, , false",
      "same-site, , false",
      "CROSS-SITE, , false",
      "same-origin, , true",
      "none, , true",
      ", http://logs.example.org:8080, true",
      ", HTTP://LOGS.example.org:8080, true",
      ", http://logs.example.org, false",
      ", http://logs.example.org:8081, false",
      ", http://logs.example.org.evil.example:8080, false",
      ", http://evil.example/logs.example.org:8080, false",
      ", https://public.example, true",
      ", null, false",
      ", nonsense, false",
      "none, https://evil.example, false",
      "same-origin, https://behind-a-proxy.example, true"
    })
    void originOfARequest_isReadFromBothHeaders(
        @Nullable String site, @Nullable String origin, boolean own) throws Exception {
      for (String path : List.of("/api/v1/query", "/api/v1/tail", "/delete/run_task", "/_bulk")) {
        for (String method : List.of("GET", "POST", "OPTIONS")) {
          var request = authorized(request(method, path), "ops:pa:ss wörd");
          request.setServerName("logs.example.org");
          request.setServerPort(8080);
          request.addHeader("Host", "logs.example.org:8080");
          if (site != null) {
            request.addHeader("Sec-Fetch-Site", site);
          }
          if (origin != null) {
            request.addHeader("Origin", origin);
          }
          passed = false;
          call(filter, request);
          assertThat(passed).as("%s %s", method, path).isEqualTo(own);
        }
      }
    }

    @ParameterizedTest
    @CsvSource({
      "GET, /, navigate, true",
      "GET, /index.html, navigate, true",
      "GET, /swagger-ui/index.html, navigate, true",
      "POST, /, navigate, false",
      "GET, /, no-cors, false",
      "GET, /api/v1/query, navigate, false",
      "GET, /delete/run_task, navigate, false",
      "GET, /api/v1/tail, navigate, false"
    })
    void linkOfAnotherSite_opensOnlyThePages(String method, String path, String mode, boolean opens)
        throws Exception {
      var request = authorized(request(method, path), "ops:pa:ss wörd");
      request.addHeader("Sec-Fetch-Site", "cross-site");
      request.addHeader("Sec-Fetch-Mode", mode);

      call(filter, request);
      assertThat(passed).isEqualTo(opens);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "/a/%2e%2E/b", "/..", "/a/.", "/a/.%2e;x=y/b", "/%2e"})
    void pathWithDotSegments_isRefused(String raw) throws Exception {
      var request = authorized(request("GET", raw), "ops:pa:ss wörd");

      assertThat(call(filter, request).getStatus()).isEqualTo(400);
      assertThat(passed).isFalse();
    }
  }

  @Nested
  class WithoutCredentials {

    private final AccessFilter filter =
        new AccessFilter(SecurityTesting.open(), List.of("Logs.internal"), failures);

    @ParameterizedTest
    @ValueSource(
        strings = {
          "localhost",
          "LOCALHOST",
          "127.0.0.1",
          "[::1]",
          "::1",
          "app.localhost",
          "logs.INTERNAL"
        })
    void localNamesAndAddresses_areServedAsTheLocalUser(String host) throws Exception {
      var request = request("GET", "/api/v1/query");
      request.setServerName(host);

      call(filter, request);

      assertThat(passed).isTrue();
      assertThat(seen.get()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example"})
    void nameResolvedByAnAttacker_isRefusedWithTheRemedy(String host) throws Exception {
      var request = request("GET", "/api/v1/query");
      request.setServerName(host);

      var response = call(filter, request);

      assertThat(passed).isFalse();
      assertThat(response.getStatus()).isEqualTo(403);
      assertThat(response.getContentAsString())
          .contains("\"code\":\"host_not_allowed\"", host, "logcaster.security.allowed-hosts");
    }

    @Test
    void otherSitesPage_isRefused() throws Exception {
      var request = request("GET", "/api/v1/query");
      request.addHeader("Sec-Fetch-Site", "cross-site");

      assertThat(call(filter, request).getStatus()).isEqualTo(403);
    }
  }

  private MockHttpServletResponse call(AccessFilter filter, MockHttpServletRequest request)
      throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(
        request,
        response,
        (servletRequest, servletResponse) -> {
          passed = true;
          var passedOn = (jakarta.servlet.http.HttpServletRequest) servletRequest;
          seen.set(passedOn.getUserPrincipal());
          roles = Stream.of("admin", "query", "ADMIN").filter(passedOn::isUserInRole).toList();
        });
    return response;
  }

  private static MockHttpServletRequest request(String method, String path) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    request.setServletPath(path);
    return request;
  }

  private static MockHttpServletRequest authorized(MockHttpServletRequest request, String pair) {
    request.addHeader("Authorization", "Basic " + base64(pair));
    return request;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
