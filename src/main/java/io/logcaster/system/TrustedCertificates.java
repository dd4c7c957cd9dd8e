package io.logcaster.system;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates outgoing connections trust. */
public final class TrustedCertificates {

  private final SSLContext context;

  private TrustedCertificates(SSLContext context) {
    this.context = context;
  }

  /**
   * @param pem the only certificates that are trusted, in PEM form; empty for those that Java
   *     trusts
   * @throws GeneralSecurityException if the text has no certificates
   */
  public static TrustedCertificates of(String pem) throws GeneralSecurityException {
    if (pem.isBlank()) {
      return new TrustedCertificates(SSLContext.getDefault());
    }
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.US_ASCII)))) {
        trusted.setCertificateEntry("ca" + number++, certificate);
      }
      if (number == 0) {
        throw new GeneralSecurityException("there is no certificate in it");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(null, managers.getTrustManagers(), null);
      return new TrustedCertificates(made);
    } catch (IOException ex) {
      throw new GeneralSecurityException(ex.getMessage(), ex);
    }
  }

  /** For clients that make their own sockets. */
  public SSLContext context() {
    return context;
  }

  public SSLSocketFactory sockets() {
    return context.getSocketFactory();
  }

  /** Continues a connection with TLS, after checking that the certificate is the host's. */
  public SSLSocket secure(Socket plain, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) sockets().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
