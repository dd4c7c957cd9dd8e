package io.logcaster.sink.jdbc;

import io.logcaster.record.RecordBatch;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkException;
import io.logcaster.system.AddressGuard;
import io.logcaster.system.ConnectionTrouble;
import io.logcaster.system.Printable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each round of records in one transaction. Rows have an identity made of the record and its
 * place in the queue, so that a round that was committed before its end was known adds nothing when
 * it is repeated.
 *
 * <p>A row that the database refuses (too long for a column, against a constraint) is found by
 * adding the rows of its round one by one; all others are stored.
 */
final class JdbcSink implements Sink {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcSink.class);

  /** Rows for each trip to the server: more gain little and take memory in the driver. */
  private static final int ROWS = 500;

  private final JdbcOptions options;
  private final Dialect dialect;
  private final AddressGuard guard;
  private final Duration timeout;
  private final JdbcRow rows;
  private final List<RecordBatch> round = new ArrayList<>();
  private long first;
  private long position;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement insert;
  private boolean refusing;

  JdbcSink(JdbcOptions options, SinkContext context) {
    this.options = options;
    this.dialect = options.database().dialect();
    this.guard = context.guard();
    this.timeout = context.timeout();
    this.rows = new JdbcRow(dialect, context.id(), options.fields());
  }

  @Override
  public void begin(long position) {
    round.clear();
    refusing = false;
    this.first = position;
    this.position = position;
    Connection open = connection;
    if (open != null) {
      try {
        open.rollback();
      } catch (SQLException ex) {
        disconnect();
      }
    }
  }

  @Override
  public void write(RecordBatch batch) throws SinkException {
    round.add(batch);
    if (refusing) {
      return; // flush adds the rows one by one
    }
    try {
      PreparedStatement statement = statement();
      int waiting = 0;
      for (int row = 0; row < batch.size(); row++) {
        rows.set(statement, batch, row, position + row);
        statement.addBatch();
        if (++waiting == ROWS || row == batch.size() - 1) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      position += batch.size();
    } catch (SQLException ex) {
      if (!isAboutRecords(ex)) {
        throw failure(ex);
      }
      refusing = true;
    }
  }

  @Override
  public void flush() throws SinkException {
    SortedMap<Integer, String> refused = new TreeMap<>();
    try {
      if (refusing) {
        refused = addOneByOne();
      }
      connection().commit();
    } catch (SQLException ex) {
      throw failure(ex);
    } finally {
      round.clear();
    }
    if (!refused.isEmpty()) {
      throw SinkException.partial(
          "The database refused %d of the records: %s"
              .formatted(refused.size(), refused.get(refused.firstKey())),
          refused,
          new TreeMap<>(),
          null);
    }
  }

  private SortedMap<Integer, String> addOneByOne() throws SQLException {
    SortedMap<Integer, String> refused = new TreeMap<>();
    connection().rollback();
    PreparedStatement statement = statement();
    statement.clearBatch();
    int index = 0;
    for (RecordBatch batch : round) {
      for (int row = 0; row < batch.size(); row++) {
        Savepoint before = connection().setSavepoint();
        try {
          rows.set(statement, batch, row, first + index);
          statement.executeUpdate();
          connection().releaseSavepoint(before);
        } catch (SQLException ex) {
          if (!isAboutRecords(ex)) {
            throw ex;
          }
          connection().rollback(before);
          refused.put(index, message(ex));
        }
        index++;
      }
    }
    return refused;
  }

  /** Whether the values of a row are to blame: a data exception or a violated constraint. */
  private static boolean isAboutRecords(SQLException ex) {
    for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23"))) {
        return true;
      }
    }
    return false;
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = connect();
      connection = open;
    }
    return open;
  }

  private PreparedStatement statement() throws SQLException {
    PreparedStatement statement = insert;
    if (statement == null) {
      Connection open = connection();
      if (options.create()) {
        create(open);
      }
      statement = open.prepareStatement(dialect.insert(options.table(), options.columns()));
      insert = statement;
    }
    return statement;
  }

  private Connection connect() throws SQLException {
    try {
      for (JdbcUrl.Host host : options.database().hosts()) {
        for (InetAddress address : InetAddress.getAllByName(host.name())) {
          guard.check(new InetSocketAddress(address, host.port()));
        }
      }
    } catch (IOException ex) {
      throw new SQLException(ex.getMessage(), "08001", ex);
    }
    Properties properties = new Properties();
    dialect.limit(properties, timeout);
    if (!options.username().isEmpty()) {
      properties.setProperty("user", options.username());
    }
    if (!options.password().isEmpty()) {
      properties.setProperty("password", options.password());
    }
    Connection made = dialect.connect(options.database().url(), properties);
    if (made == null) {
      throw new SQLException("The driver does not know the URL", "08001");
    }
    made.setAutoCommit(false);
    return made;
  }

  private void create(Connection open) throws SQLException {
    try (Statement statement = open.createStatement()) {
      for (String sql : dialect.create(options.table(), options.columns())) {
        statement.execute(sql);
      }
      open.commit();
    } catch (SQLException ex) {
      open.rollback();
      // A user who may only add rows cannot make a table; that it is missing shows when adding.
      LOG.debug("The table {} was not made", options.table(), ex);
    }
  }

  /** Whatever is not about records can be mended; until then they wait. */
  private SinkException failure(SQLException ex) {
    disconnect();
    JdbcUrl.Host host = options.database().hosts().stream().findFirst().orElse(null);
    String trouble =
        host == null ? null : ConnectionTrouble.known(ex, host.name(), host.port(), timeout);
    return SinkException.temporary(
        trouble == null ? "The database failed: " + message(ex) : trouble, ex);
  }

  private static String message(SQLException ex) {
    // A batch's own message repeats the whole statement with its values; the next names the cause.
    SQLException next = ex.getNextException();
    SQLException cause = (next == null) ? ex : next;
    String text = Printable.line(String.valueOf(cause.getMessage()).strip());
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    insert = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException ex) {
        LOG.debug("Closing a broken connection failed", ex);
      }
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    if (open != null) {
      try {
        open.rollback();
      } catch (SQLException ex) {
        LOG.debug("Giving a transaction up failed", ex);
      }
    }
    disconnect();
  }
}
