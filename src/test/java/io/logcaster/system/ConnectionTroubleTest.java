package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionTroubleTest {

  private static final String REFUSED =
      "Nothing answers at logs:443 (connection refused): check the address, and that the receiver"
          + " runs";

  private static final String CLOSED = "logs:443 closed the connection before it answered";

  private static final String NO_WAY =
      "There is no way to logs:443 (no route to host): check the address and the network";

  private static final String NO_CONNECTION =
      "No connection to logs:443 within 10 seconds: check the address, the firewalls, and that the"
          + " receiver runs";

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("Connection refused"), REFUSED),
        Arguments.of(
            new ConnectException("finishConnect(..) failed with error(-111): Connection refused"),
            REFUSED),
        Arguments.of(new ConnectException("finishConnect(..) failed with error(-111)"), REFUSED),
        Arguments.of(new IOException("connect(..) failed with error(-101)"), NO_WAY),
        Arguments.of(new IOException("recvAddress(..) failed with error(-104)"), CLOSED),
        Arguments.of(new NoRouteToHostException("No route to host"), NO_WAY),
        Arguments.of(new SocketException("Network is unreachable"), NO_WAY),
        Arguments.of(new SocketTimeoutException("Connect timed out"), NO_CONNECTION),
        Arguments.of(
            new ConnectException("connection timed out after 10000 ms: logs/10.0.0.1:443"),
            NO_CONNECTION),
        Arguments.of(
            new SocketTimeoutException("Read timed out"),
            "No answer from logs:443 within 10 seconds"),
        Arguments.of(
            new RuntimeException(new TimeoutException("Did not observe any item or terminal")),
            "No answer from logs:443 within 10 seconds"),
        Arguments.of(
            new UnknownHostException("Failed to resolve 'logs' [A(1)]"),
            "The host logs is unknown: check the name, and the name server of this machine"),
        Arguments.of(new SocketException("Connection reset"), CLOSED),
        Arguments.of(new SocketException("Broken pipe"), CLOSED),
        Arguments.of(new EOFException(), CLOSED),
        Arguments.of(new IOException("Connection prematurely closed BEFORE response"), CLOSED),
        Arguments.of(
            handshake("PKIX path building failed", new CertPathBuilderException("unable to find")),
            "Nobody whom this machine trusts signed the certificate of logs:443: give the"
                + " certificate that signed it, or add that to the certificates that Java trusts"),
        Arguments.of(
            handshake("PKIX path validation failed", new CertificateExpiredException("NotAfter")),
            "The certificate of logs:443 has expired: renew it there"),
        Arguments.of(
            new SSLHandshakeException("No subject alternative DNS name matching logs found."),
            "The certificate of logs:443 is for another name: use the name that it is for"),
        Arguments.of(
            new SSLException("Unsupported or unrecognized SSL message"),
            "logs:443 does not speak TLS: check the port, or use no TLS"),
        Arguments.of(
            handshake("Remote host terminated the handshake", new EOFException("SSL peer")),
            "logs:443 closed the connection during the TLS handshake: check that it expects TLS on"
                + " this port"),
        Arguments.of(
            new SSLHandshakeException("Received fatal alert: protocol_version"),
            "The TLS handshake with logs:443 failed: Received fatal alert: protocol_version"),
        Arguments.of(
            new SQLException("The connection attempt failed.", new ConnectException("refused")),
            REFUSED),
        Arguments.of(new RefusedAddressException("not this one"), "not this one"));
  }

  private static SSLException handshake(String message, Exception cause) {
    SSLException failure = new SSLHandshakeException(message);
    failure.initCause(cause);
    return failure;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failure_isSaidInPlainWords(Throwable failure, String said) {
    assertThat(ConnectionTrouble.of(failure, "logs", 443, Duration.ofSeconds(10))).isEqualTo(said);
    assertThat(
            ConnectionTrouble.of(
                new RuntimeException("wrapped", failure), "logs", 443, Duration.ofSeconds(10)))
        .isEqualTo(said);
  }

  @Test
  void failureOfSomethingElse_keepsItsOwnWords() {
    Exception failure = new IllegalStateException("outer", new IOException("No space left\n"));
    assertThat(ConnectionTrouble.known(failure, "logs", 1, Duration.ofSeconds(1))).isNull();
    assertThat(ConnectionTrouble.of(failure, "logs", 1, Duration.ofSeconds(1)))
        .isEqualTo("No space left");
  }

  /** What the libraries in use throw, whatever that is. */
  @Test
  void request_thatReachesNobody_saysWhy() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(request("http://127.0.0.1:" + port)).startsWith("Nothing answers at 127.0.0.1");
    assertThat(request("http://no-such-host.invalid")).contains("no-such-host.invalid");
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(plain));
      assertThat(request("https://127.0.0.1:" + plain.getLocalPort())).contains("speak TLS");
    }
  }

  private static void answer(ServerSocket server) {
    try (var socket = server.accept()) {
      socket
          .getOutputStream()
          .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      while (socket.getInputStream().read() >= 0) {
        // until the client has had enough
      }
    } catch (IOException ex) {
      // The client sees it.
    }
  }

  private static String request(String url) {
    try (GuardedHttp http =
        GuardedHttp.connectingEachTime(new AddressGuard(true), Duration.ofSeconds(60), 1_000)) {
      return String.valueOf(
          catchThrowable(() -> http.send("GET", URI.create(url), Map.of(), new byte[0], 0))
              .getMessage());
    }
  }
}
