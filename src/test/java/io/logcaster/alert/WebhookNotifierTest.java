package io.logcaster.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;

class WebhookNotifierTest {

  private static final int ATTEMPTS = 3;

  private final BlockingQueue<String> posts = new LinkedBlockingQueue<>();
  private final Queue<Integer> answers = new ArrayDeque<>();
  private HttpServer receiver;
  private WebhookNotifier notifier;

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/hook", this::receive);
    receiver.start();
    URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    notifier =
        new WebhookNotifier(
            url, Duration.ofSeconds(20), ATTEMPTS, Duration.ofMillis(1), WebClient.create());
  }

  @AfterEach
  void stop() {
    notifier.close();
    receiver.stop(0);
  }

  @Test
  void notify_postsTheChangeAsJson() throws InterruptedException {
    notifier.notify(change("errors", AlertState.FIRING));

    assertThat(next())
        .contains("\"name\":\"errors\"", "\"labels\":{\"app\":\"shop\"}", "\"to\":\"FIRING\"")
        .contains("\"time\":\"2026-11-21T10:00:00Z\"");
  }

  @Test
  void notify_ofSeveral_keepsTheirOrder() throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      notifier.notify(change("rule-" + i, AlertState.FIRING));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(next()).contains("\"rule-" + i + "\"");
    }
  }

  @Test
  void notify_whenTheReceiverFails_retriesBeforeTheNext() throws InterruptedException {
    answers(503, 500);
    notifier.notify(change("first", AlertState.FIRING));
    notifier.notify(change("second", AlertState.FIRING));

    assertThat(next()).contains("first");
    assertThat(next()).contains("first");
    assertThat(next()).contains("first");
    assertThat(next()).contains("second");
  }

  @Test
  void notify_afterTheLastAttempt_continuesWithTheNext() throws InterruptedException {
    answers(500, 500, 500);
    notifier.notify(change("lost", AlertState.FIRING));
    notifier.notify(change("next", AlertState.INACTIVE));

    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      assertThat(next()).contains("lost");
    }
    assertThat(next()).contains("next");
  }

  private void answers(Integer... statuses) {
    synchronized (answers) {
      answers.addAll(List.of(statuses));
    }
  }

  private String next() throws InterruptedException {
    String post = posts.poll(20, TimeUnit.SECONDS);
    assertThat(post).as("a POST to the receiver").isNotNull();
    return post;
  }

  private void receive(HttpExchange exchange) throws IOException {
    posts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Integer status;
    synchronized (answers) {
      status = answers.poll();
    }
    exchange.sendResponseHeaders((status != null) ? status : 204, -1);
    exchange.close();
  }

  private static AlertChange change(String name, AlertState to) {
    AlertState from = (to == AlertState.FIRING) ? AlertState.INACTIVE : AlertState.FIRING;
    Instant time = Instant.parse("2026-11-21T10:00:00Z");
    return AlertChanges.change("1", name, Map.of("app", "shop"), from, to, time);
  }
}
