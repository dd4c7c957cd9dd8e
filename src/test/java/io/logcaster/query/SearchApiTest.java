package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Saved searches over HTTP. */
@RunningServer
class SearchApiTest {

  private final Api api;

  SearchApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  @Test
  void searches_areKept() {
    HttpResponse<String> added =
        api.post(
            "/api/v1/searches",
            "application/json",
            "{\"name\":\"mine\",\"query\":\"error | count()\",\"columns\":[\"a\"]}");
    assertThat(added.statusCode()).isEqualTo(201);
    String path = Api.created(added);
    assertThat(api.get(path).body()).contains("\"columns\":[\"a\"]");
    assertThat(api.put(path, "application/json", "{\"name\":\"yours\",\"query\":\"warn\"}").body())
        .contains("yours");
    assertThat(api.get("/api/v1/searches").body()).contains("yours");
    assertThat(api.delete(path).statusCode()).isEqualTo(204);
    assertThat(api.get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void search_withWrongQuery_isRefused() {
    HttpResponse<String> answer =
        api.post("/api/v1/searches", "application/json", "{\"name\":\"x\",\"query\":\"(\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("query_syntax");
  }
}
