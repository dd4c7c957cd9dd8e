package io.logcaster.sink.jdbc;

import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL of a database. URLs of drivers can do much more than name a database: run scripts, load
 * classes, write files. Only what is known to be harmless is accepted.
 *
 * @param dialect the database
 * @param url what the driver is given
 * @param hosts the hosts that the driver connects to; none for files
 */
record JdbcUrl(Dialect dialect, String url, List<Host> hosts) {

  /**
   * @param name a name or an address
   */
  record Host(String name, int port) {}

  private static final Pattern POSTGRESQL =
      Pattern.compile("jdbc:postgresql://([^/?#]+)/([^/?#]+)(?:\\?([^#]*))?");

  private static final Pattern H2_SERVER =
      Pattern.compile("jdbc:h2:(?:tcp|ssl)://([^/?#;]+)/([^?#;]+)(?:;(.*))?");

  private static final Pattern H2_FILE = Pattern.compile("jdbc:h2:(?:file:)?([^:;?#]+)(?:;(.*))?");

  private static final String STAYS_OPEN = ";DB_CLOSE_ON_EXIT=FALSE";

  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\s@]+)(?::(\\d{1,5}))?");

  private static final Set<String> POSTGRESQL_SETTINGS =
      Set.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "ssl",
          "channelbinding",
          "gssencmode",
          "currentschema",
          "targetservertype",
          "hostrecheckseconds",
          "loadbalancehosts",
          "preparethreshold");

  private static final Set<String> H2_SETTINGS =
      Set.of("auto_server", "cipher", "ifexists", "write_delay", "lock_timeout", "cache_size");

  /**
   * Reads a URL.
   *
   * @throws io.logcaster.system.ProblemException that says what is wrong with it
   */
  static JdbcUrl parse(String given, SinkContext context) {
    String url = given.strip();
    Matcher postgresql = POSTGRESQL.matcher(url);
    if (postgresql.matches()) {
      settings(postgresql.group(3), "&", POSTGRESQL_SETTINGS);
      return new JdbcUrl(Dialect.POSTGRESQL, url, hosts(postgresql.group(1), 5432));
    }
    Matcher server = H2_SERVER.matcher(url);
    if (server.matches()) {
      settings(server.group(3), ";", H2_SETTINGS);
      return new JdbcUrl(Dialect.H2, url, hosts(server.group(1), 9092));
    }
    Matcher file = H2_FILE.matcher(url);
    if (file.matches()) {
      settings(file.group(2), ";", H2_SETTINGS);
      String more = file.group(2) == null ? "" : ";" + file.group(2);
      // Else H2 closes the file when the process begins to end, before the last round is written.
      // A database that serves other processes closes it itself.
      more += more.toLowerCase(Locale.ROOT).contains(";auto_server=true") ? "" : STAYS_OPEN;
      return new JdbcUrl(
          Dialect.H2, "jdbc:h2:file:" + path(file.group(1), context) + more, List.of());
    }
    throw problem(
        url.startsWith("jdbc:h2:mem:")
            ? "must not name a database in memory, whose records would be lost"
            : "must look like jdbc:postgresql://host:5432/database, jdbc:h2:file:/path or"
                + " jdbc:h2:tcp://host/path");
  }

  private static void settings(@Nullable String text, String separator, Set<String> known) {
    if (text == null || text.isEmpty()) {
      return;
    }
    for (String setting : text.split(separator, -1)) {
      if (setting.isEmpty()) {
        continue;
      }
      String name = setting.replaceFirst("=.*", "");
      if (name.toLowerCase(Locale.ROOT).equals("user")
          || name.toLowerCase(Locale.ROOT).equals("password")) {
        throw problem("must not contain %s; use the option for it".formatted(name));
      }
      if (!known.contains(name.toLowerCase(Locale.ROOT))) {
        throw problem(
            "must not have the setting '%s'; allowed are %s"
                .formatted(name, String.join(" ", known.stream().sorted().toList())));
      }
    }
  }

  /** Whoever may create sinks must not be able to write any file of this machine. */
  private static Path path(String text, SinkContext context) {
    Path base = context.files().toAbsolutePath().normalize();
    try {
      Path path = base.resolve(text).normalize();
      if (!context.isTrusted() && (path.equals(base) || !path.startsWith(base))) {
        throw problem(
            "must name a file below %s; set logcaster.sink-directory for another directory, or describe the sink in the settings"
                .formatted(base));
      }
      return path;
    } catch (InvalidPathException ex) {
      throw problem("is not a path: " + ex.getReason());
    }
  }

  private static List<Host> hosts(String text, int usualPort) {
    List<Host> hosts = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      Matcher matcher = HOST.matcher(one);
      if (!matcher.matches()) {
        throw problem("has the host '%s', which must be host or host:port".formatted(one));
      }
      int port = matcher.group(2) == null ? usualPort : Integer.parseInt(matcher.group(2));
      if (port > 65_535) {
        throw problem("has the port %d; the highest is 65535".formatted(port));
      }
      hosts.add(new Host(matcher.group(1).replace("[", "").replace("]", ""), port));
    }
    return hosts;
  }

  private static RuntimeException problem(String reason) {
    return SinkOptions.problem("url", reason);
  }
}
