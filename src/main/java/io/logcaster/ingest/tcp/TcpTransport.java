package io.logcaster.ingest.tcp;

import io.logcaster.ingest.Session;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.security.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection, and the TLS that may be spoken over it. Read by the connection's
 * thread; the input's watcher closes it where its sender neither reads nor shakes hands.
 */
final class TcpTransport implements Session.Peer {

  /** What {@link #read} returns when the sender has ended. */
  static final int ENDED = -1;

  /** What {@link #read} returns when nothing came in time. */
  static final int TIMED_OUT = -2;

  private final Socket socket;

  private final Tls tls;

  private final InputMetrics metrics;

  private final InetSocketAddress remote;

  private final String host;

  private InputStream in = InputStream.nullInputStream();

  private OutputStream out = OutputStream.nullOutputStream();

  /** The TLS that is spoken over the socket; null for none. */
  private @Nullable SSLSocket secured;

  /** When the current write began, by the system's timer; 0 for none. */
  private volatile long writingSince;

  /** When the current TLS handshake began, by the system's timer; 0 for none. */
  private volatile long handshakeSince;

  TcpTransport(Socket socket, Tls tls, InputMetrics metrics) {
    this.socket = socket;
    this.tls = tls;
    this.metrics = metrics;
    this.remote = (InetSocketAddress) socket.getRemoteSocketAddress();
    this.host = remote.getAddress().getHostAddress();
  }

  /** Call once, before the first read or write. */
  void open() throws IOException {
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  InetAddress address() {
    return remote.getAddress();
  }

  /** The sender's address and port. */
  InetSocketAddress remote() {
    return remote;
  }

  @Override
  public String host() {
    return host;
  }

  /**
   * Reads what comes.
   *
   * @param at where to put it
   * @param most how many bytes at the most
   * @return how many bytes came, {@link #ENDED} or {@link #TIMED_OUT}
   */
  int read(byte[] buffer, int at, int most, int timeoutMillis) throws IOException {
    socket.setSoTimeout(timeoutMillis);
    try {
      return in.read(buffer, at, most);
    } catch (SocketTimeoutException ex) {
      return TIMED_OUT;
    }
  }

  /** Waits while the sender does not read; {@link #closeIfStuck} ends the wait. */
  @Override
  public void write(byte[] reply, int length) throws IOException {
    writingSince = System.nanoTime() | 1;
    out.write(reply, 0, length);
    writingSince = 0;
  }

  /**
   * Speaks TLS from here on.
   *
   * @param read what was read so far, which is the beginning of the handshake
   * @throws IOException if the handshake fails
   */
  void secure(SSLContext context, ByteArrayInputStream read) throws IOException {
    handshakeSince = System.nanoTime() | 1;
    try {
      socket.setSoTimeout(0); // closeIfStuck has the limit; a sender may be far away
      SSLSocket spoken = (SSLSocket) context.getSocketFactory().createSocket(socket, read, true);
      secured = spoken;
      tls.prepare(spoken);
      spoken.startHandshake();
      in = spoken.getInputStream();
      out = spoken.getOutputStream();
    } finally {
      handshakeSince = 0;
    }
  }

  boolean isSecured() {
    return secured != null;
  }

  @Override
  public @Nullable String certificate() {
    SSLSocket spoken = secured;
    if (spoken == null || !spoken.getNeedClientAuth()) {
      return null;
    }
    try {
      return spoken.getSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException ex) {
      return null;
    }
  }

  /** Says goodbye as TLS wants it, so that the sender can tell an end from a broken connection. */
  void endTls() throws IOException {
    SSLSocket spoken = secured;
    if (spoken != null) {
      writingSince = System.nanoTime() | 1;
      spoken.close();
      writingSince = 0;
    }
  }

  @Override
  public void interruptReading() {
    try {
      socket.shutdownInput();
    } catch (IOException ex) {
      // It was closed already.
    }
  }

  /** Closes the connection if its sender has not read or shaken hands for too long. */
  void closeIfStuck(long now, long limit, long handshakeLimit) {
    long began = writingSince;
    if (began != 0 && now - began > limit) {
      metrics.note("reply_not_read", 1);
      close();
    }
    long shaking = handshakeSince;
    if (shaking != 0 && now - shaking > handshakeLimit) {
      metrics.note("tls_handshake_timeout", 1);
      close();
    }
  }

  /** From any thread. */
  void close() {
    try {
      socket.close();
    } catch (IOException ex) {
      // It is closed as far as anybody can tell.
    }
  }
}
