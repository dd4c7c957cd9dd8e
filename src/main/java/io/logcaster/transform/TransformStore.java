package io.logcaster.transform;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The versions of the transforms in the control database. Thread-safe. */
@Repository
class TransformStore {

  /** Older versions are deleted. */
  static final int MAX_VERSIONS = 500;

  private static final int MAX_AUTHOR = 200;

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Clock clock;

  TransformStore(JdbcClient jdbc, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  /**
   * A version.
   *
   * @param author who set it; empty if nobody signed in
   * @param copyOf the version of which it is a copy; null for none
   */
  record Version(long version, Instant time, String author, @Nullable Long copyOf) {}

  /** A version with its transforms. */
  record Stored(long version, List<TransformDefinition> transforms) {}

  Optional<Stored> latest() {
    return jdbc.sql(
            "SELECT version, body FROM transform_version ORDER BY version DESC"
                + " FETCH FIRST 1 ROWS ONLY")
        .query((row, number) -> new Stored(row.getLong("version"), read(row.getString("body"))))
        .optional();
  }

  Optional<Stored> find(long version) {
    return jdbc.sql("SELECT version, body FROM transform_version WHERE version = ?")
        .param(version)
        .query((row, number) -> new Stored(row.getLong("version"), read(row.getString("body"))))
        .optional();
  }

  private List<TransformDefinition> read(String body) {
    return List.of(json.readValue(body, TransformDefinition[].class));
  }

  /** The versions, the newest first. */
  List<Version> versions() {
    return jdbc.sql(
            "SELECT version, created_at, author, copy_of FROM transform_version"
                + " ORDER BY version DESC")
        .query(
            (row, number) ->
                new Version(
                    row.getLong("version"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getString("author"),
                    row.getObject("copy_of", Long.class)))
        .list();
  }

  void add(
      long version, List<TransformDefinition> transforms, String author, @Nullable Long copyOf) {
    jdbc.sql(
            "INSERT INTO transform_version (version, body, created_at, author, copy_of)"
                + " VALUES (?, ?, ?, ?, ?)")
        .param(version)
        .param(json.writeValueAsString(transforms))
        .param(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .param((author.length() <= MAX_AUTHOR) ? author : author.substring(0, MAX_AUTHOR))
        .param(copyOf)
        .update();
    jdbc.sql("DELETE FROM transform_version WHERE version <= ?")
        .param(version - MAX_VERSIONS)
        .update();
  }
}
