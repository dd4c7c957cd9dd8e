package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  @TempDir Path dir;

  private Certificates first;
  private Path certificate;
  private Path key;

  @BeforeEach
  void write() throws IOException, GeneralSecurityException {
    first = new Certificates(dir, "first");
    certificate = first.certificate(dir.resolve("cert.pem"));
    key = first.key(dir.resolve("key.pem"));
  }

  @Test
  void newFiles_areLoadedWhenTheyStayTheSame() throws Exception {
    try (Tls tls = SecurityTesting.tls(certificate, key, null)) {
      Certificates second = new Certificates(dir, "second");
      second.certificate(certificate);
      second.key(key);
      tls.look();
      tls.look();
      assertThat(tls.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=second");
      assertThat(tls.failure()).isEmpty();
    }
  }

  @Test
  void unusableFiles_keepTheOldCertificate_andAreReported() throws Exception {
    try (Tls tls = SecurityTesting.tls(certificate, key, null)) {
      new Certificates(dir, "second").certificate(certificate); // the key is still the first's
      tls.look();
      tls.look();
      assertThat(tls.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=first");
      assertThat(tls.failure()).contains("key.pem", "is not the key of the certificate");

      Files.delete(certificate);
      tls.look();
      assertThat(tls.failure()).contains("cert.pem does not exist");

      first.certificate(certificate);
      tls.look();
      tls.look();
      assertThat(tls.failure()).isEmpty();
    }
  }

  @Test
  void unusableFiles_stopTheStart_namingFileAndRemedy() throws IOException {
    assertRefused(dir.resolve("absent.pem"), key, "absent.pem does not exist", "openssl req");
    assertRefused(certificate, dir.resolve("no.pem"), "no.pem does not exist", "Correct the path");
    Path text = Files.writeString(dir.resolve("text.pem"), "hello");
    assertRefused(text, key, "text.pem contains no", "-----BEGIN CERTIFICATE-----");
    assertRefused(certificate, text, "text.pem", "private key");
    assertRefused(certificate, certificate, "cert.pem", "private key");
  }

  private static void assertRefused(Path certificate, Path key, String problem, String remedy) {
    assertThatThrownBy(() -> SecurityTesting.tls(certificate, key, null).close())
        .isInstanceOfSatisfying(
            TlsException.class,
            (failure) -> {
              var analysis = new TlsFailureAnalyzer().analyze(failure);
              assertThat(analysis.getDescription()).contains("logcaster.tls.", problem);
              assertThat(analysis.getAction()).contains(remedy);
            });
  }

  @Test
  void settingsThatDependOnEachOther_areNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsProperties(certificate, null, null, null, "1.2", true))
        .withMessageContaining("logcaster.tls.key is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsProperties(null, null, null, key, "1.2", true))
        .withMessageContaining("logcaster.tls.client-ca needs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TlsProperties(null, null, null, null, "1.1", true))
        .withMessageContaining("logcaster.tls.min-version must be 1.2 or 1.3");
    assertThat(new TlsProperties(null, null, null, null, "1.3", true).protocols())
        .containsExactly("TLSv1.3");
  }
}
