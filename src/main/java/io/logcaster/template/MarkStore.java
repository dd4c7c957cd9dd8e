package io.logcaster.template;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Repository;

/** The marks in the control database. Thread-safe. */
@Repository
class MarkStore implements Marks {

  /** Whoever may send records may set marks, so the oldest make room: years of daily deploys. */
  static final int MAX_MARKS = 10_000;

  private static final String SELECT = "SELECT id, text, at_nanos FROM mark ";

  private final JdbcClient jdbc;

  MarkStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Mark add(String text, Instant time) {
    KeyHolder keys = new GeneratedKeyHolder();
    jdbc.sql("INSERT INTO mark (text, at_nanos) VALUES (?, ?)")
        .params(List.of(text, nanos(time)))
        .update(keys, "id");
    Number key = keys.getKey();
    if (key == null) {
      throw new IllegalStateException("The database gave no id to a mark");
    }
    jdbc.sql("DELETE FROM mark WHERE id <= ?").param(key.longValue() - MAX_MARKS).update();
    return new Mark(key.longValue(), text, time);
  }

  @Override
  public Optional<Mark> find(long id) {
    return jdbc.sql(SELECT + "WHERE id = ?").param(id).query(MarkStore::mark).optional();
  }

  @Override
  public Optional<Mark> last(Instant until) {
    return jdbc.sql(SELECT + "WHERE at_nanos <= ? ORDER BY at_nanos DESC, id DESC LIMIT 1")
        .param(nanos(until))
        .query(MarkStore::mark)
        .optional();
  }

  @Override
  public List<Mark> between(Instant start, Instant end) {
    return jdbc.sql(SELECT + "WHERE at_nanos >= ? AND at_nanos < ? ORDER BY at_nanos, id")
        .params(List.of(nanos(start), nanos(end)))
        .query(MarkStore::mark)
        .list();
  }

  /** Deletes a mark; returns false if there is none. */
  boolean delete(long id) {
    return jdbc.sql("DELETE FROM mark WHERE id = ?").param(id).update() > 0;
  }

  private static Mark mark(ResultSet row, int number) throws SQLException {
    return new Mark(
        row.getLong("id"), row.getString("text"), KnownTemplate.instant(row.getLong("at_nanos")));
  }

  /** Nanoseconds since the epoch; times beyond 64 bits become the first or the last one. */
  private static long nanos(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    } catch (ArithmeticException ex) {
      return (time.getEpochSecond() < 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
