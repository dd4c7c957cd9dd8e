package io.logcaster.ingest.tcp;

import io.logcaster.ingest.BoundedExecutor;
import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.Session;
import io.logcaster.ingest.forward.ForwardSession;
import io.logcaster.ingest.framed.Frame;
import io.logcaster.ingest.framed.FramedSession;
import io.logcaster.ingest.json.JsonParser;
import io.logcaster.pipeline.InputMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on one TCP port and serves each connection on a thread of its own. */
final class TcpInput implements Input {

  private static final Logger LOG = LoggerFactory.getLogger(TcpInput.class);

  /**
   * Connections the system holds until they are accepted. Some clients open one for each record;
   * with a short queue they wait for the retransmission of what was dropped.
   */
  private static final int BACKLOG = 4096;

  /** How long senders may go on when the input is to stop. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Batches in the making hold at most about this many bytes, over all connections. */
  private static final long BATCHES_BYTES = 32 << 20;

  /** Smaller batches cost more in their hand-over than they save. */
  private static final long SMALLEST_BATCH = 16 << 10;

  private static final byte[] BUSY = "ERR busy\n".getBytes(StandardCharsets.US_ASCII);

  private static final byte TLS_HANDSHAKE = 0x16;

  /** Fatal alert handshake_failure, in TLS 1.0 as before any version is agreed on. */
  private static final byte[] TLS_ALERT = {0x15, 3, 1, 0, 2, 2, 40};

  private final TcpProperties properties;

  private final InetAddress address;

  private final InputContext context;

  private final InputMetrics metrics;

  private final BoundedExecutor executor;

  private final Semaphore largeObjects;

  private final Map<TcpConnection, Boolean> connections = new ConcurrentHashMap<>();

  private final AtomicLong lastId = new AtomicLong();

  private @Nullable ServerSocket server;

  private volatile InputStats.State state = InputStats.State.STOPPED;

  private volatile long stopDeadline;

  TcpInput(TcpProperties properties, InetAddress address, InputContext context) {
    this.properties = properties;
    this.address = address;
    this.context = context;
    this.metrics = context.metrics();
    this.largeObjects = new Semaphore(largeObjectPermits(maxRecordSize()));
    this.executor = new BoundedExecutor("tcp", properties.maxConnections());
  }

  @Override
  public void start() throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, properties.port()), BACKLOG);
    } catch (IOException ex) {
      socket.close();
      throw ex;
    }
    server = socket;
    state = InputStats.State.RUNNING;
    Thread.ofVirtual().name("tcp-accept").start(() -> accept(socket));
    Thread.ofVirtual().name("tcp-watch").start(this::watch);
  }

  /** Where the input listens; null while it does not. */
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
          // Out of file handles, most likely: give the connections time to end some.
          LOG.warn("Cannot accept a TCP connection: {}", ex.getMessage());
          pause(100);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      TcpConnection connection =
          new TcpConnection(
              "c-" + lastId.incrementAndGet(), socket, this, context.clock().instant());
      connections.put(connection, true);
      if (!executor.tryExecute(connection)) {
        connections.remove(connection);
        refuse(socket);
      }
    } catch (IOException | RuntimeException ex) {
      // The sender was gone before it was served.
      metrics.note("connection_reset", 1);
      closeQuietly(socket);
    }
  }

  private void refuse(Socket socket) {
    metrics.note("connections_refused", 1);
    try (socket) {
      // The few bytes fit the send buffer of a new connection, so this cannot block.
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

  /** Ends connections whose sender does not read what it is answered. */
  private void watch() {
    while (state != InputStats.State.STOPPED) {
      long now = System.nanoTime();
      connections.keySet().forEach((connection) -> connection.closeIfStuck(now, idleNanos()));
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
    try {
      // Connections end by themselves; one that hangs in the pipeline or a write is broken off.
      if (!executor.awaitTermination(DRAIN_NANOS + DRAIN_NANOS / 2, TimeUnit.NANOSECONDS)) {
        LOG.warn("{} TCP connections did not end in time", executor.active());
        connections.keySet().forEach(TcpConnection::close);
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } finally {
      executor.close();
      state = InputStats.State.STOPPED;
    }
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
        "auto",
        (local == null) ? "" : text(local),
        state,
        metrics.received(),
        metrics.rejected().values().stream().mapToLong(Long::longValue).sum(),
        metrics.bytes(),
        metrics.notes().values().stream().mapToLong(Long::longValue).sum(),
        live);
  }

  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  void closed(TcpConnection connection) {
    connections.remove(connection);
  }

  boolean isStopping() {
    return state != InputStats.State.RUNNING;
  }

  /** Whether the time that senders have to come to an end is over. */
  boolean isStopOverdue(long now) {
    return state != InputStats.State.RUNNING && now - stopDeadline > 0;
  }

  InputContext context() {
    return context;
  }

  /**
   * Decides by its first bytes what a connection speaks.
   *
   * @return null while there are too few of them
   */
  @Nullable Session detect(TcpConnection connection, byte[] bytes, int from, int to)
      throws IOException {
    if (Frame.mayBegin(bytes, from, to)) {
      boolean whole = to - from >= Frame.MAGIC_LENGTH;
      return whole ? new FramedSession(context, connection, maxRecordSize()) : null;
    }
    if (ForwardSession.mayBegin(bytes[from])) {
      return new ForwardSession(context, connection, maxRecordSize());
    }
    if (bytes[from] == TLS_HANDSHAKE && (to - from < 2 || bytes[from + 1] == 3)) {
      if (to - from < 2) {
        return null;
      }
      metrics.note("tls_not_configured", 1);
      connection.write(TLS_ALERT, TLS_ALERT.length);
      connection.discard();
      throw new IOException("TLS is not configured");
    }
    return new TextSession(this, connection);
  }

  /** What a connection is taken for that ended before it could be told; null for nothing at all. */
  @Nullable Session assume(TcpConnection connection, int from, int to) {
    if (from == to) {
      return null;
    }
    Session session = new TextSession(this, connection);
    session.arrived(System.nanoTime());
    return session;
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
    return (int) properties.maxRecordSize().toBytes();
  }

  long idleNanos() {
    return properties.idleTimeout().toNanos();
  }

  boolean repliesPerLine() {
    return properties.reply() == TcpProperties.Reply.LINE;
  }

  /**
   * How many bytes a batch may hold before it is handed in, so that many senders share the room.
   */
  long batchBytes() {
    return Math.max(SMALLEST_BATCH, BATCHES_BYTES / Math.max(1, executor.active()));
  }
}
