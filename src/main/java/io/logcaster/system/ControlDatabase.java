package io.logcaster.system;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The control plane's database: one H2 file in the data directory, for what people configure
 * (rules, saved searches, users) and for small histories, not for log records.
 *
 * <p>Whoever takes the {@link DataSource} gets it migrated: every {@code
 * db/migration/V<n>__<feature>.sql} has run. A commit that returned is on disk; see {@link
 * SyncedFilePath}.
 */
@Configuration(proxyBeanMethods = false)
class ControlDatabase {

  private static final String FILE = "control";

  /**
   * Requests and alert evaluations that write at the same moment; H2 writes one commit after the
   * other anyway.
   */
  private static final int CONNECTIONS = 8;

  @Bean
  DataDirectory dataDirectory(DataProperties properties) {
    return DataDirectory.open(properties.dir());
  }

  @Bean
  HikariDataSource dataSource(DataDirectory directory) {
    HikariDataSource source = new HikariDataSource();
    source.setPoolName("control");
    source.setJdbcUrl(url(directory.dir()));
    source.setUsername("sa");
    source.setPassword("");
    source.setMaximumPoolSize(CONNECTIONS);
    source.setMinimumIdle(1);
    try {
      migrate(source);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
    return source;
  }

  /**
   * With WRITE_DELAY=0 H2 writes its store at every commit instead of up to half a second later,
   * and the {@code sync:} file system makes each of these writes wait for the disk.
   * DB_CLOSE_ON_EXIT is off because the context closes the pool in its turn; H2's own shutdown hook
   * would close the file under features that are still stopping.
   */
  static String url(Path directory) {
    SyncedFilePath.register();
    return "jdbc:h2:sync:" + directory.resolve(FILE) + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }

  private static void migrate(DataSource source) {
    Flyway.configure(ControlDatabase.class.getClassLoader())
        .dataSource(source)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
