package io.logcaster.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server's certificate. With it HTTP becomes HTTPS, and the TCP port accepts TLS as well as
 * plain text.
 *
 * @param certificate PEM file of the certificate and its intermediate certificates.
 * @param key PEM file of the certificate's private key.
 * @param keyPassword Password of an encrypted key.
 * @param clientCa PEM file of the authorities that sign client certificates; every TLS client of
 *     the TCP port must then present one.
 * @param minVersion Oldest accepted version of TLS: 1.2 or 1.3.
 * @param http Whether the HTTP port speaks TLS; false behind a proxy that terminates it.
 */
@ConfigurationProperties("logcaster.tls")
record TlsProperties(
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable String keyPassword,
    @Nullable Path clientCa,
    @DefaultValue("1.2") String minVersion,
    @DefaultValue("true") boolean http) {

  TlsProperties {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          "logcaster.tls."
              + (certificate == null ? "certificate" : "key")
              + " is missing: set both a certificate and its key, or neither");
    }
    if (clientCa != null && certificate == null) {
      throw new IllegalArgumentException(
          "logcaster.tls.client-ca needs logcaster.tls.certificate and logcaster.tls.key");
    }
    if (!minVersion.equals("1.2") && !minVersion.equals("1.3")) {
      throw new IllegalArgumentException(
          "logcaster.tls.min-version must be 1.2 or 1.3, not " + minVersion);
    }
  }

  String[] protocols() {
    return minVersion.equals("1.3")
        ? new String[] {"TLSv1.3"}
        : new String[] {"TLSv1.3", "TLSv1.2"};
  }

  @Override
  public String toString() {
    return "TlsProperties[certificate=%s]".formatted(certificate); // never the password
  }
}
