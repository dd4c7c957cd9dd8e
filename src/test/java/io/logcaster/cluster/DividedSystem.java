package io.logcaster.cluster;

import io.logcaster.Api;
import io.logcaster.ServerProcess;
import io.logcaster.notice.channel.Receiver;
import io.logcaster.sink.ProxiedPort;
import io.logcaster.sink.jdbc.PostgresServer;
import io.logcaster.sink.kafka.KafkaBroker;
import io.logcaster.storage.opensearch.SearchNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Three servers with a broker, a control database, a receiver of notices and, if wanted, a search
 * node, each in a process of its own that can be killed: one server receives, two store, and all
 * three answer queries and may evaluate the alert rules.
 */
final class DividedSystem implements AutoCloseable {

  static final int STORES = 2;

  /** Encrypts the secrets of channels, on all nodes. */
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  /** What can be killed. */
  enum Part {
    INGEST(0),
    FIRST_STORE(1),
    SECOND_STORE(2),
    BROKER(-1),
    SEARCH(-1);

    /** The number of a server; -1 for others. */
    private final int server;

    Part(int server) {
      this.server = server;
    }

    boolean isServer() {
      return server >= 0;
    }
  }

  private final Path directory;
  private final int[] ports = {
    ProxiedPort.freePort(), ProxiedPort.freePort(), ProxiedPort.freePort()
  };
  private final int database = ProxiedPort.freePort();
  private final Receiver receiver = new Receiver();
  private final PostgresServer postgres;
  private final KafkaBroker broker;
  private @Nullable SearchNode search;
  private final ServerProcess[] servers = new ServerProcess[1 + STORES];

  /**
   * Starts everything.
   *
   * @param hasSearch whether the records are in a search node, rather than on each node's disk
   */
  DividedSystem(Path directory, boolean hasSearch) throws Exception {
    this.directory = directory;
    postgres = new PostgresServer(Files.createDirectories(directory.resolve("postgres")), database);
    try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
      Path data = Files.createDirectories(directory.resolve("search"));
      Future<@Nullable SearchNode> node =
          starting.submit(() -> hasSearch ? SearchNode.start(data, 0) : null);
      broker = new KafkaBroker(directory.resolve("kafka"));
      search = node.get();
    }
    start(List.of(Part.INGEST, Part.FIRST_STORE, Part.SECOND_STORE));
  }

  Receiver receiver() {
    return receiver;
  }

  boolean hasSearch() {
    return search != null;
  }

  /** The API of the server that receives. */
  Api ingest() {
    return new Api(ports[0]);
  }

  /** The API of one that stores. */
  Api store(int index) {
    return new Api(ports[1 + index]);
  }

  /** Where PostgreSQL listens. */
  int database() {
    return database;
  }

  /** As {@code kill -9} does. */
  void kill(Part part) throws Exception {
    switch (part) {
      case BROKER -> broker.kill();
      case SEARCH -> {
        SearchNode node = search;
        if (node != null) {
          node.close();
        }
      }
      default -> servers[part.server].kill();
    }
  }

  /**
   * Brings killed parts back, and waits until they are ready. Servers are last, because one that
   * finds no search node ends, so that its supervisor would have to start it again.
   */
  void start(List<Part> parts) throws Exception {
    startAll(parts.stream().filter((part) -> !part.isServer()).toList());
    startAll(parts.stream().filter(Part::isServer).toList());
  }

  private void startAll(List<Part> parts) throws Exception {
    try (ExecutorService starting = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> started = new ArrayList<>();
      for (Part part : parts) {
        Callable<?> start =
            () -> {
              startOne(part);
              return null;
            };
        started.add(starting.submit(start));
      }
      for (Future<?> one : started) {
        one.get();
      }
    }
  }

  private void startOne(Part part) throws IOException {
    switch (part) {
      case BROKER -> broker.start();
      case SEARCH -> {
        SearchNode node = search;
        if (node != null) {
          search = SearchNode.start(directory.resolve("search"), node.port());
        }
      }
      default -> servers[part.server] = startServer(part.server);
    }
  }

  private ServerProcess startServer(int number) throws IOException {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--logcaster.roles=" + (number == 0 ? "ingest" : "store") + ",query,alert",
                "--logcaster.cluster.brokers=" + broker.address(),
                "--logcaster.cluster.partitions=4",
                "--logcaster.cluster.replication=1",
                "--logcaster.control.url=jdbc:postgresql://127.0.0.1:" + database + "/postgres",
                "--logcaster.control.user=postgres",
                "--logcaster.control.password=postgres",
                "--logcaster.alert.allow-local-addresses=true",
                "--logcaster.query.timeout=10m"));
    SearchNode node = search;
    if (node != null) {
      settings.add("--logcaster.storage.type=opensearch");
      settings.add("--logcaster.storage.opensearch.urls=" + node.address());
      settings.add("--logcaster.storage.opensearch.replicas=0");
    } else {
      settings.add(
          "--logcaster.nodes.urls=http://127.0.0.1:%d,http://127.0.0.1:%d"
              .formatted(ports[1], ports[2]));
    }
    Path data = Files.createDirectories(directory.resolve("node-" + number));
    Files.writeString(data.resolve("secrets.key"), KEY);
    return ServerProcess.startAt(ports[number], data, settings.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    try {
      for (ServerProcess server : servers) {
        if (server != null) {
          server.kill();
        }
      }
      broker.kill();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
    broker.close();
    SearchNode node = search;
    if (node != null) {
      node.close();
    }
    postgres.close();
    receiver.close();
  }
}
