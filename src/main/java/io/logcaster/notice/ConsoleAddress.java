package io.logcaster.notice;

import io.logcaster.system.ConsoleProperties;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.springframework.core.env.Environment;

/** The console's URL in links: as configured, or as this server can be reached without a proxy. */
final class ConsoleAddress implements Supplier<String> {

  private final ConsoleProperties properties;
  private final Environment environment;

  ConsoleAddress(ConsoleProperties properties, Environment environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /** Empty before the server's port is open. */
  @Override
  public String get() {
    if (properties.url() != null) {
      return properties.url().toString();
    }
    String port = environment.getProperty("local.server.port", "");
    boolean secure =
        environment.containsProperty("logcaster.tls.certificate")
            && environment.getProperty("logcaster.tls.http", Boolean.class, true);
    String path = environment.getProperty("server.servlet.context-path", "");
    return port.isEmpty()
        ? ""
        : "%s://%s:%s%s".formatted(secure ? "https" : "http", host(), port, path);
  }

  private String host() {
    boolean open =
        environment.containsProperty("logcaster.security.username")
            || environment.containsProperty("logcaster.security.tokens[0].token");
    String address = environment.getProperty("server.address", open ? "0.0.0.0" : "127.0.0.1");
    try {
      InetAddress bound = InetAddress.getByName(address);
      return bound.isAnyLocalAddress()
          ? InetAddress.getLocalHost().getHostName()
          : address.contains(":") ? "[" + address + "]" : address;
    } catch (UnknownHostException ex) {
      return address;
    }
  }
}
