package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.LogCasterApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimedProtocolTest {

  private static final int MAX_CONNECTIONS = 8;

  private static final String HEAD = " HTTP/1.1\r\nHost: localhost\r\n";

  @TempDir static Path dir;
  private ServletWebServerApplicationContext server;

  @BeforeAll
  void start() {
    server =
        (ServletWebServerApplicationContext)
            SpringApplication.run(
                LogCasterApplication.class,
                "--server.port=0",
                "--server.tomcat.max-connections=" + MAX_CONNECTIONS,
                "--logcaster.http.head-timeout=1s",
                "--logcaster.tcp.port=-1",
                "--logcaster.udp.port=-1",
                "--logcaster.storage.type=memory",
                "--logcaster.host-metrics.enabled=false",
                "--logcaster.streams.heartbeat=200ms",
                "--logcaster.data.dir=" + dir.resolve("data"));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getWebServer().getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String answer(String path) throws IOException {
    try (Socket socket = connect()) {
      write(socket, "GET " + path + HEAD + "Connection: close\r\n\r\n");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void headSentByteByByte_isCutOff() throws Exception {
    for (String endless : List.of("X-Slow: aaaaaaaaaaaaaaaaaaaaaa", "\r\n")) {
      try (Socket socket = connect()) {
        boolean blank = endless.isBlank();
        if (!blank) {
          write(socket, "GET /" + HEAD);
        }
        await()
            .atMost(Duration.ofMinutes(1))
            .pollInterval(Duration.ofMillis(100))
            .until(
                () -> {
                  try {
                    write(socket, blank ? endless : "a");
                    return false;
                  } catch (IOException ex) {
                    return true; // the server has closed it
                  }
                });
      }
    }
  }

  @Test
  void silentConnection_isCutOff() throws Exception {
    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void slowBody_isAccepted_andAStreamContinues() throws Exception {
    try (Socket body = connect();
        Socket stream = connect()) {
      write(stream, "GET /api/v1/tail?query=slow" + HEAD + "\r\n");
      InputStream beats = stream.getInputStream();
      String record = "{\"_msg\":\"slow body\"}";
      write(
          body,
          "POST /api/v1/records"
              + HEAD
              + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: "
              + record.length()
              + "\r\n\r\n");
      for (int i = 0; i < record.length(); i++) {
        assertThat(beats.read()).isPositive(); // which arrive several times a second
        beats.skipNBytes(1);
        write(body, record.substring(i, i + 1));
      }
      assertThat(new String(body.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200");
      for (int bytes = 0; bytes < 40; bytes++) {
        assertThat(beats.read()).isPositive();
      }
    }
  }

  @Test
  void crowdedServer_answersOnlyHealth_untilConnectionsAreFreed() throws Exception {
    List<Socket> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < MAX_CONNECTIONS; i++) {
        Socket busy = connect();
        crowd.add(busy);
        write(busy, "GET /api/v1/tail?query=*" + HEAD + "\r\n");
        assertThat(busy.getInputStream().read()).isPositive();
      }
      for (int i = 0; i < TimedProtocol.RESERVED + 20; i++) {
        Socket slow = connect();
        crowd.add(slow);
        write(slow, "GET /" + HEAD);
      }
      assertThat(answer("/actuator/health/liveness")).startsWith("HTTP/1.1 200");
      assertThat(answer("/api/v1/metrics"))
          .startsWith("HTTP/1.1 503")
          .contains("too_many_connections", "Retry-After");
    } finally {
      for (Socket socket : crowd) {
        socket.close();
      }
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(answer("/api/v1/metrics")).startsWith("HTTP/1.1 200"));
  }
}
