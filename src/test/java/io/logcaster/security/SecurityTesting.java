package io.logcaster.security;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates objects of this package for the tests of other packages. */
public final class SecurityTesting {

  private SecurityTesting() {}

  /** No credentials are required. */
  public static Authenticator open() {
    return authenticator(new SecurityProperties(null, null, null, List.of(), List.of()));
  }

  /** A token is required; the given one permits sending. */
  public static Authenticator withToken(String token) {
    return authenticator(
        new SecurityProperties(
            null,
            null,
            null,
            List.of(new SecurityProperties.Token("test", token, Set.of(Scope.INGEST))),
            List.of()));
  }

  /** Revokes a token. */
  public static void revoke(Authenticator authenticator, String token) {
    authenticator.remove(TokenDigest.of(token));
  }

  static Authenticator authenticator(SecurityProperties properties) {
    return new Authenticator(properties, new FailureLimit(Clock.systemUTC()));
  }

  public static Tls noTls() {
    return new Tls(new TlsProperties(null, null, null, null, "1.2", true));
  }

  /** A server's certificate and, if client certificates are required, their authority. */
  public static Tls tls(Path certificate, Path key, @Nullable Path clientCa) {
    return new Tls(new TlsProperties(certificate, key, null, clientCa, "1.2", true));
  }
}
