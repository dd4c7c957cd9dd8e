package io.logcaster.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server's credentials; with them ports may bind beyond loopback.
 *
 * @param username User name required on every HTTP path except health; needs a password.
 * @param password The user's password.
 * @param passwordFile File that holds the password instead, such as a container's secret.
 * @param tokens Tokens for shippers and programs, instead of user name and password.
 * @param allowedHosts Host names of this server. Without credentials it answers only to localhost,
 *     addresses and these names. Also the names of a console behind a proxy that changes Host.
 */
@ConfigurationProperties("logcaster.security")
record SecurityProperties(
    @Nullable String username,
    @Nullable String password,
    @Nullable Path passwordFile,
    @DefaultValue List<Token> tokens,
    @DefaultValue List<String> allowedHosts) {

  SecurityProperties {
    if (passwordFile != null) {
      if (password != null) {
        throw new IllegalArgumentException(
            "logcaster.security.password and logcaster.security.password-file are both set; remove"
                + " one");
      }
      password = read(passwordFile);
    }
    if (isBlank(username) != isBlank(password)) {
      throw new IllegalArgumentException(
          "logcaster.security."
              + (isBlank(username) ? "username" : "password")
              + " is missing: set both a user name and a password, or neither");
    }
    if (username != null && username.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "logcaster.security.username must not contain a colon (RFC 7617)");
    }
    tokens = List.copyOf(tokens);
    allowedHosts = List.copyOf(allowedHosts);
    Set<String> names = new HashSet<>();
    for (Token token : tokens) {
      if (!names.add(token.name())) {
        throw new IllegalArgumentException(
            "logcaster.security.tokens has two tokens named '" + token.name() + "'");
      }
    }
  }

  /** The line end that editors and {@code echo} add is not part of the password. */
  private static String read(Path file) {
    try {
      return Files.readString(file).replaceFirst("\\R\\z", "");
    } catch (IOException ex) {
      throw new IllegalArgumentException(
          "logcaster.security.password-file cannot be read: " + ex, ex);
    }
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** Whether credentials are configured, and therefore required. */
  boolean hasCredentials() {
    return !isBlank(username) || !tokens.isEmpty();
  }

  @Override
  public String toString() {
    return "SecurityProperties[username=%s]".formatted(username); // never the password
  }

  /**
   * A token.
   *
   * @param name Its name in lists and answers.
   * @param token The token, or its SHA-256 as sha256: and 64 hexadecimal digits.
   * @param scope What it permits: ingest, query, node or admin, or several of them.
   */
  record Token(
      @Nullable String name, @Nullable String token, @DefaultValue("ingest") Set<Scope> scope) {

    private static final String DIGEST = "sha256:";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + TokenDigest.HEX_LENGTH + "}");

    /** Shorter tokens can be guessed. */
    private static final int MIN_LENGTH = 16;

    Token {
      if (isBlank(name)) {
        throw new IllegalArgumentException("logcaster.security.tokens[].name is missing");
      }
      if (token == null || token.isBlank()) {
        throw new IllegalArgumentException(
            "logcaster.security.tokens[].token of '" + name + "' is missing");
      }
      if (scope.isEmpty()) {
        throw new IllegalArgumentException(
            "logcaster.security.tokens[].scope of '"
                + name
                + "' must be ingest, query, node or admin");
      }
      scope = Set.copyOf(scope);
      if (token.startsWith(DIGEST)
          ? !HEX.matcher(token.substring(DIGEST.length()).toLowerCase(Locale.ROOT)).matches()
          : token.length() < MIN_LENGTH) {
        throw new IllegalArgumentException(
            "logcaster.security.tokens[].token of '"
                + name
                + "' must have at least "
                + MIN_LENGTH
                + " characters, or be sha256: and 64 hexadecimal digits");
      }
    }

    TokenDigest digest() {
      String given = String.valueOf(token);
      return given.startsWith(DIGEST)
          ? new TokenDigest(given.substring(DIGEST.length()).toLowerCase(Locale.ROOT))
          : TokenDigest.of(given);
    }

    Identity identity() {
      return new Identity(String.valueOf(name), scope);
    }

    @Override
    public String toString() {
      return "Token[name=%s]".formatted(name); // never the token
    }
  }
}
