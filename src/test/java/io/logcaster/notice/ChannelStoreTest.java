package io.logcaster.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.alert.rule.ControlDb;
import io.logcaster.notice.channel.ChannelKind;
import io.logcaster.notice.channel.DeliveryException;
import io.logcaster.notice.channel.Notices;
import io.logcaster.notice.secret.SecretOptions;
import io.logcaster.notice.secret.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelStoreTest {

  @TempDir Path dir;

  private final ControlDb db = new ControlDb();

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void secrets_areEncryptedInTheDatabase() {
    store().put(channel());

    String stored =
        db.jdbc().sql("SELECT options FROM notice_channel").query(String.class).single();
    assertThat(stored).contains("\"url\":\"https://h/\"").doesNotContain("s3cret", "t0ken");
    assertThat(store().find("c1")).hasValue(channel());
    assertThat(store().all()).containsExactly(channel());
  }

  @Test
  void missingKey_isSaidInsteadOfCrashing_andMayBePutBack() throws Exception {
    store().put(channel());
    Path key = dir.resolve("secrets.key");
    Files.move(key, dir.resolve("away"));

    StoredChannel broken = store().find("c1").orElseThrow();
    assertThat(broken.error()).contains("secrets.key is missing");
    assertThat(broken.masked().toString()).doesNotContain("lc1:").contains(SecretOptions.MASK);
    assertThat(store().enabled()).containsExactly("c1");
    Channels channels = new Channels(store(), Notices.transports(false), null);
    assertThatThrownBy(() -> channels.open("c1"))
        .isInstanceOfSatisfying(
            DeliveryException.class, (failure) -> assertThat(failure.isPermanent()).isFalse())
        .hasMessageContaining("is missing");
    Files.move(dir.resolve("away"), key);
    assertThat(channels.open("c1")).isNotNull();
  }

  @Test
  void usableChannels_areThoseThatExistAndAreEnabled() {
    store().put(channel());
    store().put(new StoredChannel("c2", "n", ChannelKind.LOG, new TreeMap<>(), false, null));
    store().put(new StoredChannel("c3", "n", ChannelKind.LOG, new TreeMap<>(), true, null));
    Channels channels = new Channels(store(), Notices.transports(false), null);

    assertThat(channels.usable(List.of("*"), Set.of())).containsExactlyInAnyOrder("c1", "c3");
    assertThat(channels.usable(List.of("c3", "c2", "gone", "settings", "c1", "*"), Set.of()))
        .containsExactly("c3", "c1");
    assertThatThrownBy(() -> channels.open("c2")).hasMessage("The channel is disabled");
    assertThatThrownBy(() -> channels.open("gone")).hasMessage("The channel was deleted");
  }

  private ChannelStore store() {
    return new ChannelStore(db.jdbc(), new Vault(dir.resolve("secrets.key")));
  }

  private static StoredChannel channel() {
    Map<String, Object> options =
        Map.of(
            "url", "https://h/",
            "secret", "s3cret",
            "headers", new TreeMap<>(Map.of("Authorization", "t0ken")));
    return new StoredChannel("c1", "n", ChannelKind.WEBHOOK, new TreeMap<>(options), true, null);
  }
}
