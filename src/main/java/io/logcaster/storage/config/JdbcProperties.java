package io.logcaster.storage.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The database of the record storage {@code jdbc}.
 *
 * @param url {@code jdbc:postgresql://host:5432/database}; H2 in the data directory if not set
 * @param user its user name
 * @param passwordFile a file that holds the password
 */
record JdbcProperties(@Nullable String url, @Nullable String user, @Nullable Path passwordFile) {

  JdbcProperties {
    if (url != null && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "logcaster.storage.jdbc.url is "
              + url
              + ", but must be a database of PostgreSQL, such as"
              + " jdbc:postgresql://host:5432/database");
    }
  }
}
