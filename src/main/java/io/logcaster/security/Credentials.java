package io.logcaster.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** One user name and password, compared in a time that tells nothing about them. */
final class Credentials {

  private static final String SCHEME = "basic ";

  private final String username;
  private final byte[] digest;

  Credentials(String username, String password) {
    this.username = username;
    this.digest = sha256((username + ':' + password).getBytes(StandardCharsets.UTF_8));
  }

  String username() {
    return username;
  }

  /**
   * Whether a request's {@code Authorization} header carries these credentials. Digests are
   * compared rather than the texts, so that not even the length shows in the time it takes.
   */
  boolean match(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    try {
      byte[] given = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
      return MessageDigest.isEqual(digest, sha256(given));
    } catch (IllegalArgumentException e) {
      return false; // not Base64
    }
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
