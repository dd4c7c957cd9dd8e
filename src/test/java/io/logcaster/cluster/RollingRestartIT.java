package io.logcaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.EventStream;
import io.logcaster.ServerProcess;
import io.logcaster.sink.ProxiedPort;
import io.logcaster.sink.jdbc.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two nodes that share a control database and ask each other are restarted in turn, as an update
 * does it, while records arrive at all of them and one of them serves a live tail and a stream of
 * alerts.
 */
@Order(1) // it mostly waits
@Execution(ExecutionMode.CONCURRENT)
class RollingRestartIT {

  private static final int NODES = 2;

  /** Numbers of records: each node has a range of its own. */
  private static final int RANGE = 1_000_000;

  private static final Pattern NUMBER = Pattern.compile("\"n\":\"?(\\d+)");

  private static final String JSON = "application/json";

  @TempDir Path directory;

  private final int[] ports = {ProxiedPort.freePort(), ProxiedPort.freePort()};
  private final ServerProcess[] servers = new ServerProcess[NODES];
  private final List<NodeSender> senders = new ArrayList<>();
  private final int database = ProxiedPort.freePort();
  private EventStream tail;
  private EventStream alerts;

  /** Sends records to one node. What was not acknowledged is never sent again. */
  private static final class NodeSender implements AutoCloseable {

    private final Api api;
    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private final AtomicInteger next;
    private final Thread thread;
    private volatile boolean open = true;

    NodeSender(int port, int first) {
      api = new Api(port);
      next = new AtomicInteger(first);
      thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
      try {
        while (open) {
          send("load");
          TimeUnit.MILLISECONDS.sleep(20);
        }
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
    }

    /** Returns the number of the record; -1 if it was not acknowledged. */
    int send(String app) {
      int number = next.getAndIncrement();
      String record = "{\"app\":\"%s\",\"n\":\"%d\",\"_msg\":\"one\"}%n".formatted(app, number);
      try {
        boolean stored =
            api.post("/api/v1/records", "application/x-ndjson", record).statusCode() == 200;
        if (stored) {
          acknowledged.add(number);
        }
        return stored ? number : -1;
      } catch (UncheckedIOException ex) {
        return -1;
      }
    }

    /** Ends with the answer to what is on its way. */
    @Override
    public void close() {
      open = false;
      try {
        thread.join();
      } catch (InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES) // four starts of a server, on a busy machine
  void restartsInTurn_loseNoRecord_andNoSubscriberForLongerThanItsReconnect() throws Exception {
    try (PostgresServer _ =
        new PostgresServer(Files.createDirectories(directory.resolve("postgres")), database)) {
      try {
        startAll();
        addRule();
        subscribe();
        for (int node = 0; node < NODES; node++) {
          senders.add(new NodeSender(ports[node], node * RANGE));
        }
        awaitTail();
        for (int node = NODES - 1; node >= 0; node--) {
          restart(node);
        }
        senders.forEach(NodeSender::close);
        checkRecords();
      } finally {
        senders.forEach(NodeSender::close);
        for (ServerProcess server : servers) {
          if (server != null) {
            server.kill();
          }
        }
      }
    }
  }

  private void startAll() throws Exception {
    try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ServerProcess>> all = new ArrayList<>();
      for (int node = 0; node < NODES; node++) {
        int number = node;
        all.add(starting.submit(() -> start(number)));
      }
      for (int node = 0; node < NODES; node++) {
        servers[node] = all.get(node).get();
      }
    }
  }

  private ServerProcess start(int node) throws IOException {
    Path data = Files.createDirectories(directory.resolve("node-" + node));
    Files.writeString(
        data.resolve("secrets.key"), Base64.getEncoder().encodeToString(new byte[32]));
    return ServerProcess.startAt(
        ports[node],
        data,
        "--logcaster.node.name=node-" + node,
        "--logcaster.node.url=http://127.0.0.1:" + ports[node],
        "--logcaster.nodes.urls=http://127.0.0.1:%d,http://127.0.0.1:%d"
            .formatted(ports[0], ports[1]),
        "--logcaster.control.url=jdbc:postgresql://127.0.0.1:" + database + "/postgres",
        "--logcaster.control.user=postgres",
        "--logcaster.control.password=postgres");
  }

  private void addRule() {
    assertThat(
            new Api(ports[0])
                .post(
                    "/api/v1/alerts/rules",
                    JSON,
                    """
                    {"name":"Alarm","query":"app:=alarm | stats by (n) count() value",
                     "window":"1h","interval":"1s","comparison":">","threshold":0}
                    """)
                .statusCode())
        .isEqualTo(201);
  }

  private void subscribe() {
    tail = new EventStream(ports[0], "/api/v1/tail?query={query}", "app:=load or app:=mark");
    alerts = new EventStream(ports[0], "/api/v1/alerts/stream");
  }

  private void restart(int node) throws Exception {
    Map<Integer, Integer> before = new HashMap<>();
    for (int other = 0; other < NODES; other++) {
      before.put(other, senders.get(other).next.get());
    }
    servers[node].stop();
    if (node == 0) {
      tail.close();
      alerts.close();
    }
    servers[node] = servers[node].restart();
    if (node == 0) {
      subscribe();
    }
    awaitTail();
    // Whatever is acknowledged from now on, anywhere, is in the tail once.
    Set<Integer> expected = new TreeSet<>();
    for (NodeSender sender : senders) {
      await()
          .until(
              () -> {
                int number = sender.send("load");
                return number >= 0 && expected.add(number) && expected.size() % 20 == 0;
              });
    }
    if (node != 0) { // those that went on have missed nothing at all
      for (int other = 0; other < NODES; other++) {
        int from = before.get(other);
        if (other != node) {
          senders.get(other).acknowledged.stream()
              .filter((number) -> number >= from)
              .forEach(expected::add);
        }
      }
    }
    await().untilAsserted(() -> assertThat(seen()).containsAll(expected));
    assertThat(seen()).doesNotHaveDuplicates();
    assertThat(tail.all("gap")).isEmpty();
    awaitAlert(senders.get(node));
    awaitNodes();
  }

  /** The numbers of all records in the tail. */
  private List<Integer> seen() {
    List<Integer> numbers = new ArrayList<>();
    for (String records : tail.all("records")) {
      Matcher number = NUMBER.matcher(records);
      while (number.find()) {
        numbers.add(Integer.valueOf(number.group(1)));
      }
    }
    return numbers;
  }

  /** Waits until records of all nodes come. */
  private void awaitTail() {
    for (NodeSender sender : senders) {
      Set<Integer> sent = new TreeSet<>();
      await()
          .until(
              () -> {
                sent.add(sender.send("mark"));
                return seen().stream().anyMatch(sent::contains);
              });
    }
  }

  /** Whichever node evaluates the rules, the stream of alerts has what a record at one raised. */
  private void awaitAlert(NodeSender sender) {
    int[] number = {-1};
    await().until(() -> (number[0] = sender.send("alarm")) >= 0);
    alerts.await("alert", (change) -> change.contains("\"" + number[0] + "\""));
  }

  private void awaitNodes() {
    await()
        .untilAsserted(
            () ->
                assertThat(new Api(ports[1]).get("/api/v1/nodes").body())
                    .contains("node-0", "node-1")
                    .doesNotContain("\"error\""));
  }

  private void checkRecords() {
    String answer = new Api(ports[1]).get("/api/v1/query?query=n:*%20%7C%20fields%20n").body();
    List<Integer> found = new ArrayList<>();
    Matcher number = NUMBER.matcher(answer);
    while (number.find()) {
      found.add(Integer.valueOf(number.group(1)));
    }
    assertThat(answer).doesNotContain("_error");
    assertThat(found).doesNotHaveDuplicates();
    for (NodeSender sender : senders) {
      assertThat(found).containsAll(sender.acknowledged);
    }
  }
}
