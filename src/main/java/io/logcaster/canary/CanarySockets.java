package io.logcaster.canary;

import io.logcaster.ingest.InputDoor;
import io.logcaster.security.Tls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Sends to this server as any other sender would, over its sockets. */
final class CanarySockets {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final Tls tls;
  private final Supplier<@Nullable String> token;

  /**
   * @param token for HTTP, where credentials are required; null otherwise
   */
  CanarySockets(Tls tls, Supplier<@Nullable String> token) {
    this.tls = tls;
    this.token = token;
  }

  /**
   * A sender to an input.
   *
   * @param address where the input listens
   * @param secure whether to use TLS
   */
  CanaryRoute.Sender sender(InputDoor.Transport transport, String address, boolean secure) {
    return switch (transport) {
      case TCP -> (text) -> tcp(address(address), secure, text);
      case UDP -> (text) -> udp(address(address), text);
      case HTTP -> (text) -> http(address(address), secure, text);
    };
  }

  /** The address to connect to; the loopback one where the input listens on all. */
  static InetSocketAddress address(String text) throws IOException {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IOException("The input is closed");
    }
    InetAddress address = InetAddress.getByName(text.substring(0, colon));
    int port = Integer.parseInt(text.substring(colon + 1));
    return new InetSocketAddress(
        address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port);
  }

  private void tcp(InetSocketAddress address, boolean secure, String text) throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(address, TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      if (!secure) {
        write(plain, text);
        return;
      }
      try (SSLSocket socket =
          (SSLSocket)
              context()
                  .getSocketFactory()
                  .createSocket(plain, address.getHostString(), address.getPort(), true)) {
        socket.startHandshake();
        write(socket, text);
      }
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void udp(InetSocketAddress address, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(bytes, bytes.length, address));
    }
  }

  private void http(InetSocketAddress address, boolean secure, String text) throws IOException {
    String host = address.getAddress().getHostAddress();
    URI uri =
        URI.create(
            "%s://%s:%d/api/v1/records"
                .formatted(
                    secure ? "https" : "http",
                    (host.indexOf(':') < 0) ? host : "[" + host + "]",
                    address.getPort()));
    HttpURLConnection call = (HttpURLConnection) uri.toURL().openConnection();
    if (call instanceof HttpsURLConnection https) {
      https.setSSLSocketFactory(context().getSocketFactory());
      https.setHostnameVerifier((name, session) -> true); // the certificate itself is compared
    }
    call.setConnectTimeout(TIMEOUT_MILLIS);
    call.setReadTimeout(TIMEOUT_MILLIS);
    call.setRequestMethod("POST");
    call.setDoOutput(true);
    call.setRequestProperty("Content-Type", "application/x-ndjson");
    String secret = token.get();
    if (secret != null) {
      // As a password: HttpURLConnection asks a default authenticator at other schemes.
      String pair = "canary:" + secret;
      call.setRequestProperty(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    try {
      call.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      int status = call.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("The server answered " + status);
      }
      call.getInputStream().readAllBytes();
    } finally {
      call.disconnect();
    }
  }

  private SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new OwnCertificate(tls.certificate())}, null);
      return context;
    } catch (GeneralSecurityException ex) {
      throw new IOException("TLS is not available", ex);
    }
  }

  /** Trusts this server's certificate and no other, whatever names and authorities it has. */
  private static final class OwnCertificate extends X509ExtendedTrustManager {

    private final @Nullable X509Certificate own;

    OwnCertificate(@Nullable X509Certificate own) {
      this.own = own;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      if (own == null || chain.length == 0 || !chain[0].equals(own)) {
        throw new CertificateException("This is not the server's own certificate");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
