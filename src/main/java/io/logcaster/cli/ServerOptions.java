package io.logcaster.cli;

import io.logcaster.client.LogCasterClient;
import io.logcaster.client.LogCasterClientBuilder;
import io.logcaster.client.Overflow;
import io.logcaster.client.ServerAddress;
import io.logcaster.client.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of all commands that say which server they talk to, and as whom. */
final class ServerOptions {

  private static final String NONE = Option.NULL_VALUE;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:LOGCASTER_URL:-http://127.0.0.1:8080}",
      description = "The server's HTTP address. Default: $LOGCASTER_URL or http://127.0.0.1:8080")
  private String url = "http://127.0.0.1:8080";

  @Option(
      names = "--tcp",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:LOGCASTER_TCP:-" + NONE + "}",
      description =
          "The server's TCP address, where records are sent to. Default: $LOGCASTER_TCP or the host"
              + " of the URL and port 5140")
  private @Nullable String tcp;

  @Option(
      names = "--tls",
      description = "Send records over TLS; implied by a URL that begins with https.")
  private boolean tls;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM file of the certificates to trust, instead of those that Java trusts.")
  private @Nullable Path certificates;

  @Option(
      names = "--token",
      defaultValue = "${env:LOGCASTER_TOKEN:-" + NONE + "}",
      description = "Token of the server. Default: $LOGCASTER_TOKEN")
  private @Nullable String token;

  @Option(
      names = "--user",
      paramLabel = "NAME:PASSWORD",
      defaultValue = "${env:LOGCASTER_USER:-" + NONE + "}",
      description = "User of the server's HTTP interface. Default: $LOGCASTER_USER")
  private @Nullable String user;

  /** A server that is asked without credentials and by its URL alone. */
  static ServerOptions anonymous(String url) {
    ServerOptions options = new ServerOptions();
    options.url = url;
    return options;
  }

  /** The server's HTTP address with a path. */
  URI uri(String path) {
    try {
      URI base = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      if (base.getHost() == null || base.getScheme() == null) {
        throw new IllegalArgumentException("no host");
      }
      return URI.create(base + path);
    } catch (IllegalArgumentException ex) {
      throw new CommandFailure("'" + url + "' is not an address such as http://127.0.0.1:8080", ex);
    }
  }

  /** The Authorization header; null for none. */
  @Nullable String authorization() {
    if (token != null) {
      return "Bearer " + token;
    }
    return (user == null)
        ? null
        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  /** The certificates to trust; null for those that Java trusts. */
  @Nullable SSLContext trust() {
    Path file = certificates;
    if (file == null) {
      return null;
    }
    try {
      return Trust.ofPem(file);
    } catch (IOException | GeneralSecurityException ex) {
      throw new CommandFailure("cannot read certificates from " + file + ": " + ex, ex);
    }
  }

  ServerAddress address() {
    String given = tcp;
    try {
      return (given != null)
          ? ServerAddress.parse(given)
          : new ServerAddress(host(), ServerAddress.DEFAULT_PORT);
    } catch (IllegalArgumentException ex) {
      throw new CommandFailure(FailureHandler.text(ex), ex);
    }
  }

  private String host() {
    String host = uri("/").getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether the server would refuse again at the next attempt. */
  static boolean isFinal(String reason) {
    return reason.startsWith("unauthorized:")
        || reason.startsWith("frame_too_large:")
        || reason.startsWith("bad_hello:");
  }

  /**
   * Ends the command if the server has refused for good.
   *
   * @param refusal the reason; null for none
   * @throws CommandFailure if there is a reason
   */
  static void check(@Nullable String refusal) {
    if (refusal != null) {
      throw new CommandFailure("the server refuses: " + refusal);
    }
  }

  /** A client of the server that waits instead of dropping anything. */
  LogCasterClientBuilder client() {
    LogCasterClientBuilder builder =
        LogCasterClient.builder()
            .server(address())
            .name("cli")
            .token(token)
            .overflow(Overflow.BLOCK);
    if (tls || uri("/").getScheme().equals("https")) {
      SSLContext trust = trust();
      return (trust != null) ? builder.tls(trust) : builder.tls();
    }
    return builder;
  }
}
