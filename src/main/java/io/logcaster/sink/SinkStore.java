package io.logcaster.sink;

import io.logcaster.notice.secret.SecretOptions;
import io.logcaster.notice.secret.Vault;
import io.logcaster.notice.secret.VaultException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sinks in the control database, with encrypted secrets, and those of the settings.
 * Thread-safe.
 */
final class SinkStore {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final TypeReference<TreeMap<String, Object>> OBJECT = new TypeReference<>() {};

  private static final String COLUMNS =
      "id, name, type, enabled, filter, from_time, batch_size, linger_millis, queue_bytes,"
          + " when_full, options";

  private final JdbcClient jdbc;
  private final Vault vault;
  private final SinkTypes types;
  private final List<SinkDefinition> settings;

  /**
   * @param settings the sinks that the settings describe
   */
  SinkStore(JdbcClient jdbc, Vault vault, SinkTypes types, List<SinkDefinition> settings) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.types = types;
    this.settings = List.copyOf(settings);
  }

  /** All sinks: those of the settings, then the oldest first. */
  List<SinkDefinition> all() {
    List<SinkDefinition> stored =
        jdbc.sql("SELECT " + COLUMNS + " FROM sink ORDER BY created_at, id")
            .query(this::definition)
            .list();
    List<SinkDefinition> all = new ArrayList<>(settings);
    all.addAll(stored);
    return all;
  }

  Optional<SinkDefinition> find(String id) {
    Optional<SinkDefinition> set = settings.stream().filter((one) -> one.id().equals(id)).findAny();
    if (set.isPresent()) {
      return set;
    }
    return jdbc.sql("SELECT " + COLUMNS + " FROM sink WHERE id = ?")
        .param(id)
        .query(this::definition)
        .optional();
  }

  private SinkDefinition definition(ResultSet row, int number) throws SQLException {
    String id = row.getString("id");
    SortedMap<String, Object> encrypted = JSON.readValue(row.getString("options"), OBJECT);
    SinkDefinition stored =
        new SinkDefinition(
            id,
            row.getString("name"),
            row.getString("type"),
            row.getBoolean("enabled"),
            row.getString("filter"),
            row.getString("from_time"),
            row.getInt("batch_size"),
            Duration.ofMillis(row.getLong("linger_millis")),
            row.getLong("queue_bytes"),
            WhenFull.of(row.getString("when_full")),
            encrypted,
            false,
            null);
    try {
      return stored.withOptions(
          secrets(
              stored.type(), encrypted, (name, secret) -> vault.decrypt(id + "/" + name, secret)));
    } catch (VaultException ex) {
      return stored.broken(String.valueOf(ex.getMessage()));
    }
  }

  private SortedMap<String, Object> secrets(
      String type, Map<String, Object> options, BinaryOperator<String> change) {
    return SecretOptions.replaced(
        types.find(type).map(SinkType::options).orElse(List.of()), options, change);
  }

  /**
   * Adds a sink or replaces the one with its id.
   *
   * @throws VaultException if its secrets cannot be encrypted
   */
  void put(SinkDefinition sink) {
    SortedMap<String, Object> encrypted =
        secrets(
            sink.type(),
            sink.options(),
            (name, secret) -> vault.encrypt(sink.id() + "/" + name, secret));
    jdbc.sql(
            """
            MERGE INTO sink (id, name, type, enabled, filter, from_time, batch_size, linger_millis,
              queue_bytes, when_full, options)
            KEY (id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            sink.id(),
            sink.name(),
            sink.type(),
            sink.enabled(),
            sink.filter(),
            sink.from(),
            sink.batchSize(),
            sink.linger().toMillis(),
            sink.maxBytes(),
            sink.whenFull().toString(),
            JSON.writeValueAsString(encrypted))
        .update();
  }

  boolean remove(String id) {
    return jdbc.sql("DELETE FROM sink WHERE id = ?").param(id).update() > 0;
  }

  /** Remembers over restarts whether a sink is paused; one of the settings forgets it. */
  void pause(String id, boolean paused) {
    jdbc.sql("UPDATE sink SET paused = ? WHERE id = ?").params(paused, id).update();
  }

  /** The ids of paused sinks. */
  List<String> paused() {
    return jdbc.sql("SELECT id FROM sink WHERE paused").query(String.class).list();
  }
}
