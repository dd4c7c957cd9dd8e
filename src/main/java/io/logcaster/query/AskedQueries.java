package io.logcaster.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Remembers for {@link #KEPT} who asked which query over HTTP. Asking costs an entry of a bounded
 * map; what has changed goes to the control database at most once a minute, on a thread of its own.
 * Thread-safe.
 */
@Component
class AskedQueries implements QueryUses, AutoCloseable {

  static final Duration KEPT = Duration.ofDays(30);

  /** With texts of a usual length, about a megabyte. Beyond it, the oldest are forgotten. */
  static final int MAX_QUERIES = 2_000;

  /** Longer ones are made by programs, and differ each time. */
  static final int MAX_LENGTH = 2_000;

  private static final int MAX_ASKER = 200;
  private static final long SAVE_MILLIS = 60_000;
  private static final Logger LOG = LoggerFactory.getLogger(AskedQueries.class);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<Asked, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

  /** Held while rows are written, so that the end waits for them. */
  private final Object writing = new Object();

  private boolean loaded;
  private boolean saving;
  private long saved;

  private record Asked(String asker, String query) {

    String id() {
      try {
        byte[] text = (asker + "\0" + query).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
      } catch (NoSuchAlgorithmException ex) {
        throw new IllegalStateException("Every Java platform has SHA-256", ex);
      }
    }
  }

  private record Count(long times, long last, boolean changed) {}

  private record Row(Asked asked, long times, long last) {}

  AskedQueries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Notes that a query was asked.
   *
   * @param asker who signed in; null or empty if nobody did
   */
  void asked(@Nullable String asker, String query) {
    String text = query.strip();
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return;
    }
    String name = (asker == null) ? "" : asker;
    Asked key = new Asked(name.substring(0, Math.min(MAX_ASKER, name.length())), text);
    long now = clock.millis();
    synchronized (this) {
      Count old = counts.get(key);
      counts.put(key, new Count((old == null) ? 1 : old.times() + 1, now, true));
      trim();
      if (saving || now - saved < SAVE_MILLIS) {
        return;
      }
      saving = true;
      saved = now;
    }
    Thread.ofVirtual().name("asked-queries").start(this::save);
  }

  private void trim() {
    while (counts.size() > MAX_QUERIES) {
      counts.remove(counts.keySet().iterator().next());
    }
  }

  @Override
  public List<Use> uses() {
    load();
    long since = clock.millis() - KEPT.toMillis();
    List<Use> uses = new ArrayList<>();
    synchronized (this) {
      counts.forEach(
          (asked, count) -> {
            if (count.last() >= since) {
              uses.add(
                  new Use(
                      Kind.PERSON,
                      asked.asker(),
                      asked.query(),
                      count.times(),
                      Instant.ofEpochMilli(count.last())));
            }
          });
    }
    return uses;
  }

  /** Adds what was remembered before the start, once. */
  private void load() {
    synchronized (this) {
      if (loaded) {
        return;
      }
    }
    List<Row> rows =
        jdbc.sql(
                "SELECT asker, query, times, last_ms FROM asked_query WHERE last_ms >= ? ORDER BY"
                    + " last_ms DESC LIMIT ?")
            .params(List.of(clock.millis() - KEPT.toMillis(), MAX_QUERIES))
            .query(
                (row, number) ->
                    new Row(
                        new Asked(row.getString("asker"), row.getString("query")),
                        row.getLong("times"),
                        row.getLong("last_ms")))
            .list();
    synchronized (this) {
      if (loaded) {
        return;
      }
      loaded = true;
      Map<Asked, Count> recent = new LinkedHashMap<>(counts);
      counts.clear();
      for (Row row : rows.reversed()) {
        counts.put(row.asked(), new Count(row.times(), row.last(), false));
      }
      recent.forEach(
          (asked, count) ->
              counts.merge(
                  asked,
                  count,
                  (old, now) -> new Count(old.times() + now.times(), now.last(), true)));
      trim();
    }
  }

  /** Writes what has changed to the control database. */
  void save() {
    synchronized (writing) {
      write();
    }
  }

  private void write() {
    try {
      load();
      List<Row> changed = new ArrayList<>();
      synchronized (this) {
        counts.forEach(
            (asked, count) -> {
              if (count.changed()) {
                changed.add(new Row(asked, count.times(), count.last()));
              }
            });
        counts.replaceAll((asked, count) -> new Count(count.times(), count.last(), false));
      }
      for (Row row : changed) {
        write(row);
      }
      jdbc.sql("DELETE FROM asked_query WHERE last_ms < ?")
          .param(clock.millis() - KEPT.toMillis())
          .update();
    } catch (RuntimeException ex) {
      // Only the noise bill knows a little less.
      LOG.debug("The queries that were asked cannot be saved", ex);
    } finally {
      synchronized (this) {
        saving = false;
      }
    }
  }

  private void write(Row row) {
    String id = row.asked().id();
    int known =
        jdbc.sql("UPDATE asked_query SET times = ?, last_ms = ? WHERE id = ?")
            .params(List.of(row.times(), row.last(), id))
            .update();
    if (known == 0) {
      jdbc.sql("INSERT INTO asked_query (id, asker, query, times, last_ms) VALUES (?, ?, ?, ?, ?)")
          .params(List.of(id, row.asked().asker(), row.asked().query(), row.times(), row.last()))
          .update();
    }
  }

  @Override
  public void close() {
    boolean any;
    synchronized (this) {
      any = !counts.isEmpty();
    }
    if (any) {
      save();
    }
  }
}
