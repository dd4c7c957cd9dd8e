package io.logcaster.system;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that were opened before the server could serve them, each to be taken by the listener it
 * was opened for. Until then connections and datagrams wait in the socket. Thread-safe.
 */
public final class EarlySockets implements AutoCloseable {

  private final Map<String, Early> sockets = new HashMap<>();

  private record Early(InetSocketAddress address, Closeable socket) {}

  /**
   * Keeps an open socket.
   *
   * @param id the name of its listener
   * @param address the address that was asked for; port 0 if any free one was
   */
  public synchronized void add(String id, InetSocketAddress address, Closeable socket) {
    sockets.put(id, new Early(address, socket));
  }

  /**
   * Hands over the socket of a listener. One with another address or of another kind is closed, for
   * the listener to open its own.
   *
   * @return null if there is none, or it was not the right one
   */
  public synchronized <T extends Closeable> @Nullable T take(
      String id, InetSocketAddress address, Class<T> kind) {
    Early early = sockets.remove(id);
    if (early == null) {
      return null;
    }
    if (early.address().equals(address) && kind.isInstance(early.socket())) {
      return kind.cast(early.socket());
    }
    closeQuietly(early.socket());
    return null;
  }

  /** Closes the sockets that nobody has taken. */
  @Override
  public synchronized void close() {
    sockets.values().forEach((early) -> closeQuietly(early.socket()));
    sockets.clear();
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException ex) {
      // Nothing was read from it, and whoever opens the port next reports what is wrong.
    }
  }
}
