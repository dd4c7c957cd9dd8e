package io.logcaster.security;

import io.logcaster.system.EarlySockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 whose connections cannot be held open by sending nothing, or a byte now and then.
 *
 * <p>The container's own limit restarts with each byte. Here the whole head of a request, including
 * the TLS handshake before it, has one limit. When nearly all connections are taken, heads and idle
 * connections have one second. Beyond {@code max-connections} another {@value #RESERVED} are
 * accepted, on which only health is answered: probes see a crowded server, not a dead one. Bodies
 * and responses have no limit here.
 *
 * <p>The container creates an instance by class name.
 */
public final class TimedProtocol extends Http11NioProtocol {

  /** Its name among the sockets that are opened early. */
  public static final String SOCKET = "server";

  /** Connections that wait while the server starts. */
  private static final int BACKLOG = 1024;

  /** Request attribute that marks a connection beyond the limit. */
  static final String CROWDED = "io.logcaster.security.crowded";

  /**
   * Each one is freed within a second, so that a probe gets one even if attackers compete for them.
   */
  static final int RESERVED = 64;

  private static final long LOOK_MILLIS = 250;

  private static final long CROWDED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The connection that this thread works on. */
  private static final ThreadLocal<@Nullable Progress> CURRENT = new ThreadLocal<>();

  private final Map<SocketWrapperBase<NioChannel>, Progress> connections =
      new ConcurrentHashMap<>();

  private volatile long headNanos = TimeUnit.SECONDS.toNanos(10);
  private volatile int maxConnections;
  private @Nullable ScheduledFuture<?> looking;

  private final AdoptingEndpoint adopting;

  /** Called by the container. */
  public TimedProtocol() {
    this(new AdoptingEndpoint());
  }

  @SuppressWarnings("this-escape") // before the reference can escape
  private TimedProtocol(AdoptingEndpoint adopting) {
    super(adopting);
    this.adopting = adopting;
    AbstractEndpoint<NioChannel, ?> endpoint = endpoint();
    endpoint.setHandler(new Timed(endpoint.getHandler()));
    setMaxConnections(endpoint.getMaxConnections());
  }

  /** The progress of a connection. Written by the thread that works on it. */
  private static final class Progress {

    private final boolean extra;
    private volatile boolean serving;
    private volatile boolean reading;
    private volatile long since = System.nanoTime();

    /**
     * @param extra whether it was accepted beyond the limit
     */
    Progress(boolean extra) {
      this.extra = extra;
    }

    /** Marks the start of a head, unless one is being read. */
    void begin() {
      if (!reading && !serving) {
        reading = true;
        since = System.nanoTime();
      }
    }

    void served() {
      serving = true;
      reading = false;
    }

    void idle() {
      serving = false;
      since = System.nanoTime();
    }
  }

  /** Opens the server socket of a start that has just begun. */
  public static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      return channel.bind(address, BACKLOG);
    } catch (IOException ex) {
      channel.close();
      throw ex;
    }
  }

  /** Uses the socket that was opened early, if it has the right address. */
  void adopt(EarlySockets sockets) {
    adopting.adopt((address) -> sockets.take(SOCKET, address, ServerSocketChannel.class));
  }

  void headTimeout(long nanos) {
    headNanos = nanos;
  }

  @Override
  public void setMaxConnections(int max) {
    maxConnections = max;
    super.setMaxConnections(max < 0 ? max : max + RESERVED);
  }

  @Override
  public void setAdapter(Adapter adapter) {
    super.setAdapter(new Noting(adapter));
  }

  @Override
  public void start() throws Exception {
    super.start();
    looking =
        getUtilityExecutor()
            .scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() throws Exception {
    ScheduledFuture<?> task = looking;
    if (task != null) {
      task.cancel(false);
    }
    super.stop();
  }

  @SuppressWarnings("unchecked") // the handler that the superclass's constructor was given
  private AbstractEndpoint<NioChannel, ?> endpoint() {
    return getEndpoint();
  }

  private boolean isCrowded(int spare) {
    int max = maxConnections;
    return max >= 0 && endpoint().getConnectionCount() > max - spare;
  }

  private Progress progress(SocketWrapperBase<NioChannel> socket) {
    Progress known = connections.get(socket);
    return (known != null)
        ? known
        : connections.computeIfAbsent(socket, (missing) -> new Progress(isCrowded(0)));
  }

  /** Closes connections that have exceeded their limit. */
  private void look() {
    connections.keySet().removeIf(SocketWrapperBase::isClosed);
    boolean crowded = isCrowded(maxConnections / 8 + 1);
    long now = System.nanoTime();
    for (SocketWrapperBase<NioChannel> socket : endpoint().getConnections()) {
      Progress progress = connections.get(socket);
      if (progress == null) {
        // Nothing was read yet, or the TLS handshake is in progress.
        progress = progress(socket);
        progress.begin();
      }
      long limit = crowded ? Math.min(CROWDED_NANOS, headNanos) : headNanos;
      boolean late = progress.reading || (crowded && !progress.serving);
      if (late && now - progress.since > limit) {
        connections.remove(socket);
        endpoint().processSocket(socket, SocketEvent.ERROR, true);
      }
    }
  }

  /** Wraps the container's connection handler. */
  private final class Timed implements Handler<NioChannel> {

    private final Handler<NioChannel> handler;

    Timed(Handler<NioChannel> handler) {
      this.handler = handler;
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
      Progress progress = progress(socket);
      if (event == SocketEvent.OPEN_READ) {
        progress.begin();
      }
      CURRENT.set(progress);
      try {
        SocketState state = handler.process(socket, event);
        if (socket.getCurrentProcessor() instanceof Processor processor && processor.isUpgrade()) {
          progress.served(); // HTTP/2 has its own limits
        } else if (state == SocketState.OPEN && progress.serving) {
          progress.idle();
        }
        return state;
      } finally {
        CURRENT.remove();
      }
    }

    @Override
    public Object getGlobal() {
      return handler.getGlobal();
    }

    @Override
    public void release(SocketWrapperBase<NioChannel> socket) {
      connections.remove(socket);
      handler.release(socket);
    }

    @Override
    public void pause() {
      handler.pause();
    }

    @Override
    public void recycle() {
      handler.recycle();
    }
  }

  /** Notes that a head is complete. */
  private final class Noting implements Adapter {

    private final Adapter adapter;

    Noting(Adapter adapter) {
      this.adapter = adapter;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
      Progress progress = CURRENT.get();
      if (progress != null) {
        progress.served();
        if (progress.extra && isCrowded(0)) {
          request.setAttribute(CROWDED, true);
        }
      }
      adapter.service(request, response);
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
      return adapter.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event)
        throws Exception {
      return adapter.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
      adapter.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
      adapter.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
      return adapter.getDomain();
    }
  }
}
