package io.logcaster.metrics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Records of the server's own log.
 *
 * @param enabled Whether the server's own log is stored too.
 */
@ConfigurationProperties("logcaster.self-log")
record SelfLogProperties(@DefaultValue("true") boolean enabled) {}
