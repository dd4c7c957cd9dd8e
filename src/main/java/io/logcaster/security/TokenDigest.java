package io.logcaster.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a secret. Only digests are stored and compared: the time of a comparison reveals
 * nothing about the secret, because an attacker cannot choose a digest. Tokens are random and long,
 * so a slow hash would only add work for the server.
 */
record TokenDigest(String hex) {

  static final int HEX_LENGTH = 64;

  static TokenDigest of(String secret) {
    return of(secret.getBytes(StandardCharsets.UTF_8));
  }

  static TokenDigest of(byte[] secret) {
    try {
      return new TokenDigest(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret)));
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("every Java platform has SHA-256", ex);
    }
  }

  /** Compares digests in constant time. */
  boolean matches(TokenDigest other) {
    return MessageDigest.isEqual(
        hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "TokenDigest"; // never the digest
  }
}
