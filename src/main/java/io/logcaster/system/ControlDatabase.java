package io.logcaster.system;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The control plane's database, for what people configure (rules, saved searches, users) and for
 * small histories, not for log records: one H2 file in the data directory, or a PostgreSQL database
 * that several nodes share.
 *
 * <p>Beans get the {@link DataSource} after its migration: every {@code
 * db/migration/V<n>__<feature>.sql} has run. When a commit returns, it is on disk; see {@link
 * SyncedFilePath}.
 */
@Configuration(proxyBeanMethods = false)
class ControlDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(ControlDatabase.class);

  /** The database is in this process: a connection that is not open by then will never be. */
  private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

  private static final String FILE = "control";

  /**
   * Enough for requests and alert evaluations that write at the same time; H2 serializes commits
   * anyway.
   */
  private static final int CONNECTIONS = 8;

  @Bean
  DataDirectory dataDirectory(DataProperties properties, ObjectProvider<DirectoryCheck> checks) {
    DataDirectory directory = DataDirectory.open(properties.dir());
    try {
      checks.orderedStream().forEach((check) -> check.check(directory.dir()));
    } catch (RuntimeException ex) {
      directory.close();
      throw ex;
    }
    return directory;
  }

  @Bean
  static BeanFactoryPostProcessor earlyOpening() {
    return new ControlOpening.Early();
  }

  @Bean
  ControlOpening controlOpening(DataDirectory directory, ControlProperties control, Clock clock) {
    return new ControlOpening(directory, control, clock);
  }

  @Bean
  ControlPool dataSource(ControlOpening opening) {
    return opening.pool();
  }

  @Bean
  TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
    return new TransactionTemplate(transactions);
  }

  /** Replaces Spring Boot's own indicator, which only checks for a connection. */
  @Bean
  ControlHealth dbHealthIndicator(ControlPool dataSource) {
    return new ControlHealth(dataSource);
  }

  /**
   * Opens the database and copies it. A damaged, empty or missing file is replaced by the copy made
   * at the last start; without a copy, a new database is created. Damaged files are kept.
   *
   * @throws ControlDatabaseException if the file cannot be opened for another reason
   */
  static ControlPool open(ControlFiles files, String url, Clock clock) {
    List<String> events = new ArrayList<>();
    ControlPool pool;
    try {
      boolean usable = files.hasDatabase() ? !files.isEmpty() : !files.hasCopy();
      if (!usable) {
        replace(files, files.hasDatabase() ? "was empty" : "was missing", events);
      } else if (!files.hasDatabase()) {
        Migrations.prepare(files);
      }
      try {
        pool = migrated(files, url, clock);
      } catch (DamagedException ex) {
        replace(files, "was damaged (" + ex.getMessage() + ")", events);
        pool = migrated(files, url, clock);
      }
    } catch (IOException | DamagedException ex) {
      throw new ControlDatabaseException(files.database(), ex);
    }
    events.forEach(pool::note);
    pool.serve();
    copy(files, pool);
    return pool;
  }

  /**
   * Opens a database on a server, and migrates it; Flyway sees to it that only one node does so.
   *
   * @throws ControlDatabaseException if it cannot be opened
   */
  static ControlPool open(ControlProperties control, Clock clock) {
    ControlPool pool = new ControlPool(new PostgresSource(control), clock);
    configure(pool);
    try {
      Migrations.run(pool);
      return pool;
    } catch (SQLException | RuntimeException ex) {
      pool.close();
      throw ControlDatabaseException.ofServer(String.valueOf(control.url()), ex);
    }
  }

  private static void configure(ControlPool pool) {
    pool.setPoolName("control");
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    // Wait for the first connection and report its failure, whatever it is.
    pool.setInitializationFailTimeout(1);
  }

  private static void replace(ControlFiles files, String why, List<String> events)
      throws IOException {
    String kept = "";
    if (files.hasDatabase()) {
      kept = " and is kept as " + files.quarantine();
    }
    String instead;
    if (files.hasCopy()) {
      files.restore();
      instead = "the copy made at the last start replaces it; later changes are lost";
    } else {
      instead = "there is no copy, so a new one was created; rules, tokens and searches are lost";
    }
    String event = "The control database " + why + kept + "; " + instead;
    events.add(event);
    LOG.warn("{}", event);
  }

  /** The file's content is damaged. */
  private static final class DamagedException extends Exception {

    DamagedException(Throwable cause) {
      super(String.valueOf(root(cause).getMessage()), cause);
    }

    DamagedException(String message) {
      super(message);
    }
  }

  private static ControlPool migrated(ControlFiles files, String url, Clock clock)
      throws DamagedException {
    boolean old = files.hasDatabase();
    ControlPool pool = new ControlPool(url, clock);
    configure(pool);
    try {
      if (old && !Migrations.hasHistory(pool)) {
        // H2 falls back to the last state that it can read, which may be an empty one.
        throw new DamagedException("it holds no tables");
      }
      Migrations.run(pool);
      return pool;
    } catch (SQLException | RuntimeException ex) {
      pool.close();
      if (isDamage(ex)) {
        throw new DamagedException(ex);
      }
      throw new ControlDatabaseException(files.database(), ex);
    } catch (DamagedException ex) {
      pool.close();
      throw ex;
    }
  }

  /**
   * Whether a failure means damaged content. An I/O error, a lock or another format version does
   * not.
   */
  private static boolean isDamage(Throwable failure) {
    boolean corrupt = false;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof EOFException) {
        return true; // shorter than its header says
      }
      if (t instanceof IOException) {
        return false;
      }
      corrupt =
          switch (t) {
            case MVStoreException store -> isCorrupt(store);
            case SQLException h2 ->
                h2.getErrorCode() == ErrorCode.FILE_CORRUPTED_1
                    || h2.getErrorCode() == ErrorCode.GENERAL_ERROR_1;
            default -> corrupt;
          };
    }
    return corrupt;
  }

  private static boolean isCorrupt(MVStoreException failure) {
    return switch (failure.getErrorCode()) {
      case DataUtils.ERROR_UNSUPPORTED_FORMAT,
          DataUtils.ERROR_FILE_LOCKED,
          DataUtils.ERROR_WRITING_FAILED,
          DataUtils.ERROR_READING_FAILED ->
          false;
      default -> true;
    };
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** A failed copy does not stop the start; it only leaves an older copy to restore from. */
  private static void copy(ControlFiles files, ControlPool pool) {
    try (Connection connection = pool.getConnection();
        PreparedStatement backup = connection.prepareStatement("BACKUP TO ?")) {
      backup.setString(1, files.newCopy().toString());
      backup.execute();
      files.keepCopy();
    } catch (SQLException | IOException ex) {
      String event = "The control database could not be copied: " + root(ex).getMessage();
      pool.note(event);
      LOG.warn("{}", event);
      pool.failed(ex); // usually the disk is full, and H2 is about to find out
    }
  }

  /**
   * With WRITE_DELAY=0 H2 writes its store at every commit instead of up to half a second later,
   * and the {@code sync:} file system makes each of these writes wait for the disk.
   * DB_CLOSE_ON_EXIT is off because the context closes the pool; H2's own shutdown hook would close
   * the file while features are still stopping.
   */
  static String url(Path directory) {
    SyncedFilePath.register();
    return "jdbc:h2:sync:" + directory.resolve(FILE) + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
  }
}
