package io.logcaster.sink.socket;

import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptionType;
import io.logcaster.sink.SinkOptions;
import io.logcaster.system.ConnectionTrouble;
import io.logcaster.system.TrustedCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** Connects to a receiver when needed, and again after a failure. Not thread-safe. */
public final class SinkSocket implements AutoCloseable {

  /** The option with the certificates that are trusted besides no others. */
  public static final SinkOption CERTIFICATE =
      SinkOption.optional(
          "caCertificate",
          SinkOptionType.LONG_TEXT,
          null,
          "the certificate, in PEM form, that signed the receiver's; by default those that Java"
              + " trusts");

  private final String host;
  private final int port;
  private final @Nullable TrustedCertificates tls;
  private final SinkContext context;
  private @Nullable Socket socket;

  private SinkSocket(
      String host, int port, @Nullable TrustedCertificates tls, SinkContext context) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.context = context;
  }

  /**
   * Reads the options {@code host}, {@code port} and {@code caCertificate}; connects to nothing.
   *
   * @param secure whether to use TLS
   */
  public static SinkSocket of(SinkOptions options, boolean secure, SinkContext context) {
    int port = options.number("port");
    if (port < 1 || port > 65_535) {
      throw SinkOptions.problem("port", "must be between 1 and 65535");
    }
    return new SinkSocket(
        options.text("host"),
        port,
        secure ? trusted(options.text("caCertificate")) : null,
        context);
  }

  private static TrustedCertificates trusted(String pem) {
    try {
      return TrustedCertificates.of(pem);
    } catch (GeneralSecurityException ex) {
      throw SinkOptions.problem("caCertificate", "cannot be used: " + ex.getMessage());
    }
  }

  /** Whether there is a connection. */
  public boolean isOpen() {
    return socket != null;
  }

  /** The streams of the connection, which is made if there is none. */
  public Socket open() throws IOException {
    Socket open = socket;
    if (open == null) {
      int millis = (int) context.timeout().toMillis();
      open = context.guard().connect(host, port, millis);
      try {
        open.setTcpNoDelay(true);
        open.setKeepAlive(true);
        open.setSoTimeout(millis);
        if (tls != null) {
          open = tls.secure(open, host, port);
        }
      } catch (IOException ex) {
        open.close();
        throw ex;
      }
      socket = open;
    }
    return open;
  }

  /** Closes a connection that the receiver has closed; what is written to it would be lost. */
  public void dropIfClosed() {
    Socket open = socket;
    if (open == null) {
      return;
    }
    try {
      int before = open.getSoTimeout();
      open.setSoTimeout(1);
      InputStream in = open.getInputStream();
      if (in.read() < 0) {
        close();
        return;
      }
      open.setSoTimeout(before);
    } catch (SocketTimeoutException ex) {
      restoreTimeout(open);
    } catch (IOException ex) {
      close();
    }
  }

  private void restoreTimeout(Socket open) {
    try {
      open.setSoTimeout((int) context.timeout().toMillis());
    } catch (IOException ex) {
      close();
    }
  }

  /** Sends bytes. */
  public void write(byte[] bytes, int length) throws IOException {
    OutputStream out = open().getOutputStream();
    out.write(bytes, 0, length);
    out.flush();
  }

  /** What a failure means to users; the connection is closed. */
  public SinkException failed(IOException cause) {
    close();
    String known = ConnectionTrouble.known(cause, host, port, context.timeout());
    String reason = (cause.getMessage() == null) ? cause.toString() : cause.getMessage();
    return SinkException.temporary(
        known == null ? "The receiver %s:%d failed: %s".formatted(host, port, reason) : known,
        cause);
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException ex) {
        // It is closed in any case.
      }
    }
  }
}
