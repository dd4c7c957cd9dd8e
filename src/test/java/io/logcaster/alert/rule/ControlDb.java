package io.logcaster.alert.rule;

import com.zaxxer.hikari.HikariDataSource;
import io.logcaster.alert.condition.KnownGroups;
import io.logcaster.cluster.Lease;
import io.logcaster.system.PostgresControl;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A migrated control database, in memory unless it has to survive. With {@code
 * -Dlogcaster.postgres=jdbc:postgresql://127.0.0.1:5432/postgres} it is in a new schema of that
 * server.
 */
public final class ControlDb implements AutoCloseable {

  private static final String POSTGRES = System.getProperty("logcaster.postgres");

  private final DataSource source;

  public ControlDb() {
    this(
        POSTGRES == null
            ? h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1")
            : postgres(POSTGRES));
  }

  /** A database in a directory, which is there after a restart. */
  public ControlDb(Path directory) {
    this(h2("jdbc:h2:file:" + directory.resolve("control")));
  }

  private ControlDb(DataSource source) {
    this.source = source;
  }

  private static DataSource h2(String url) {
    DataSource source = JdbcConnectionPool.create(url, "sa", "");
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    return source;
  }

  private static DataSource postgres(String url) {
    try {
      return PostgresControl.open(url);
    } catch (SQLException ex) {
      throw new IllegalStateException(ex);
    }
  }

  public DataSource source() {
    return source;
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(source);
  }

  public TransactionTemplate transaction() {
    return new TransactionTemplate(new DataSourceTransactionManager(source));
  }

  RuleStore rules() {
    return new RuleStore(jdbc());
  }

  public KnownGroups knownGroups() {
    return new KnownGroupStore(jdbc(), transaction());
  }

  AlertStore alerts() {
    return alerts(Lease.alone());
  }

  AlertStore alerts(Lease lease) {
    return new AlertStore(jdbc(), transaction(), lease);
  }

  @Override
  public void close() {
    if (source instanceof JdbcConnectionPool pool) {
      jdbc().sql("SHUTDOWN").update();
      pool.dispose();
    } else if (source instanceof HikariDataSource pool) {
      pool.close();
    }
  }
}
