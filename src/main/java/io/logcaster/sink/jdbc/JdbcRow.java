package io.logcaster.sink.jdbc;

import io.logcaster.record.Field;
import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of the statement that adds a row. Not thread-safe. */
final class JdbcRow {

  private final Dialect dialect;
  private final String sink;
  private final List<String> fields;
  private final Set<String> ownColumns = new HashSet<>(Set.of("level", "host", "app"));
  private final RecordJson json = new RecordJson();
  private final MessageDigest hash;

  /**
   * @param sink the id of the sink
   * @param fields the fields that have columns beside the usual ones
   */
  JdbcRow(Dialect dialect, String sink, List<String> fields) {
    this.dialect = dialect;
    this.sink = sink;
    this.fields = fields;
    ownColumns.addAll(fields);
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("Every Java platform has SHA-256", ex);
    }
  }

  /**
   * Sets all parameters.
   *
   * @param position of the record in the sink's queue
   */
  void set(PreparedStatement statement, RecordBatch batch, int row, long position)
      throws SQLException {
    LogRecord found = batch.record(row);
    long nanos = found.time();
    String stream = batch.stream(batch.streamOrdinal(row)).canonical();
    Map<String, String> values = new HashMap<>();
    Map<String, String> others = new LinkedHashMap<>();
    for (Field field : found.fields()) {
      String text = dialect.storable(field.value());
      (ownColumns.contains(field.name()) ? values : others)
          .put(dialect.storable(field.name()), text);
    }
    json.object(others);
    byte[] rest = json.take();
    int at = 1;
    statement.setObject(at++, id(position, nanos, stream, found.message(), rest));
    statement.setObject(
        at++,
        Instant.ofEpochSecond(
                Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
            .atOffset(ZoneOffset.UTC));
    statement.setLong(at++, nanos);
    statement.setLong(at++, position);
    statement.setShort(at++, (short) found.severity());
    text(statement, at++, values.get("level"));
    text(statement, at++, values.get("host"));
    text(statement, at++, values.get("app"));
    statement.setString(at++, dialect.storable(stream));
    statement.setString(at++, dialect.storable(found.message()));
    statement.setString(at++, new String(rest, StandardCharsets.UTF_8));
    for (String field : fields) {
      text(
          statement,
          at++,
          field.equals(Field.MESSAGE) ? dialect.storable(found.message()) : values.get(field));
    }
  }

  private static void text(PreparedStatement statement, int at, @Nullable String value)
      throws SQLException {
    if (value == null) {
      statement.setNull(at, Types.VARCHAR);
    } else {
      statement.setString(at, value);
    }
  }

  /**
   * The identity of a record. It begins with the time, so that the index grows at its end, and goes
   * on with a hash of the record and its place in the queue: the same for a record that is written
   * again, and another for an equal record, or one of another server with a sink of this id.
   */
  private UUID id(long position, long nanos, String stream, String message, byte[] rest) {
    hash.update(sink.getBytes(StandardCharsets.UTF_8));
    hash.update(ByteBuffer.allocate(17).putLong(position).putLong(nanos).put((byte) 0).flip());
    hash.update(stream.getBytes(StandardCharsets.UTF_8));
    hash.update((byte) 0);
    hash.update(message.getBytes(StandardCharsets.UTF_8));
    hash.update((byte) 0);
    ByteBuffer digest = ByteBuffer.wrap(hash.digest(rest));
    long millis = Math.floorDiv(nanos, 1_000_000L);
    // Version 8 and variant 2 of RFC 9562: a UUID of one's own making.
    long high = (millis << 16) | 0x8000 | (digest.getLong() & 0xfff);
    long low = (digest.getLong() >>> 2) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
