package io.logcaster.ingest.listen;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Ports beside the usual ones.
 *
 * @param listeners Ports for one protocol, or with fields, a time zone or limits of their own.
 */
@ConfigurationProperties("logcaster")
record ListenersProperties(@DefaultValue List<ListenerProperties> listeners) {

  ListenersProperties {
    listeners = List.copyOf(listeners);
    Set<String> names = new HashSet<>(Set.of("tcp", "udp"));
    for (ListenerProperties listener : listeners) {
      if (!names.add(listener.id())) {
        throw new IllegalArgumentException(
            "logcaster.listeners has two listeners named '%s'; give one another name"
                .formatted(listener.id()));
      }
    }
  }
}
