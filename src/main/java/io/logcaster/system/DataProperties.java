package io.logcaster.system;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The data directory.
 *
 * @param dir Directory of all data; one running LogCaster per directory.
 */
@ConfigurationProperties("logcaster.data")
record DataProperties(@DefaultValue("./data") Path dir) {}
