package io.logcaster.security;

import io.logcaster.work.LongLived;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The server's certificate, for HTTP and TCP. Its files are checked every few seconds. A new
 * certificate applies to new connections; an unusable one is reported, and the previous one stays
 * in use.
 *
 * <p>Thread-safe.
 */
public final class Tls implements AutoCloseable {

  static final String BUNDLE = "logcaster";

  /**
   * Short enough for someone who waits. Files are loaded only after two checks found them equal,
   * because a certificate and its key are two files, written one after the other.
   */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  private final TlsProperties properties;
  private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
  private @Nullable TlsFiles taken;
  private @Nullable TlsFiles seen;
  private volatile @Nullable SSLContext context;
  private volatile @Nullable X509Certificate certificate;
  private volatile String failure = "";
  private @Nullable Thread watcher;

  /**
   * Reads the files, if any are configured.
   *
   * @throws TlsException if they cannot be used
   */
  Tls(TlsProperties properties) {
    this.properties = properties;
    if (properties.certificate() != null) {
      TlsFiles files = TlsFiles.read(properties);
      SslBundle bundle = files.bundle(properties);
      take(files, bundle);
      bundles.registerBundle(BUNDLE, bundle);
      watcher = LongLived.startVirtual("tls-watch", this::watch);
    }
  }

  /** Whether there is a certificate. */
  public boolean isConfigured() {
    return context != null;
  }

  /** Whether every TLS client must present a certificate. */
  public boolean asksForCertificates() {
    return properties.clientCa() != null;
  }

  /** Whether the HTTP port uses the certificate. */
  public boolean isForHttp() {
    return isConfigured() && properties.http();
  }

  SslBundles bundles() {
    return bundles;
  }

  /** The certificate in use; null without one. */
  public @Nullable X509Certificate certificate() {
    return certificate;
  }

  /** Why the current files are not in use; empty if they are. */
  String failure() {
    return failure;
  }

  /** The context for new connections; null without a certificate. */
  public @Nullable SSLContext context() {
    return context;
  }

  /** Applies the server's requirements to a connection. */
  public void prepare(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(properties.protocols());
    parameters.setNeedClientAuth(asksForCertificates());
    parameters.setUseCipherSuitesOrder(true);
    socket.setSSLParameters(parameters);
  }

  /** Makes a port of the web server use the certificate, and its successors. */
  public void secure(Connector connector) {
    connector.setScheme("https");
    connector.setSecure(true);
    connector.setProperty("SSLEnabled", "true");
    connector.addSslHostConfig(hostConfig(bundles.getBundle(BUNDLE)));
    bundles.addBundleUpdateHandler(
        BUNDLE,
        (bundle) -> connector.getProtocolHandler().addSslHostConfig(hostConfig(bundle), true));
  }

  private SSLHostConfig hostConfig(SslBundle bundle) {
    SSLHostConfig config = new SSLHostConfig();
    config.setProtocols(String.join("+", properties.protocols()));
    config.setCertificateVerification(asksForCertificates() ? "optional" : "none");
    config.setTrustStore(bundle.getStores().getTrustStore());
    SSLHostConfigCertificate own =
        new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
    own.setCertificateKeystore(
        Objects.requireNonNull(bundle.getStores().getKeyStore(), "key store"));
    String password = bundle.getKey().getPassword();
    own.setCertificateKeyPassword(password == null ? "" : password);
    config.addCertificate(own);
    return config;
  }

  private void take(TlsFiles files, SslBundle bundle) {
    try {
      KeyStore keys = Objects.requireNonNull(bundle.getStores().getKeyStore(), "key store");
      certificate = (X509Certificate) keys.getCertificate("ssl");
      context = bundle.createSslContext();
      taken = files;
      seen = files;
    } catch (KeyStoreException ex) {
      throw new IllegalStateException("The certificate was just read", ex);
    }
  }

  private void watch() {
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        look();
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  /** Loads the files if they are new and have not changed since the last call. */
  synchronized void look() {
    try {
      TlsFiles files = TlsFiles.read(properties);
      if (!files.equals(seen)) {
        seen = files;
      } else if (!files.equals(taken)) {
        SslBundle bundle = files.bundle(properties);
        bundles.updateBundle(BUNDLE, bundle);
        take(files, bundle);
        failure = "";
        LOG.info("Using the new certificate, valid until {}", validUntil());
      } else {
        failure = "";
      }
    } catch (RuntimeException ex) {
      String message = String.valueOf(ex.getMessage());
      if (!message.equals(failure)) {
        failure = message;
        LOG.error("Keeping the previous certificate: {}", message);
      }
    }
  }

  /** When the certificate in use expires. */
  @Nullable Instant validUntil() {
    X509Certificate own = certificate;
    return (own == null) ? null : own.getNotAfter().toInstant();
  }

  @Override
  public void close() {
    if (watcher != null) {
      watcher.interrupt();
    }
  }
}
