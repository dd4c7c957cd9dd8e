package io.logcaster.notice.delivery;

import io.logcaster.notice.channel.Notice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Stores notices that wait and dead letters in the control database. Thread-safe. */
public final class LetterStore {

  /** Dead letters that are kept; older ones are deleted. */
  static final int MAX_DEAD = 1_000;

  private static final int MAX_TITLE = 300;
  private static final int MAX_ERROR = 1_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JdbcClient jdbc;

  public LetterStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(String channel, Notice notice, String title, Instant now) {
    jdbc.sql(
            """
            INSERT INTO notice_delivery
              (channel_id, notice_id, title, body, attempts, due_at, dead, error, created_at)
            VALUES (?, ?, ?, ?, 0, ?, FALSE, '', ?)
            """)
        .params(
            channel,
            notice.id(),
            cut(title, MAX_TITLE),
            JSON.writeValueAsString(notice),
            time(now),
            time(now))
        .update();
  }

  /** The notice of a channel that is to be tried first. */
  Optional<Letter> first(String channel) {
    return jdbc.sql(
            """
            SELECT id, channel_id, body, attempts, due_at FROM notice_delivery
            WHERE NOT dead AND channel_id = ? ORDER BY id LIMIT 1
            """)
        .param(channel)
        .query(
            (row, number) ->
                new Letter(
                    row.getLong("id"),
                    row.getString("channel_id"),
                    JSON.readValue(row.getString("body"), Notice.class),
                    row.getInt("attempts"),
                    instant(row, "due_at")))
        .optional();
  }

  /** How many notices wait for each channel. */
  public Map<String, Long> waiting() {
    Map<String, Long> waiting = new TreeMap<>();
    jdbc.sql(
            "SELECT channel_id, COUNT(*) n FROM notice_delivery WHERE NOT dead GROUP BY channel_id")
        .query(
            (row) -> {
              waiting.put(row.getString("channel_id"), row.getLong("n"));
            });
    return waiting;
  }

  long waiting(String channel) {
    return jdbc.sql("SELECT COUNT(*) FROM notice_delivery WHERE NOT dead AND channel_id = ?")
        .param(channel)
        .query(Long.class)
        .single();
  }

  public long dead() {
    return jdbc.sql("SELECT COUNT(*) FROM notice_delivery WHERE dead").query(Long.class).single();
  }

  void remove(long id) {
    jdbc.sql("DELETE FROM notice_delivery WHERE id = ?").param(id).update();
  }

  void postpone(long id, int attempts, Instant due, String error) {
    jdbc.sql("UPDATE notice_delivery SET attempts = ?, due_at = ?, error = ? WHERE id = ?")
        .params(attempts, time(due), cut(error, MAX_ERROR), id)
        .update();
  }

  void bury(long id, int attempts, String error) {
    jdbc.sql("UPDATE notice_delivery SET attempts = ?, dead = TRUE, error = ? WHERE id = ?")
        .params(attempts, cut(error, MAX_ERROR), id)
        .update();
    jdbc.sql(
            """
            DELETE FROM notice_delivery WHERE dead AND id <=
              (SELECT id FROM notice_delivery WHERE dead ORDER BY id DESC LIMIT 1 OFFSET ?)
            """)
        .param(MAX_DEAD)
        .update();
  }

  /** Buries the notice that was added last, because too many wait. */
  void buryLatest(String channel, String error) {
    jdbc.sql(
            """
            SELECT id FROM notice_delivery WHERE NOT dead AND channel_id = ?
            ORDER BY id DESC LIMIT 1
            """)
        .param(channel)
        .query(Long.class)
        .optional()
        .ifPresent((id) -> bury(id, 0, error));
  }

  /** Buries all that waits for a channel, because it is gone. */
  void buryAll(String channel, String error) {
    jdbc.sql("UPDATE notice_delivery SET dead = TRUE, error = ? WHERE NOT dead AND channel_id = ?")
        .params(cut(error, MAX_ERROR), channel)
        .update();
  }

  /** The dead letters, the latest first. */
  public List<DeadLetter> deadLetters() {
    return jdbc.sql(
            """
            SELECT id, channel_id, notice_id, title, attempts, error, created_at
            FROM notice_delivery WHERE dead ORDER BY id DESC
            """)
        .query(
            (row, number) ->
                new DeadLetter(
                    row.getLong("id"),
                    row.getString("channel_id"),
                    row.getString("notice_id"),
                    row.getString("title"),
                    row.getInt("attempts"),
                    row.getString("error"),
                    instant(row, "created_at")))
        .list();
  }

  /** Lets a dead letter wait again; returns its channel, or nothing if there is no such letter. */
  Optional<String> revive(long id, Instant now) {
    Optional<String> channel =
        jdbc.sql("SELECT channel_id FROM notice_delivery WHERE dead AND id = ?")
            .param(id)
            .query(String.class)
            .optional();
    channel.ifPresent(
        (_) ->
            jdbc.sql(
                    "UPDATE notice_delivery SET dead = FALSE, attempts = 0, due_at = ? WHERE id ="
                        + " ?")
                .params(time(now), id)
                .update());
    return channel;
  }

  /** Deletes a dead letter; returns false if there is none. */
  public boolean deleteDead(long id) {
    return jdbc.sql("DELETE FROM notice_delivery WHERE dead AND id = ?").param(id).update() > 0;
  }

  private static OffsetDateTime time(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
