package io.logcaster.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server's certificate; with it HTTP is served as HTTPS, and TCP takes TLS beside plain text.
 *
 * @param certificate PEM file of the certificate and those between it and the authority.
 * @param key PEM file of the certificate's private key.
 * @param keyPassword Password of an encrypted key.
 * @param clientCa PEM file of authorities whose client certificates are good for sending; TCP then
 *     asks every TLS client for one.
 * @param minVersion Oldest version of TLS that is spoken, 1.2 or 1.3.
 * @param http Whether the HTTP port speaks TLS too; false behind a proxy that does it.
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
              + " is missing: a certificate and its key are set together, or neither");
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
