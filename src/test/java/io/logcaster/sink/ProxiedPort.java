package io.logcaster.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A port that leads to another one, and can be cut and slowed down: a receiver that is unreachable,
 * or far away.
 */
public final class ProxiedPort implements AutoCloseable {

  private final int target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile long pauseMillis;
  private volatile Random random = new Random(0);
  private int cutBytes;
  private int cutsLeft;
  private long bytesLeft;

  /**
   * @param port its own; 0 for any
   * @param target the port that it leads to
   */
  public ProxiedPort(int port, int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Closes all connections, and every new one at once. */
  public void cut() {
    cut = true;
    sockets.forEach(ProxiedPort::close);
  }

  /**
   * Closes all connections some times, each time after so many bytes have passed at most.
   *
   * @param seed decides after how many
   */
  public synchronized void cutNowAndThen(int times, int bytes, long seed) {
    random = new Random(seed);
    cutsLeft = times;
    cutBytes = bytes;
    bytesLeft = random.nextInt(bytes);
  }

  /** How often connections are still to be closed. */
  public synchronized int cutsLeft() {
    return cutsLeft;
  }

  private synchronized boolean isTimeToCut(int passing) {
    if (cutsLeft == 0) {
      return false;
    }
    bytesLeft -= passing;
    if (bytesLeft > 0) {
      return false;
    }
    cutsLeft--;
    bytesLeft = random.nextInt(cutBytes);
    return true;
  }

  /** Lets connections through. */
  public void mend() {
    cut = false;
    pauseMillis = 0;
  }

  /** Makes every piece of data wait. */
  public void slow(long millis) {
    pauseMillis = millis;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket from = server.accept();
        if (cut) {
          from.close();
          continue;
        }
        Thread.ofVirtual().start(() -> connect(from));
      } catch (IOException ex) {
        // closed, or the connection was gone before it was accepted
      }
    }
  }

  private void connect(Socket from) {
    sockets.add(from);
    if (cut) {
      close(from); // it was cut before it could see this one
      sockets.remove(from);
      return;
    }
    try {
      Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(to);
      Thread.ofVirtual().start(() -> copy(from, to));
      copy(to, from);
    } catch (IOException ex) {
      close(from);
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] bytes = new byte[16_384];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (pauseMillis > 0) {
          TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
        if (isTimeToCut(count)) {
          sockets.forEach(ProxiedPort::close);
        }
        out.write(bytes, 0, count);
      }
    } catch (IOException ex) {
      // the other side is told by closing
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException ex) {
      // closed already
    }
  }

  /** A port that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
