package io.logcaster.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The HTTP port.
 *
 * @param headTimeout Time limit for the head of a request, including the TLS handshake before it.
 */
@ConfigurationProperties("logcaster.http")
record HttpProperties(@DefaultValue("10s") Duration headTimeout) {

  HttpProperties {
    if (headTimeout.toMillis() < 100) {
      throw new IllegalArgumentException(
          "logcaster.http.head-timeout is " + headTimeout + ", but must be at least 100ms");
    }
  }
}
