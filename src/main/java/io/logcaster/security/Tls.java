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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The server's certificate, for HTTP and TCP alike. Its files are looked at every few seconds; what
 * is new is taken for the connections that begin from then on, what cannot be used is reported and
 * left, and the one before stays.
 *
 * <p>Thread-safe.
 */
public final class Tls implements AutoCloseable {

  static final String BUNDLE = "logcaster";

  /**
   * Soon enough for people who wait. Files are taken when they were the same twice, because a
   * certificate and its key are two files that are written one after the other.
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
   * Reads the files where there are any.
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

  /** Whether every TLS client has to show a certificate. */
  public boolean asksForCertificates() {
    return properties.clientCa() != null;
  }

  boolean isForHttp() {
    return isConfigured() && properties.http();
  }

  SslBundles bundles() {
    return bundles;
  }

  /** The certificate in use; null for none. */
  @Nullable X509Certificate certificate() {
    return certificate;
  }

  /** Why the files that are there now are not in use; empty where they are. */
  String failure() {
    return failure;
  }

  /** What connections that begin now work with; null where there is no certificate. */
  public @Nullable SSLContext context() {
    return context;
  }

  /** Sets what the server wants of a connection. */
  public void prepare(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(properties.protocols());
    parameters.setNeedClientAuth(asksForCertificates());
    parameters.setUseCipherSuitesOrder(true);
    socket.setSSLParameters(parameters);
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

  /** Takes the files if they are new and were the same when this was last called. */
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
        LOG.info("The new certificate is in use, valid until {}", validUntil());
      } else {
        failure = "";
      }
    } catch (RuntimeException ex) {
      String message = String.valueOf(ex.getMessage());
      if (!message.equals(failure)) {
        failure = message;
        LOG.error("The certificate stays as it was: {}", message);
      }
    }
  }

  /** When the certificate in use ends. */
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
