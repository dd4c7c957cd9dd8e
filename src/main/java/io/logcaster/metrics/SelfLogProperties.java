package io.logcaster.metrics;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server's own log as records.
 *
 * @param enabled Whether what the server logs is stored, too.
 */
@ConfigurationProperties("logcaster.self-log")
record SelfLogProperties(@DefaultValue("true") boolean enabled) {}
