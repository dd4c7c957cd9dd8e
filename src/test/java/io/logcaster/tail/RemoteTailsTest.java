package io.logcaster.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.logcaster.nodes.Nodes;
import io.logcaster.nodes.NodesProperties;
import io.logcaster.tail.RemoteTails.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import reactor.core.Disposable;

/** Tails of nodes that come, go and come back. */
@Execution(ExecutionMode.CONCURRENT)
class RemoteTailsTest {

  private static final String RECORD = ":\n\nevent:records\ndata:[{\"_msg\":\"%s\"}]\n\n";

  private final List<HttpServer> servers = new ArrayList<>();

  private final CountDownLatch end = new CountDownLatch(1);

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Nodes nodes;

  private Disposable tail;

  @AfterEach
  void stop() {
    if (tail != null) {
      tail.dispose();
    }
    end.countDown();
    servers.forEach((server) -> server.stop(0));
    nodes.close();
  }

  private String server(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor((task) -> Thread.ofVirtual().start(task));
    server.createContext("/", handler);
    server.start();
    servers.add(server);
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void send(HttpExchange exchange, String id, String text) throws IOException {
    exchange.getResponseHeaders().set(Nodes.CALLER, id);
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  private String staying(String id, String text) throws IOException {
    return server(
        (exchange) -> {
          try (exchange) {
            send(exchange, id, text);
            end.await();
          } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void open(String... urls) {
    nodes =
        new Nodes(
            new NodesProperties(
                List.of(urls), null, null, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    tail = new RemoteTails(nodes, Duration.ofMillis(20)).events("query=*").subscribe(events::add);
  }

  private Event event() throws InterruptedException {
    Event event = events.poll(60, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  @Test
  void recordsAndGaps_ofAllNodes_arrive() throws Exception {
    open(
        staying("1", RECORD.formatted("one")), staying("2", "event:gap\ndata:{\"dropped\":3}\n\n"));

    assertThat(List.of(event(), event()))
        .containsExactlyInAnyOrder(
            new Event("records", "[{\"_msg\":\"one\"}]"), new Event("gap", "{\"dropped\":3}"));
  }

  @Test
  void node_thatEndsAndComesBack_isNamedAndHeardAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    open(
        server(
            (exchange) -> {
              try (exchange) {
                int call = calls.incrementAndGet();
                if (call == 2 || call == 3) {
                  exchange.sendResponseHeaders(503, -1);
                  return;
                }
                send(exchange, "1", RECORD.formatted("call " + call));
                if (call > 1) {
                  end.await();
                }
              } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
              }
            }));

    assertThat(event().data()).contains("call 1");
    Event missing = event();
    assertThat(missing.name()).isEqualTo("missing");
    assertThat(missing.data()).contains("\"node\":\"http://127.0.0.1:");
    assertThat(event().data()).as("told once").contains("call 4");
  }

  @Test
  void theSameNode_underTwoAddresses_isReadOnce() throws Exception {
    String one = staying("1", RECORD.formatted("one"));
    String self = server((exchange) -> problem(exchange));
    String last = staying("2", RECORD.formatted("two"));
    open(one, self, last, last.replace("127.0.0.1", "localhost"));

    assertThat(List.of(event().data(), event().data()))
        .containsExactlyInAnyOrder("[{\"_msg\":\"one\"}]", "[{\"_msg\":\"two\"}]");
  }

  private static void problem(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(409, -1);
    }
  }
}
