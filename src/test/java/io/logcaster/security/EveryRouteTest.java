package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.LogCasterApplication;
import io.logcaster.security.Routes.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Rules that hold for every path of the server, including future ones. */
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryRouteTest {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private static final Map<String, String> ROLES =
      Map.of(
          "ingest", "an-ingest-token-of-length",
          "query", "a-query-token-of-some-length",
          "admin", "an-admin-token-of-some-length");

  /** Paths that need less than the scope admin to send; all others change the server. */
  private static final Map<String, String> OPEN_TO =
      Map.of("ingest.http", "ingest", "query", "query", "tail", "query", "capsule", "query");

  /** Deploy scripts set marks. */
  private static final Set<String> OPEN_TO_INGEST = Set.of("/api/v1/marks");

  /** Only other LogCasters ask them. */
  private static final Set<String> NODES = Set.of("NodeQueryController", "NodeTailController");

  private static final Set<String> ADMINISTRATION = Set.of("SearchController");

  @TempDir static Path dir;
  private ServletWebServerApplicationContext server;
  private HttpClient client;
  private List<Route> routes;
  private String base;

  @BeforeAll
  void start() throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--logcaster.tcp.port=-1",
                "--logcaster.udp.port=-1",
                "--logcaster.host-metrics.enabled=false",
                "--logcaster.query.timeout=5s",
                "--logcaster.self-log.enabled=false",
                "--logcaster.data.dir=" + dir.resolve("data")));
    int number = 0;
    for (Map.Entry<String, String> role : ROLES.entrySet()) {
      String token = "--logcaster.security.tokens[" + number++ + "].";
      arguments.add(token + "name=" + role.getKey());
      arguments.add(token + "token=" + role.getValue());
      arguments.add(token + "scope=" + role.getKey());
    }
    server =
        (ServletWebServerApplicationContext)
            SpringApplication.run(
                LogCasterApplication.class, arguments.toArray(new String[arguments.size()]));
    client = HttpClient.newHttpClient();
    base = "http://127.0.0.1:" + server.getWebServer().getPort();
    assertThat(call("GET", "/v3/api-docs", "admin", "")).isEqualTo(200);
    routes = Routes.of(server);
    assertThat(routes).hasSizeGreaterThan(100);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void changing_needsTheScopeOfItsKind() throws Exception {
    for (Route route : routes) {
      String allowed =
          OPEN_TO_INGEST.contains(route.path())
              ? "ingest"
              : NODES.stream().anyMatch(route::isOfClass)
                  ? "node"
                  : ADMINISTRATION.stream().anyMatch(route::isOfClass)
                      ? "admin"
                      : OPEN_TO.entrySet().stream()
                          .filter((entry) -> route.isOf(entry.getKey()))
                          .map(Map.Entry::getValue)
                          .findFirst()
                          .orElse("admin");
      for (String method : METHODS) {
        boolean health = route.path().startsWith("/actuator/health");
        if (!health) {
          assertThat(call(method, route.path(), "", "")).as(method + " " + route).isEqualTo(401);
        }
        for (String role : SAFE.contains(method) ? Set.<String>of() : Set.of("ingest", "query")) {
          if (!role.equals(allowed) && !health) {
            assertThat(call(method, route.path(), role, ""))
                .as("%s %s as %s", method, route, role)
                .isIn(403, 404, 405);
          }
        }
      }
    }
  }

  @Test
  void otherSites_mayOpenOnlyThePages() throws Exception {
    List<List<String>> foreign =
        List.of(
            List.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate"),
            List.of("Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "navigate"),
            List.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"),
            List.of("Origin", "https://evil.example"),
            List.of("Origin", "http://127.0.0.1:1"),
            List.of("Origin", "null"));
    Set<String> pages = Set.of("/", "/swagger-ui.html");
    for (Route route : routes) {
      for (String method : METHODS) {
        for (List<String> headers : foreign) {
          boolean link =
              method.equals("GET") && pages.contains(route.path()) && headers.contains("navigate");
          if (!link) {
            assertThat(call(method, route.path(), "admin", "", headers.toArray(String[]::new)))
                .as("%s %s with %s", method, route, headers)
                .isEqualTo(403);
          }
        }
      }
    }
    for (String page : pages) {
      assertThat(call("GET", page, "admin", "", foreign.getFirst().toArray(String[]::new)))
          .isLessThan(404)
          .isNotEqualTo(403);
    }
  }

  @Test
  void readingMethods_changeNothing() throws Exception {
    String admin = "admin";
    assertThat(call("POST", "/api/v1/records", admin, "{\"_msg\":\"kept\",\"app\":\"walk\"}"))
        .isEqualTo(200);
    assertThat(call("POST", "/api/v1/searches", admin, "{\"name\":\"s\",\"query\":\"*\"}"))
        .isEqualTo(201);
    assertThat(call("POST", "/api/v1/tokens", admin, "{\"name\":\"t\"}")).isEqualTo(201);
    assertThat(call("POST", "/api/v1/marks", admin, "{\"text\":\"deploy\"}")).isEqualTo(201);
    List<String> state =
        List.of(
            "/api/v1/query?query=app:=walk",
            "/api/v1/delete",
            "/api/v1/snapshots",
            "/api/v1/searches",
            "/api/v1/tokens",
            "/api/v1/marks",
            "/api/v1/alerts/rules",
            "/api/v1/alerts/silences",
            "/api/v1/filter");
    for (String rule : List.of("host-cpu", "host-memory", "host-disk")) {
      // Their states change with each evaluation.
      assertThat(call("DELETE", "/api/v1/alerts/rules/" + rule, admin, "")).isEqualTo(204);
    }
    List<String> before = bodies(state);
    assertThat(before.getFirst()).contains("kept");
    String everything =
        "?query=*&filter=*&task_id=x&id=x&name=x&limit=10&timeout=5s&drop=*&field=app&step=1h";
    for (Route route : routes) {
      for (String method : SAFE) {
        call(method, route.path() + everything, admin, "");
      }
    }
    assertThat(bodies(state)).isEqualTo(before);
  }

  @Test
  void oddRequests_areClientErrors() throws Exception {
    Map<String, String> types =
        Map.of(
            "multipart/form-data", "no boundary",
            "multipart/form-data; boundary=b", "--b\r\nnonsense",
            "multipart/mixed; boundary=\"", "--",
            "application/x-www-form-urlencoded", "query=%ff&%zz=%",
            "application/json", "{\"a\":[[[\"\\ud800",
            "application/json; charset=utf-16", "{}",
            "text/plain; charset=nothing", "x",
            "nonsense/", "x",
            "*/*", "x");
    List<String> failed = new ArrayList<>();
    for (Route route : routes) {
      if (route.path().equals("/error")) {
        continue; // answers 500 on purpose
      }
      for (Map.Entry<String, String> type : types.entrySet()) {
        for (String method : List.of("POST", "PUT", "DELETE")) {
          int status = raw(method, route.path(), type.getKey(), type.getValue());
          if (status >= 500) {
            failed.add("%d %s %s %s".formatted(status, method, route.path(), type.getKey()));
          }
        }
      }
      for (String tail :
          List.of(
              "?query=%ff",
              "?query=%zz&limit=%",
              "?limit=-1&offset=9223372036854775807&query=*&step=0s",
              "?start=9e99&end=-9e99&query=*&field=%00",
              "?" + "&".repeat(2000),
              "?query=*&timeout=nonsense&limit=1e9",
              "/%2e%2e/prometheus",
              "/%2E",
              "/..",
              "//",
              "/%20",
              "/;a=b/c",
              "/%00",
              "/%f0%9f%94%a5",
              "/" + "x/".repeat(200))) {
        int status = raw("GET", route.path() + tail, "text/plain", "");
        if (status >= 500) {
          failed.add("%d GET %s%s".formatted(status, route.path(), tail));
        }
      }
    }
    assertThat(failed).isEmpty();
  }

  @Test
  void requestsThatAreNotHttp_areProblemsToo() throws Exception {
    for (String head :
        List.of(
            "GET /a b HTTP/1.1\r\nHost: localhost",
            "GET / HTTP/1.1\r\nHost: lo{}cal",
            "GET / HTTP/1.1\r\nX: y",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000),
            "GET http://[ HTTP/1.1\r\nHost: localhost")) {
      try (Socket socket = connect()) {
        write(socket, head + "\r\nConnection: close\r\n\r\n");
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer)
            .as(head)
            .startsWith("HTTP/1.1 400")
            .contains("application/problem+json", "nosniff", "\"code\":\"bad_request\"");
      }
    }
  }

  @Test
  void everyAnswer_hasSecurityHeaders() throws Exception {
    for (String path :
        List.of(
            "/",
            "/index.html",
            "/nothing-here",
            "/error",
            "/api/v1/query",
            "/api/v1/query?query=*",
            "/api/v1/metrics/stream",
            "/actuator/health",
            "/actuator/prometheus",
            "/swagger-ui/index.html",
            "/%2e%2e/a",
            "/%5ca",
            "/a//b/..;/c")) {
      for (String role : List.of("", "admin")) {
        HttpResponse<InputStream> answer = send("GET", path, role, "");
        answer.body().close();
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
            .as(path)
            .contains("default-src 'none'; script-src 'self';", "frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getWebServer().getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void write(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request that no well-behaved client would send, and returns the status. */
  private int raw(String method, String target, String type, String body) throws IOException {
    try (Socket socket = connect()) {
      write(
          socket,
          "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nAccept: a/b;q=x,*/*;q=9\r\n"
                  .formatted(method, target, ROLES.get("admin"))
              + "Content-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(type, body.getBytes(StandardCharsets.UTF_8).length, body));
      byte[] status = socket.getInputStream().readNBytes(12);
      return Integer.parseInt(new String(status, 9, 3, StandardCharsets.US_ASCII));
    }
  }

  private List<String> bodies(List<String> paths) throws IOException, InterruptedException {
    List<String> bodies = new ArrayList<>();
    for (String path : paths) {
      try (InputStream body = send("GET", path, "admin", "").body()) {
        bodies.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return bodies;
  }

  private int call(String method, String path, String role, String body, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(method, path, role, body, headers);
    answer.body().close(); // which also ends endless answers
    return answer.statusCode();
  }

  private HttpResponse<InputStream> send(
      String method, String path, String role, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty() && headers.length == 0) {
      request.header("Content-Type", "application/json");
    }
    if (!role.isEmpty()) {
      request.header("Authorization", "Bearer " + ROLES.get(role));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }
}
