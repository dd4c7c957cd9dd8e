package io.logcaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

class LogCasterApplicationTest {

  @TempDir Path data;

  @Test
  void starts_andSaysItIsHealthy() throws Exception {
    try (var context =
        (ServletWebServerApplicationContext)
            SpringApplication.run(
                LogCasterApplication.class, "--server.port=0", "--logcaster.data.dir=" + data)) {
      int port = context.getWebServer().getPort();
      HttpRequest health =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
              .build();
      try (HttpClient client = HttpClient.newHttpClient()) {
        var answer = client.send(health, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\":\"UP\"");
      }
    }
  }
}
