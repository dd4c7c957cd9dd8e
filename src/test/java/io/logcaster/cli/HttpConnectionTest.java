package io.logcaster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Set<InetSocketAddress> senders = ConcurrentHashMap.newKeySet();
  private HttpServer server;
  private HttpConnection connection;

  /** Answers a path's last word: its length in front, in chunks, or with the connection's end. */
  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.createContext(
        "/",
        (exchange) -> {
          senders.add(exchange.getRemoteAddress());
          byte[] body = exchange.getRequestBody().readAllBytes();
          String path = exchange.getRequestURI().getPath();
          if (path.equals("/last")) {
            exchange.getResponseHeaders().set("Connection", "close");
          }
          exchange.sendResponseHeaders(
              path.equals("/refuse") ? 429 : 200, path.equals("/chunks") ? 0 : body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    connection = new HttpConnection(LOOPBACK.getHostAddress(), server.getAddress().getPort());
  }

  @AfterEach
  void stop() throws IOException {
    connection.close();
    server.stop(0);
  }

  private HttpConnection.Answer post(String path, String body) throws IOException {
    byte[] bytes = (body + "not sent").getBytes(UTF_8);
    return connection.post(path, "text/plain", bytes, body.getBytes(UTF_8).length);
  }

  @Test
  void post_severalTimes_readsEachResponseOnOneConnection() throws IOException {
    assertThat(post("/length", "first").text()).isEqualTo("first");
    assertThat(post("/chunks", "ä".repeat(10_000)).text()).isEqualTo("ä".repeat(10_000));
    assertThat(post("/length", "").text()).isEmpty();
    assertThat(senders).hasSize(1);
  }

  @Test
  void post_refused_reportsTheServersMessage() throws IOException {
    HttpConnection.Answer answer = post("/refuse", "too much");

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.text()).isEqualTo("too much");
    assertThat(answer.headers()).containsKey("content-length");
  }

  @Test
  void post_afterTheServerClosedTheConnection_opensAnother() throws IOException {
    assertThat(post("/last", "a").text()).isEqualTo("a");
    assertThat(post("/length", "b").text()).isEqualTo("b");
    assertThat(senders).hasSize(2);
  }
}
