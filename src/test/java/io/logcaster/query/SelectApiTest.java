package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What clients of the {@code /select} paths expect besides rows. */
@RunningServer
class SelectApiTest {

  private final Api api;

  SelectApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  @Test
  void query_onTheSelectMount_hasTheTypeThatItsClientsExpect() {
    HttpResponse<String> answer = api.get("/select/logsql/query?query=app:=none&limit=1");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/stream+json");
  }

  @Test
  void health_isWhatAGrafanaDataSourceAsksFor() {
    HttpResponse<String> answer = api.get("/health");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("OK");
  }
}
