package io.logcaster.system;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where LogCaster keeps what it must not lose.
 *
 * @param dir Directory of all data; it belongs to one running LogCaster at a time.
 */
@ConfigurationProperties("logcaster.data")
record DataProperties(@DefaultValue("./data") Path dir) {}
