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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections to the control database that outlive a failure of the disk.
 *
 * <p>H2 closes its store for good when a write fails, on a full disk for example; connections in
 * the pool then fail forever, although a new one would reopen the file. A connection is therefore
 * tested before it is handed out. If the store was closed, all connections are replaced by
 * read-only ones, because H2 also writes on its own. At most every {@value #TRY_SECONDS} seconds
 * one attempt is made to write again. Thread-safe.
 */
final class ControlPool extends HikariDataSource {

  private static final Logger LOG = LoggerFactory.getLogger(ControlPool.class);

  private static final int TRY_SECONDS = 5;

  private static final String CHECK = "VALUES 1";

  /** A write that reaches the file and changes nothing that anyone reads. */
  private static final String WRITE =
      "MERGE INTO settings (name, setting_value, changed_at) KEY (name)"
          + " VALUES ('control.written', '1', CURRENT_TIMESTAMP)";

  private final Clock clock;
  private final boolean isServer;
  private final List<String> events = new CopyOnWriteArrayList<>();

  private volatile @Nullable Failure failure;
  private volatile boolean readOnly;
  private volatile boolean serving;
  private Instant lastTry = Instant.MIN;

  /**
   * Why nothing can be saved.
   *
   * @param since when the failure was first noticed
   */
  record Failure(Instant since, String reason) {}

  /** Connections to a file of H2. */
  ControlPool(String url, Clock clock) {
    this.clock = clock;
    this.isServer = false;
    setDataSource(new Source(url));
  }

  /** Connections to a server, which mends itself: a failure is over with the next success. */
  ControlPool(DataSource server, Clock clock) {
    this.clock = clock;
    this.isServer = true;
    setDataSource(server);
  }

  /** Opens the file read-only or not, as the pool's state requires. */
  private final class Source extends AbstractDataSource {

    private final String url;

    Source(String url) {
      this.url = url;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return DriverManager.getConnection(readOnly ? url + ";ACCESS_MODE_DATA=r" : url, "sa", "");
    }

    /** Also how long the pool waits for its threads when it closes. */
    @Override
    public int getLoginTimeout() {
      return TRY_SECONDS;
    }

    @Override
    public void setLoginTimeout(int seconds) {
      // Opening a local file needs no timeout.
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
      return getConnection();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (isServer) {
      return ofServer();
    }
    if (isTryDue()) {
      tryToWrite();
    }
    return checked();
  }

  private Connection ofServer() throws SQLException {
    try {
      Connection connection = super.getConnection();
      failure = null;
      return connection;
    } catch (SQLException ex) {
      Failure known = failure;
      failure =
          (known != null) ? known : new Failure(clock.instant(), String.valueOf(ex.getMessage()));
      throw ex;
    }
  }

  /** A connection that has been tested. */
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

  /** Makes the pool read-only until a write succeeds. */
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
      LOG.error("The control database cannot be written and is read-only until it can: {}", reason);
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
          "The control database can be written again, after {} s",
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
      return false; // there are still readers, or the file cannot be opened
    }
  }

  /** Replaces all connections, which opens the file in the other mode. */
  private void reopen(boolean reading) {
    readOnly = reading;
    HikariPoolMXBean pool = getHikariPoolMXBean();
    if (pool != null) { // null before the first connection
      pool.softEvictConnections();
    }
  }

  /** Why nothing can be saved; null if saving works. */
  @Nullable Failure failure() {
    return failure;
  }

  /** Ends the start: from now on the pool recovers from failures instead of only reporting them. */
  void serve() {
    serving = true;
  }

  /** Records something about the start for health to report. */
  void note(String event) {
    events.add(event);
  }

  List<String> events() {
    return events;
  }
}
