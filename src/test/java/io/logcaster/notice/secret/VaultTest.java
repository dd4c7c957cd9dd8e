package io.logcaster.notice.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

  @TempDir Path dir;

  @Test
  void encrypt_givesBackWhatWasEncrypted_evenAfterARestart() {
    String encrypted = vault().encrypt("c1/token", "s3cret-ü");

    assertThat(encrypted).startsWith("lc1:").doesNotContain("s3cret");
    assertThat(Vault.isEncrypted(encrypted)).isTrue();
    assertThat(vault().decrypt("c1/token", encrypted)).isEqualTo("s3cret-ü");
    assertThat(vault().encrypt("c1/token", "s3cret-ü")).isNotEqualTo(encrypted);
  }

  @Test
  void decrypt_inAnotherPlace_isRefused() {
    String encrypted = vault().encrypt("c1/token", "s3cret");

    assertThatThrownBy(() -> vault().decrypt("c2/token", encrypted))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void key_isReadableByItsOwnerOnly() throws Exception {
    vault().encrypt("p", "s");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
  }

  @Test
  void decrypt_withoutTheKey_saysWhatToDo() throws Exception {
    String encrypted = vault().encrypt("p", "s");
    Files.delete(key());

    assertThatThrownBy(() -> vault().decrypt("p", encrypted))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("secrets.key is missing; restore it");
    assertThat(key()).as("nothing is created by reading").doesNotExist();
  }

  @Test
  void decrypt_withAnotherKey_saysWhatToDo() throws Exception {
    String encrypted = vault().encrypt("p", "s");
    Files.delete(key());
    vault().encrypt("p", "other");

    assertThatThrownBy(() -> vault().decrypt("p", encrypted))
        .hasMessageContaining("encrypted with another key");
  }

  @Test
  void decrypt_withADamagedKey_saysWhatToDo() throws Exception {
    String encrypted = vault().encrypt("p", "s");
    for (String damage : new String[] {"", "no base64 !", "c2hvcnQ="}) {
      Files.writeString(key(), damage);
      assertThatThrownBy(() -> vault().decrypt("p", encrypted)).hasMessageContaining("is damaged");
      assertThatThrownBy(() -> vault().encrypt("p", "s")).hasMessageContaining("is damaged");
    }
  }

  @Test
  void decrypt_ofDamagedText_isRefused() {
    String encrypted = vault().encrypt("p", "s");
    String key = encrypted.substring(0, 13);
    for (String damaged : new String[] {key, key + "AAAA", encrypted + "A", key + "?", "lc1:x"}) {
      assertThatThrownBy(() -> vault().decrypt("p", damaged)).isInstanceOf(VaultException.class);
    }
  }

  private Path key() {
    return dir.resolve("secrets.key");
  }

  private Vault vault() {
    return new Vault(key());
  }
}
