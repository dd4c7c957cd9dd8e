package io.logcaster.ingest.tcp;

import io.logcaster.ingest.Bytes;
import io.logcaster.ingest.Protocol;
import io.logcaster.ingest.Session;
import io.logcaster.ingest.forward.ForwardSession;
import io.logcaster.ingest.framed.FrameFormat;
import io.logcaster.ingest.framed.FramedSession;
import io.logcaster.ingest.lumberjack.LumberjackSession;
import io.logcaster.ingest.text.TextProtocol;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Decides which protocol a connection speaks: by its port, or by its first bytes. */
final class Detection {

  private static final byte TLS_HANDSHAKE = 0x16;

  /** Fatal alert handshake_failure, in TLS 1.0 as before any version is agreed on. */
  private static final byte[] TLS_ALERT = {0x15, 3, 1, 0, 2, 2, 40};

  private static final byte[] TLS_REQUIRED = Bytes.ascii("ERR this port requires TLS\n");

  private static final byte[] NO_CERTIFICATE =
      Bytes.ascii("ERR a client certificate is required\n");

  private Detection() {}

  /** The session of a connection on which the server speaks first; null for others. */
  static @Nullable Session open(TcpConnection connection, TcpInput input) throws IOException {
    boolean plain = input.options().tls() == TcpOptions.TlsUse.OPTIONAL;
    return (plain && greets(input)) ? forward(connection, input) : null;
  }

  private static boolean greets(TcpInput input) {
    return input.options().protocol() == Protocol.FORWARD
        && input.services().forward().isRequired();
  }

  /**
   * Decides by its first bytes which protocol a connection speaks.
   *
   * @return null while there are too few of them
   */
  static @Nullable Session detect(
      TcpConnection connection, TcpInput input, byte[] bytes, int from, int to) throws IOException {
    if (!connection.transport().isSecured()) {
      if (bytes[from] == TLS_HANDSHAKE && (to - from < 2 || bytes[from + 1] == 3)) {
        return (to - from < 2) ? null : secure(connection, input);
      }
      if (input.options().tls() == TcpOptions.TlsUse.REQUIRED) {
        throw refused(connection, "tls_required", TLS_REQUIRED);
      }
    }
    return switch (input.options().protocol()) {
      case AUTO -> detectAny(connection, input, bytes, from, to);
      case FORWARD -> forward(connection, input);
      case LUMBERJACK -> lumberjack(connection, input);
      case FRAMED -> framed(connection, input);
      case SYSLOG, JSON, GELF, RAW ->
          text(connection, input, TextProtocol.of(input.options().protocol()));
    };
  }

  private static @Nullable Session secure(TcpConnection connection, TcpInput input)
      throws IOException {
    SSLContext context = input.services().tls().context();
    if (context == null) {
      throw refused(connection, "tls_not_configured", TLS_ALERT);
    }
    connection.secure(context);
    return greets(input) ? forward(connection, input) : null;
  }

  private static @Nullable Session detectAny(
      TcpConnection connection, TcpInput input, byte[] bytes, int from, int to) throws IOException {
    if (FrameFormat.mayBegin(bytes, from, to)) {
      return (to - from >= FrameFormat.MAGIC_LENGTH) ? framed(connection, input) : null;
    }
    if (LumberjackSession.mayBegin(bytes, from, to)) {
      return (to - from >= LumberjackSession.MAGIC_LENGTH) ? lumberjack(connection, input) : null;
    }
    return ForwardSession.mayBegin(bytes[from])
        ? forward(connection, input)
        : text(connection, input, null);
  }

  private static Session framed(TcpConnection connection, TcpInput input) {
    return new FramedSession(
        input.context(),
        connection.transport(),
        input.services().authenticator(),
        input.services().clients(),
        input.maxRecordSize());
  }

  private static Session forward(TcpConnection connection, TcpInput input) throws IOException {
    if (!input.services().forward().isRequired()) {
      requireCertificate(connection, input);
    }
    ForwardSession session =
        new ForwardSession(
            input.context(),
            connection.transport(),
            input.services().forward(),
            input.services().memory(),
            input.maxRecordSize());
    session.begin(greets(input));
    return session;
  }

  private static Session lumberjack(TcpConnection connection, TcpInput input) throws IOException {
    requireCertificate(connection, input);
    return new LumberjackSession(
        input.context(), connection.transport(), input.services().memory(), input.maxRecordSize());
  }

  private static Session text(
      TcpConnection connection, TcpInput input, @Nullable TextProtocol protocol)
      throws IOException {
    requireCertificate(connection, input);
    return new TextSession(input, connection.transport(), protocol);
  }

  private static void requireCertificate(TcpConnection connection, TcpInput input)
      throws IOException {
    if (!input.options().anonymous() && connection.transport().certificate() == null) {
      throw refused(connection, "unauthorized", NO_CERTIFICATE);
    }
  }

  private static IOException refused(TcpConnection connection, String why, byte[] answer)
      throws IOException {
    connection.refuse(why);
    connection.transport().write(answer, answer.length);
    return new IOException(why);
  }

  /** The session for bytes that ended before they could be recognised; null without bytes. */
  static @Nullable Session assume(TcpConnection connection, TcpInput input, int from, int to)
      throws IOException {
    if (from == to) {
      return null;
    }
    if (!connection.transport().isSecured()
        && input.options().tls() == TcpOptions.TlsUse.REQUIRED) {
      throw refused(connection, "tls_required", TLS_REQUIRED);
    }
    Session session = text(connection, input, null);
    session.arrived(System.nanoTime());
    return session;
  }
}
