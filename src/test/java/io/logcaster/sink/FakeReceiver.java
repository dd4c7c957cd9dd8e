package io.logcaster.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;

/** Accepts connections on a port of its own, which stays the same when it is stopped. */
public final class FakeReceiver implements AutoCloseable {

  /** What is done with a connection; returns when it ended. */
  @FunctionalInterface
  public interface Session {

    void run(InputStream in, OutputStream out) throws IOException;
  }

  private final Session session;
  private final ServerSocketFactory factory;
  private final int port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile ServerSocket server;
  private volatile boolean stopped;

  public FakeReceiver(Session session) throws IOException {
    this(session, ServerSocketFactory.getDefault());
  }

  /**
   * @param sockets makes the port, such as one with TLS
   */
  public FakeReceiver(Session session, ServerSocketFactory sockets) throws IOException {
    this.session = session;
    this.factory = sockets;
    this.server = sockets.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.port = server.getLocalPort();
    accept(server);
  }

  public int port() {
    return port;
  }

  private void accept(ServerSocket from) {
    run(
        () -> {
          try {
            while (true) {
              Socket socket = from.accept();
              sockets.add(socket);
              run(() -> serve(socket));
            }
          } catch (IOException ex) {
            // It was stopped.
          }
        });
  }

  private void run(Runnable work) {
    threads.add(Thread.ofVirtual().start(work));
  }

  private void serve(Socket socket) {
    try (socket) {
      if (stopped) {
        return;
      }
      session.run(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException ex) {
      // The sender is gone.
    }
  }

  /** Closes the port and all connections; they are closed once no thread uses them any more. */
  public void stop() throws IOException {
    stopped = true;
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofMinutes(1))) {
          throw new IOException("A connection does not end");
        }
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
    threads.clear();
  }

  /** Opens the port again; a socket that is being closed may hold it for a moment. */
  public void start() throws IOException {
    stopped = false;
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      ServerSocket again = factory.createServerSocket();
      try {
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server = again;
        accept(again);
        return;
      } catch (BindException ex) {
        again.close();
        if (System.nanoTime() > deadline) {
          throw ex;
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
