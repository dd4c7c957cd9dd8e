package io.logcaster.notice;

import io.logcaster.notice.channel.ChannelKind;
import io.logcaster.notice.secret.SecretOptions;
import io.logcaster.notice.secret.Vault;
import io.logcaster.notice.secret.VaultException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The channels, stored in the control database with encrypted secrets. They are read anew each
 * time: notices are rare, and the key may have been put back meanwhile. Thread-safe.
 */
final class ChannelStore {

  private static final String COLUMNS = "id, name, type, options, enabled";

  private final JdbcClient jdbc;
  private final Vault vault;

  ChannelStore(JdbcClient jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /** All channels, the oldest first. */
  List<StoredChannel> all() {
    return jdbc.sql("SELECT " + COLUMNS + " FROM notice_channel ORDER BY created_at, id")
        .query(this::channel)
        .list();
  }

  Optional<StoredChannel> find(String id) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM notice_channel WHERE id = ?")
        .param(id)
        .query(this::channel)
        .optional();
  }

  /** The ids of the channels that are enabled; needs no key. */
  List<String> enabled() {
    return jdbc.sql("SELECT id FROM notice_channel WHERE enabled ORDER BY created_at, id")
        .query(String.class)
        .list();
  }

  private StoredChannel channel(ResultSet row, int number) throws SQLException {
    String id = row.getString("id");
    ChannelKind kind = ChannelKind.of(row.getString("type")).orElseThrow();
    SortedMap<String, Object> options = StoredJson.object(row.getString("options"));
    StoredChannel encrypted =
        new StoredChannel(
            id, row.getString("name"), kind, options, row.getBoolean("enabled"), null);
    try {
      SortedMap<String, Object> plain =
          SecretOptions.replaced(
              kind.options(), options, (name, secret) -> vault.decrypt(id + "/" + name, secret));
      return new StoredChannel(id, encrypted.name(), kind, plain, encrypted.enabled(), null);
    } catch (VaultException ex) {
      return encrypted.broken(String.valueOf(ex.getMessage()));
    }
  }

  /**
   * Adds a channel or replaces the one with its id.
   *
   * @throws VaultException if its secrets cannot be encrypted
   */
  void put(StoredChannel channel) {
    SortedMap<String, Object> encrypted =
        SecretOptions.replaced(
            channel.kind().options(),
            channel.options(),
            (name, secret) -> vault.encrypt(channel.id() + "/" + name, secret));
    String options = StoredJson.MAPPER.writeValueAsString(encrypted);
    jdbc.sql(
            """
            MERGE INTO notice_channel (id, name, type, options, enabled)
            KEY (id) VALUES (?, ?, ?, ?, ?)
            """)
        .params(channel.id(), channel.name(), channel.kind().type(), options, channel.enabled())
        .update();
  }

  boolean remove(String id) {
    return jdbc.sql("DELETE FROM notice_channel WHERE id = ?").param(id).update() > 0;
  }

  int count() {
    return jdbc.sql("SELECT COUNT(*) FROM notice_channel").query(Integer.class).single();
  }
}
