package io.logcaster.cluster.store;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a node with the role store does about storages that were lost.
 *
 * @param replaces Storages that were lost with their disks, as the file NODE in their data
 *     directory and the log named them. This node reads again what they held, as far as the topic
 *     still has it. Set it on one node.
 */
@ConfigurationProperties("logcaster.cluster")
record StoreProperties(@DefaultValue List<String> replaces) {

  StoreProperties {
    replaces = replaces.stream().map(String::strip).filter((id) -> !id.isEmpty()).toList();
    for (String id : replaces) {
      if (!id.matches("[0-9a-z]{1,32}")) {
        throw new IllegalArgumentException(
            "logcaster.cluster.replaces has '%s', but needs identities such as 3f0c5ab1d2e4"
                .formatted(id));
      }
    }
  }
}
