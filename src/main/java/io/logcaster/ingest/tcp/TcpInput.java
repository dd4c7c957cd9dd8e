package io.logcaster.ingest.tcp;

import io.logcaster.ingest.BoundedExecutor;
import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputDoor;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.InputThread;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.pipeline.InputMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on one TCP port and serves each connection on a thread of its own. */
public final class TcpInput implements Input {

  private static final Logger LOG = LoggerFactory.getLogger(TcpInput.class);

  /**
   * Connections the system holds until they are accepted. Some clients open one for each record;
   * with a short queue they would wait for retransmissions.
   */
  private static final int BACKLOG = 4096;

  /** How long senders may continue when the input stops. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** About how many bytes the open batches of all connections may hold. */
  private static final long BATCHES_BYTES = 32 << 20;

  /** Handing in smaller batches costs more than it saves. */
  private static final long SMALLEST_BATCH = 16 << 10;

  private static final byte[] BUSY = "ERR busy\n".getBytes(StandardCharsets.US_ASCII);

  private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final TcpOptions options;

  private final TcpServices services;

  private final InputContext context;

  private final InputMetrics metrics;

  private final BoundedExecutor executor;

  private final Semaphore largeObjects;

  private final Map<TcpConnection, Boolean> connections = new ConcurrentHashMap<>();

  private final AtomicLong lastId = new AtomicLong();

  private Supplier<@Nullable ServerSocket> opened = () -> null;

  private @Nullable ServerSocket server;

  private @Nullable InputThread acceptor;

  private @Nullable InputThread watcher;

  private final PeerLimit peers;

  private volatile InputStats.State state = InputStats.State.STOPPED;

  private volatile long stopDeadline;

  private final long handshakeNanos;

  public TcpInput(TcpOptions options, TcpServices services, InputContext context) {
    this(options, services, context, HANDSHAKE_NANOS);
  }

  /**
   * @param handshakeNanos how long a sender may take for a TLS handshake
   */
  TcpInput(TcpOptions options, TcpServices services, InputContext context, long handshakeNanos) {
    this.handshakeNanos = handshakeNanos;
    this.options = options;
    this.services = services;
    this.context = context;
    this.metrics = context.metrics();
    this.largeObjects = new Semaphore(largeObjectPermits(maxRecordSize()));
    this.executor = new BoundedExecutor(metrics.id(), options.maxConnections());
    this.peers = new PeerLimit(options.maxConnectionsPerAddress(), options.maxConnections());
  }

  /**
   * Lets the input use a socket that is open already, rather than open one.
   *
   * @param early gives the socket when the input starts; null to open one
   */
  public void adopt(Supplier<@Nullable ServerSocket> early) {
    opened = early;
  }

  /** Opens a port. Connections wait in it until an input accepts them. */
  public static ServerSocket listen(InetSocketAddress address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
      return socket;
    } catch (IOException ex) {
      socket.close();
      throw ex;
    }
  }

  @Override
  public void start() throws IOException {
    ServerSocket early = opened.get();
    ServerSocket socket =
        (early != null) ? early : listen(new InetSocketAddress(options.address(), options.port()));
    server = socket;
    state = InputStats.State.RUNNING;
    InputThread accepting =
        new InputThread(
            metrics.id() + "-accept", context, () -> !socket.isClosed(), () -> accept(socket));
    InputThread watching =
        new InputThread(
            metrics.id() + "-watch", context, () -> state != InputStats.State.STOPPED, this::watch);
    acceptor = accepting;
    watcher = watching;
    accepting.startVirtual();
    watching.startVirtual();
  }

  /** The address that the input listens on; null while it does not. */
  @Nullable InetSocketAddress localAddress() {
    ServerSocket socket = server;
    return (socket == null) ? null : (InetSocketAddress) socket.getLocalSocketAddress();
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        serve(socket.accept());
      } catch (IOException ex) {
        if (!socket.isClosed()) {
          // Most likely out of file handles: wait for some connections to end.
          LOG.warn("Cannot accept a TCP connection: {}", ex.getMessage());
          pause(100);
        }
      }
    }
  }

  private void serve(Socket socket) {
    InetAddress address = socket.getInetAddress();
    if (!peers.admit(address)) {
      refuse(socket, "connections_refused_per_address");
      return;
    }
    boolean served = false;
    try {
      socket.setTcpNoDelay(true);
      TcpConnection connection =
          new TcpConnection(
              "c-" + lastId.incrementAndGet(), socket, this, context.clock().instant());
      connections.put(connection, true);
      served = executor.tryExecute(connection);
      if (!served) {
        connections.remove(connection);
        refuse(socket, "connections_refused");
      }
    } catch (IOException | RuntimeException ex) {
      // The sender closed the connection before it was served.
      metrics.note("connection_reset", 1);
      closeQuietly(socket);
    } finally {
      if (!served) {
        peers.leave(address);
      }
    }
  }

  private void refuse(Socket socket, String why) {
    metrics.note(why, 1);
    try (socket) {
      // Cannot block, because the few bytes fit the send buffer of a new connection.
      socket.getOutputStream().write(BUSY);
      socket.shutdownOutput();
    } catch (IOException ex) {
      // The sender did not wait for the answer.
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException ex) {
      // Nothing was to be kept.
    }
  }

  /** Closes connections whose sender does not read its answers. */
  private void watch() {
    while (state != InputStats.State.STOPPED) {
      long now = System.nanoTime();
      connections
          .keySet()
          .forEach(
              (connection) ->
                  connection.transport().closeIfStuck(now, idleNanos(), handshakeNanos));
      pause(1_000);
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    if (state != InputStats.State.RUNNING) {
      return;
    }
    stopDeadline = System.nanoTime() + DRAIN_NANOS;
    state = InputStats.State.STOPPING;
    ServerSocket socket = server;
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException ex) {
      LOG.warn("Cannot close the TCP port: {}", ex.getMessage());
    }
    InputThread accepting = acceptor;
    try {
      if (accepting != null) {
        // The port is free once no thread waits to accept.
        accepting.join(Duration.ofSeconds(1));
      }
      // Connections end by themselves, unless they hang in the pipeline or a write.
      if (!executor.awaitTermination(DRAIN_NANOS + DRAIN_NANOS / 2, TimeUnit.NANOSECONDS)) {
        LOG.warn("{} TCP connections did not end in time", executor.active());
        connections.keySet().forEach((connection) -> connection.transport().close());
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } finally {
      executor.close();
      state = InputStats.State.STOPPED;
    }
  }

  private InputStats.State state() {
    InputThread accepting = acceptor;
    InputThread watching = watcher;
    boolean down =
        (accepting != null && accepting.isDown()) || (watching != null && watching.isDown());
    return (down && !isStopping()) ? InputStats.State.FAILED : state;
  }

  @Override
  public InputStats stats() {
    InetSocketAddress local = localAddress();
    List<InputStats.Connection> live =
        connections.keySet().stream()
            .map(TcpConnection::stats)
            .sorted(Comparator.comparing(InputStats.Connection::since))
            .toList();
    return new InputStats(
        metrics.id(),
        options.protocol().text(),
        (local == null) ? "" : text(local),
        state(),
        metrics.received(),
        metrics.rejected().values().stream().mapToLong(Long::longValue).sum(),
        metrics.bytes(),
        metrics.notes().values().stream().mapToLong(Long::longValue).sum(),
        live);
  }

  @Override
  public InputDoor door() {
    return new InputDoor(
        InputDoor.Transport.TCP,
        options.protocol(),
        options.tls() == TcpOptions.TlsUse.REQUIRED,
        !options.anonymous());
  }

  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  void closed(TcpConnection connection) {
    connections.remove(connection);
    peers.leave(connection.address());
  }

  boolean isStopping() {
    return state != InputStats.State.RUNNING;
  }

  /** Whether senders have had their time to finish. */
  boolean isStopOverdue(long now) {
    return state != InputStats.State.RUNNING && now - stopDeadline > 0;
  }

  InputContext context() {
    return context;
  }

  TcpOptions options() {
    return options;
  }

  TcpServices services() {
    return services;
  }

  /** As many as fill a sixteenth of the heap, or eight on a small one. */
  private static int largeObjectPermits(int maxRecordSize) {
    long each = (long) maxRecordSize * JsonParser.TEXT_FACTOR;
    return (int) Math.max(8, Runtime.getRuntime().maxMemory() / 16 / each);
  }

  /** Permits for connections whose buffer may hold an object above the limit. */
  Semaphore largeObjects() {
    return largeObjects;
  }

  int maxRecordSize() {
    return options.maxRecordSize();
  }

  long idleNanos() {
    return options.idleTimeout().toNanos();
  }

  boolean repliesPerLine() {
    return options.repliesPerLine();
  }

  /**
   * How many bytes a batch may hold before it is handed in; less with many senders, which share the
   * room.
   */
  long batchBytes() {
    return Math.max(SMALLEST_BATCH, BATCHES_BYTES / Math.max(1, executor.active()));
  }
}
