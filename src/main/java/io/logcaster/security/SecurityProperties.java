package io.logcaster.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Credentials of the server; with them every port may bind beyond loopback.
 *
 * @param username Name asked for on every HTTP path but health; needs a password.
 * @param password Password that goes with the name.
 * @param allowedHosts Host names, beside localhost and addresses, by which a server without
 *     credentials may be called.
 */
@ConfigurationProperties("logcaster.security")
record SecurityProperties(
    @Nullable String username, @Nullable String password, @DefaultValue List<String> allowedHosts) {

  SecurityProperties {
    if (isBlank(username) != isBlank(password)) {
      throw new IllegalArgumentException(
          "logcaster.security."
              + (isBlank(username) ? "username" : "password")
              + " is missing: a user name and a password are set together, or neither");
    }
    if (username != null && username.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "logcaster.security.username must not contain a colon (RFC 7617)");
    }
    allowedHosts = List.copyOf(allowedHosts);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** Null when anybody who reaches the server may use it. */
  @Nullable Credentials credentials() {
    return username == null || password == null || username.isBlank()
        ? null
        : new Credentials(username, password);
  }

  @Override
  public String toString() {
    return "SecurityProperties[username=%s]".formatted(username); // never the password
  }
}
