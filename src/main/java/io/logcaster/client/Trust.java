package io.logcaster.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Creates TLS contexts that trust given certificates. */
public final class Trust {

  private Trust() {}

  /** Trusts only the certificates of a PEM file. */
  public static SSLContext ofPem(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      if (number == 0) {
        throw new GeneralSecurityException(file + " holds no certificate");
      }
    }
    return of(store);
  }

  /** Trusts only the certificates of a key store (PKCS #12 or JKS). */
  public static SSLContext ofStore(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    return of(KeyStore.getInstance(file.toFile(), password));
  }

  private static SSLContext of(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
