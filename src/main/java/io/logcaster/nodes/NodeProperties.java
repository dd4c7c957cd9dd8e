package io.logcaster.nodes;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How other LogCasters know this one.
 *
 * @param name Its name in the list of nodes, which no other node has; the name of the machine and
 *     the HTTP port without it. It stays when the machine is replaced.
 * @param url Where other nodes reach it, such as http://logs-2:8080. Nodes that share a control
 *     database find it there.
 */
@ConfigurationProperties("logcaster.node")
public record NodeProperties(@Nullable String name, @Nullable String url) {

  /** Names stand in the metadata of Kafka's offsets, where space is short. */
  private static final String NAME = "[0-9a-z][0-9a-z.-]{0,31}";

  public NodeProperties {
    if (name != null && !name.matches(NAME)) {
      throw new IllegalArgumentException(
          "logcaster.node.name is '%s', but must have 1 to 32 lower-case letters, digits, '.' or '-'"
              .formatted(name));
    }
    if (url != null) {
      url = NodesProperties.address("logcaster.node.url", url.strip()).toString();
    }
  }

  /** The address; null if it is not set. */
  public @Nullable URI address() {
    return (url == null) ? null : URI.create(url);
  }
}
