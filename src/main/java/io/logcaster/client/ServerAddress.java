package io.logcaster.client;

/**
 * The address of a server.
 *
 * @param host the name or IP address; IPv6 addresses have no brackets
 * @param port its TCP port
 */
public record ServerAddress(String host, int port) {

  /** The default port of a server. */
  public static final int DEFAULT_PORT = 5140;

  public ServerAddress {
    if (host.isBlank()) {
      throw new IllegalArgumentException("The server's host is empty");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("The server's port " + port + " is not in 1..65535");
    }
  }

  /**
   * Reads {@code host}, {@code host:port} or {@code [::1]:port}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static ServerAddress parse(String text) {
    String trimmed = text.trim();
    int colon = trimmed.lastIndexOf(':');
    boolean bracketed = trimmed.startsWith("[") && trimmed.contains("]");
    boolean hasPort =
        bracketed ? colon > trimmed.indexOf(']') : colon >= 0 && trimmed.indexOf(':') == colon;
    String host = hasPort ? trimmed.substring(0, colon) : trimmed;
    if (bracketed) {
      host = host.substring(1, host.length() - 1);
    }
    return new ServerAddress(host, hasPort ? port(trimmed, colon) : DEFAULT_PORT);
  }

  private static int port(String text, int colon) {
    try {
      return Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException ex) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a server address: expected host:port, such as logs:5140", ex);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
