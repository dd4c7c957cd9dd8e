package io.logcaster.notice.channel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Credentials in a request header. */
final class HttpAuth {

  private HttpAuth() {}

  /** The value of {@code Authorization} for a user (RFC 7617). */
  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }
}
