package io.logcaster.system;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in plain words why a receiver could not be reached, and what to do about it. The JDK, Netty
 * and the drivers of databases each name the same few troubles in their own way, some by the number
 * of an error.
 */
public final class ConnectionTrouble {

  /** How Netty's native transports name an error of the system, such as {@code error(-111)}. */
  private static final Pattern NATIVE = Pattern.compile("error\\((-\\d+)\\)");

  private static final int MAX_CAUSES = 20;

  private static final int MAX_SHOWN = 300;

  /** The host and port, as people write them. */
  private final String target;

  private final String host;

  private final Duration timeout;

  private ConnectionTrouble(String host, int port, Duration timeout) {
    this.host = host;
    this.target = port > 0 ? (host.contains(":") ? "[" + host + "]" : host) + ":" + port : host;
    this.timeout = timeout;
  }

  /**
   * What a failure means; its own message if it is none of a connection.
   *
   * @param port not shown if it is not positive
   * @param timeout how long the receiver had to answer
   */
  public static String of(Throwable failure, String host, int port, Duration timeout) {
    String known = known(failure, host, port, timeout);
    if (known != null) {
      return known;
    }
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return shown(cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }

  private static String shown(String text) {
    String line = Printable.line(text.strip());
    return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "…" : line;
  }

  /** As {@link #of}; null if the failure is none of a connection. */
  public static @Nullable String known(Throwable failure, String host, int port, Duration timeout) {
    ConnectionTrouble trouble = new ConnectionTrouble(host, port, timeout);
    // The innermost cause says most, except that a handshake says more than the connection's end.
    String best = null;
    boolean secure = false;
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      String said = secure && cause instanceof IOException ? null : trouble.said(cause);
      best = said == null ? best : said;
      secure |= cause instanceof SSLException;
      cause = cause.getCause();
    }
    return best;
  }

  private @Nullable String said(Throwable cause) {
    return switch (cause) {
      case RefusedAddressException refused -> refused.getMessage();
      case CertificateExpiredException ignored ->
          "The certificate of " + target + " has expired: renew it there";
      case CertificateNotYetValidException ignored ->
          "The certificate of " + target + " is not valid yet: compare the clocks of both machines";
      case CertPathBuilderException ignored -> untrusted();
      case SSLException tls -> tls(text(tls), String.valueOf(tls.getMessage()));
      case UnknownHostException ignored ->
          "The host %s is unknown: check the name, and the name server of this machine"
              .formatted(host);
      case NoRouteToHostException ignored -> unreachable();
      case SocketTimeoutException slow ->
          text(slow).contains("connect") ? noConnection() : noAnswer();
      case ConnectException broken -> connect(text(broken));
      case TimeoutException ignored -> noAnswer();
      case EOFException ignored -> closed();
      case SocketException broken -> socket(text(broken));
      case IOException broken -> other(text(broken));
      default -> null;
    };
  }

  private static String text(Throwable cause) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
  }

  private String connect(String text) {
    String other = other(text);
    if (other != null) {
      return other;
    }
    return text.contains("timed out") || text.contains("timeout") ? noConnection() : refused();
  }

  private @Nullable String socket(String text) {
    if (text.contains("unreachable")) {
      return unreachable();
    }
    return text.contains("reset") || text.contains("broken pipe") || text.contains("closed")
        ? closed()
        : other(text);
  }

  /** What only Netty says. */
  private @Nullable String other(String text) {
    Matcher number = NATIVE.matcher(text);
    if (number.find()) {
      return switch (number.group(1)) {
        case "-111" -> refused();
        case "-113", "-101" -> unreachable();
        case "-110" -> noConnection();
        case "-104", "-32" -> closed();
        default -> null;
      };
    }
    if (text.contains("connection refused")) {
      return refused();
    }
    if (text.contains("no route to host") || text.contains("unreachable")) {
      return unreachable();
    }
    return text.contains("prematurely closed") || text.contains("connection reset")
        ? closed()
        : null;
  }

  private String tls(String text, String original) {
    if (text.contains("not an ssl/tls record") || text.contains("unrecognized ssl message")) {
      return "%s does not speak TLS: check the port, or use no TLS".formatted(target);
    }
    if (text.contains("subject alternative") || text.contains("no name matching")) {
      return "The certificate of %s is for another name: use the name that it is for"
          .formatted(target);
    }
    if (text.contains("certification path") || text.contains("pkix")) {
      return untrusted();
    }
    if (text.contains("certificate_required") || text.contains("bad_certificate")) {
      return target + " asks for a certificate of the client, which LogCaster does not have";
    }
    if (text.contains("terminated the handshake")
        || text.contains("closed while")
        || text.contains("closed during")) {
      return target
          + " closed the connection during the TLS handshake: check that it expects TLS on this"
          + " port";
    }
    return "The TLS handshake with %s failed: %s".formatted(target, shown(original));
  }

  private String untrusted() {
    return "Nobody whom this machine trusts signed the certificate of %s: give the certificate that signed it, or add that to the certificates that Java trusts"
        .formatted(target);
  }

  private String refused() {
    return "Nothing answers at %s (connection refused): check the address, and that the receiver runs"
        .formatted(target);
  }

  private String unreachable() {
    return "There is no way to %s (no route to host): check the address and the network"
        .formatted(target);
  }

  private String noConnection() {
    return "No connection to %s within %s: check the address, the firewalls, and that the receiver runs"
        .formatted(target, seconds());
  }

  private String noAnswer() {
    return "No answer from %s within %s".formatted(target, seconds());
  }

  private String closed() {
    return target + " closed the connection before it answered";
  }

  private String seconds() {
    double seconds = timeout.toMillis() / 1_000.0;
    return seconds == 1
        ? "a second"
        : (seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds))
            + " seconds";
  }
}
