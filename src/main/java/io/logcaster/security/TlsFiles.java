package io.logcaster.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * The content of the certificate's files at one moment.
 *
 * @param clientCa null if none is configured
 */
record TlsFiles(String certificate, String key, @Nullable String clientCa) {

  private static final String MAKE =
      "Create one with: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
          + " -keyout key.pem -out cert.pem -days 365 -subj /CN=localhost";

  /**
   * Reads the files.
   *
   * @throws TlsException if one cannot be read
   */
  static TlsFiles read(TlsProperties properties) {
    Path clientCa = properties.clientCa();
    return new TlsFiles(
        text("logcaster.tls.certificate", path(properties.certificate())),
        text("logcaster.tls.key", path(properties.key())),
        (clientCa == null) ? null : text("logcaster.tls.client-ca", clientCa));
  }

  private static Path path(@Nullable Path path) {
    return (path == null) ? Path.of("") : path;
  }

  private static String text(String setting, Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException ex) {
      throw new TlsException(setting, file, "does not exist", "Correct the path. " + MAKE);
    } catch (AccessDeniedException ex) {
      throw new TlsException(
          setting, file, "cannot be read by this user", "Let the server's user read it.");
    } catch (IOException ex) {
      throw new TlsException(
          setting, file, "cannot be read: " + ex.getMessage(), "Name a readable file.");
    }
  }

  /**
   * Builds the key and trust stores from the files' content.
   *
   * @throws TlsException if they are not a certificate and its key
   */
  SslBundle bundle(TlsProperties properties) {
    PemSslStore own = own(properties);
    return SslBundle.of(
        new PemSslStoreBundle(own, authorities(properties)),
        SslBundleKey.NONE,
        SslOptions.of(null, properties.protocols()));
  }

  private PemSslStore own(TlsProperties properties) {
    Path certificateFile = path(properties.certificate());
    Path keyFile = path(properties.key());
    List<X509Certificate> certificates =
        certificates("logcaster.tls.certificate", certificateFile, certificate);
    PrivateKey privateKey = privateKey(keyFile, properties.keyPassword());
    if (!belongTogether(privateKey, certificates.getFirst().getPublicKey())) {
      throw new TlsException(
          "logcaster.tls.key",
          keyFile,
          "is not the key of the certificate " + certificateFile,
          "Use the key that the certificate was issued for. The server's certificate must be the"
              + " first in its file.");
    }
    return PemSslStore.of(certificates, privateKey);
  }

  private PrivateKey privateKey(Path file, @Nullable String password) {
    String remedy =
        "Use a PEM file with one private key"
            + (password == null
                ? ", and logcaster.tls.key-password if it is encrypted."
                : "; logcaster.tls.key-password may be wrong.");
    try {
      PemSslStore store =
          PemSslStore.load(
              new PemSslStoreDetails(null, certificate, key).withPrivateKeyPassword(password));
      PrivateKey read = (store == null) ? null : store.privateKey();
      if (read != null) {
        return read;
      }
    } catch (RuntimeException ex) {
      throw new TlsException(
          "logcaster.tls.key", file, "is not a usable private key: " + ex.getMessage(), remedy);
    }
    throw new TlsException("logcaster.tls.key", file, "contains no private key", remedy);
  }

  private @Nullable PemSslStore authorities(TlsProperties properties) {
    return (clientCa == null)
        ? null
        : PemSslStore.of(
            certificates("logcaster.tls.client-ca", path(properties.clientCa()), clientCa), null);
  }

  private static List<X509Certificate> certificates(String setting, Path file, String text) {
    String remedy = "Use a PEM file that begins with -----BEGIN CERTIFICATE-----. " + MAKE;
    try {
      PemSslStore store = PemSslStore.load(PemSslStoreDetails.forCertificates(text));
      List<X509Certificate> read = (store == null) ? null : store.certificates();
      if (read != null && !read.isEmpty()) {
        return read;
      }
    } catch (RuntimeException ex) {
      throw new TlsException(
          setting, file, "contains no usable certificate: " + ex.getMessage(), remedy);
    }
    throw new TlsException(setting, file, "contains no certificate", remedy);
  }

  /** Whether the certificate's public key verifies what the private key signs. */
  private static boolean belongTogether(PrivateKey key, PublicKey certified) {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] something = algorithm.getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(something);
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certified);
      verifying.update(something);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException ex) {
      return false;
    }
  }
}
