package io.logcaster.nodes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The name of this node: that in the settings, or the machine's with the HTTP port. */
public final class NodeName {

  private final NodeProperties properties;
  private final Supplier<String> port;
  private volatile @Nullable String name;

  /**
   * @param port the HTTP port, once it is open
   */
  public NodeName(NodeProperties properties, Supplier<String> port) {
    this.properties = properties;
    this.port = port;
  }

  /** The name. To be called once the HTTP port is open. */
  public String get() {
    String known = name;
    if (known == null) {
      known = (properties.name() == null) ? machine() : properties.name();
      name = known;
    }
    return known;
  }

  private String machine() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException ex) {
      host = "localhost";
    }
    return host + ":" + port.get();
  }
}
