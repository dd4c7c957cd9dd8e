package io.logcaster.alert.rule;

import io.logcaster.alert.condition.KnownGroups;
import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A migrated control database, in memory unless it has to survive. */
public final class ControlDb implements AutoCloseable {

  private final JdbcConnectionPool source;

  public ControlDb() {
    this("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  /** A database in a directory, which is there after a restart. */
  public ControlDb(Path directory) {
    this("jdbc:h2:file:" + directory.resolve("control"));
  }

  private ControlDb(String url) {
    source = JdbcConnectionPool.create(url, "sa", "");
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
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
    return new AlertStore(jdbc(), transaction());
  }

  @Override
  public void close() {
    jdbc().sql("SHUTDOWN").update();
    source.dispose();
  }
}
