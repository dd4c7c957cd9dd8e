package io.logcaster.system;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections to the control database that outlive a failure of the disk.
 *
 * <p>H2 closes its store for good when a write fails, on a full disk for example; connections in
 * the pool then fail for ever although a new one would open the file again. A connection is
 * therefore tried before it is handed out. Where the store was closed, all are replaced by ones
 * that only read, because H2 writes by itself, too; every {@value #TRY_SECONDS} seconds at most,
 * one tries to write again. Thread-safe.
 */
final class ControlPool extends HikariDataSource {

  private static final Logger LOG = LoggerFactory.getLogger(ControlPool.class);

  private static final int TRY_SECONDS = 5;

  private static final String CHECK = "VALUES 1";

  /** Changes nothing that anybody reads, and reaches the file. */
  private static final String WRITE =
      "MERGE INTO settings (name, setting_value, changed_at) KEY (name)"
          + " VALUES ('control.written', '1', CURRENT_TIMESTAMP)";

  private final Clock clock;
  private final List<String> events = new CopyOnWriteArrayList<>();

  private volatile @Nullable Failure failure;
  private volatile boolean readOnly;
  private volatile boolean serving;
  private Instant lastTry = Instant.MIN;

  /**
   * Why nothing can be kept.
   *
   * @param since when that was noticed first
   */
  record Failure(Instant since, String reason) {}

  ControlPool(String url, Clock clock) {
    this.clock = clock;
    setDataSource(new Source(url));
  }

  /** Opens the file as the pool's state tells. */
  private final class Source extends AbstractDataSource {

    private final String url;

    Source(String url) {
      this.url = url;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(readOnly ? url + ";ACCESS_MODE_DATA=r" : url, "sa", "");
    }

    /** Which is how long the pool waits for its threads at its end. */
    @Override
    public int getLoginTimeout() {
      return TRY_SECONDS;
    }

    @Override
    public void setLoginTimeout(int seconds) {
      // Opening a file of this machine has no limit.
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return getConnection();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (isTryDue()) {
      tryToWrite();
    }
    return checked();
  }

  /** A connection whose database is open. */
  private Connection checked() throws SQLException {
    Connection connection;
    SQLException closed;
    try {
      connection = super.getConnection();
      closed = use(connection, CHECK);
    } catch (SQLException ex) {
      failed(ex);
      throw ex;
    }
    if (closed == null) {
      return connection;
    }
    failed(closed);
    evictConnection(connection);
    connection = super.getConnection();
    closed = use(connection, CHECK);
    if (closed != null) {
      evictConnection(connection);
      throw closed;
    }
    return connection;
  }

  private static @Nullable SQLException use(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return null;
    } catch (SQLException ex) {
      return ex;
    }
  }

  /** Reads alone from here on, until something could be written. */
  synchronized void failed(Exception ex) {
    Throwable root = ex;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = String.valueOf(root.getMessage());
    if (serving && failure == null) {
      failure = new Failure(clock.instant(), reason);
      lastTry = clock.instant();
      reopen(true);
      LOG.error(
          "The control database keeps nothing at present and is read only until it does: {}",
          reason);
    }
  }

  private synchronized boolean isTryDue() {
    Instant now = clock.instant();
    if (failure == null || now.isBefore(lastTry.plusSeconds(TRY_SECONDS))) {
      return false;
    }
    lastTry = now;
    return true;
  }

  private void tryToWrite() {
    reopen(false);
    if (!written()) {
      reopen(true);
      return;
    }
    Failure over = failure;
    failure = null;
    if (over != null) {
      LOG.info(
          "The control database keeps what is changed again, after {} s",
          Duration.between(over.since(), clock.instant()).toSeconds());
    }
  }

  private boolean written() {
    try (Connection connection = super.getConnection()) {
      SQLException failed = use(connection, WRITE);
      if (failed != null) {
        evictConnection(connection);
      }
      return failed == null;
    } catch (SQLException ex) {
      return false; // somebody still reads, or the file cannot be opened
    }
  }

  /** Replaces the connections by ones that open the file in another way. */
  private void reopen(boolean reading) {
    readOnly = reading;
    HikariPoolMXBean pool = getHikariPoolMXBean();
    if (pool != null) { // it begins with the first connection
      pool.softEvictConnections();
    }
  }

  /** Why nothing can be kept; null where it can. */
  @Nullable Failure failure() {
    return failure;
  }

  /**
   * Says that the start is over: failures are mended from here on instead of told to the caller.
   */
  void serve() {
    serving = true;
  }

  /** Notes what health should tell about the start. */
  void note(String event) {
    events.add(event);
  }

  List<String> events() {
    return events;
  }
}
