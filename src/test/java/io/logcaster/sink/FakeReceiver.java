package io.logcaster.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts connections on a port of its own, which stays the same when it is stopped. */
public final class FakeReceiver implements AutoCloseable {

  /** What is done with a connection; returns when it ended. */
  @FunctionalInterface
  public interface Session {

    void run(InputStream in, OutputStream out) throws IOException;
  }

  private final Session session;
  private final int port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile ServerSocket server;
  private volatile boolean stopped;

  public FakeReceiver(Session session) throws IOException {
    this.session = session;
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    this.port = server.getLocalPort();
    accept(server);
  }

  public int port() {
    return port;
  }

  private void accept(ServerSocket from) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket socket = from.accept();
                  sockets.add(socket);
                  Thread.ofVirtual().start(() -> serve(socket));
                }
              } catch (IOException ex) {
                // It was stopped.
              }
            });
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

  /** Closes the port and all connections. */
  public void stop() throws IOException {
    stopped = true;
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  /** Opens the port again. */
  public void start() throws IOException {
    stopped = false;
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    accept(server);
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
