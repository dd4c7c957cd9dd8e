package io.logcaster.ingest.forward;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What senders of Fluentd's forward protocol have to know.
 *
 * @param sharedKey Key that senders and the server share; asked for on listeners of the protocol
 *     forward, where the server speaks first.
 * @param username Name asked for beside the key; needs a password.
 * @param password Password that goes with the name.
 */
@ConfigurationProperties("logcaster.forward")
public record ForwardProperties(
    @Nullable String sharedKey, @Nullable String username, @Nullable String password) {

  public ForwardProperties {
    if ((username == null) != (password == null)) {
      throw new IllegalArgumentException(
          "logcaster.forward."
              + (username == null ? "username" : "password")
              + " is missing: a user name and a password are set together, or neither");
    }
    if (sharedKey != null && sharedKey.isBlank()) {
      throw new IllegalArgumentException("logcaster.forward.shared-key must not be empty");
    }
    if (username != null && sharedKey == null) {
      throw new IllegalArgumentException(
          "logcaster.forward.username needs logcaster.forward.shared-key");
    }
  }

  @Override
  public String toString() {
    return "ForwardProperties[username=%s]".formatted(username); // never the secrets
  }
}
