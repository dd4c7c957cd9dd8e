package io.logcaster.notice.secret;

import static io.logcaster.notice.secret.SecretOptions.MASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.system.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SecretOptionsTest {

  private static final List<Given> OPTIONS =
      List.of(
          new Given("url", false, true, "https://a.example.org"),
          new Given("token", true, false, null),
          new Given("headers", true, false, null));

  private static final Map<String, Object> KNOWN =
      Map.of("token", "t-1", "headers", Map.of("Authorization", "h-1"));

  private record Given(String name, boolean secret, boolean address, @Nullable Object fallback)
      implements SecretOption {}

  @Test
  void masked_hidesTextsAndTheValuesOfMaps() {
    assertThat(SecretOptions.masked(OPTIONS, Map.of("url", "https://b", "token", "t")))
        .isEqualTo(Map.of("url", "https://b", "token", MASK));
    assertThat(SecretOptions.masked(OPTIONS, KNOWN))
        .isEqualTo(Map.of("token", MASK, "headers", Map.of("Authorization", MASK)));
  }

  @Test
  void unmasked_keepsWhatIsMasked_andTakesWhatIsNew() {
    Map<String, Object> given =
        Map.of("token", "t-2", "headers", Map.of("Authorization", MASK, "X-Other", "new"));
    assertThat(SecretOptions.unmasked(OPTIONS, given, KNOWN, null))
        .isEqualTo(
            Map.of("token", "t-2", "headers", Map.of("Authorization", "h-1", "X-Other", "new")));
  }

  @Test
  void unmasked_toAnotherAddress_isRefused_unlessSecretsAreGivenAgain() {
    assertRefused(
        Map.of("url", "https://b.example.org", "token", MASK),
        null,
        "Property 'options.token' must be given again, because 'url' has changed.");
    Map<String, Object> again = Map.of("url", "https://b.example.org", "token", "t-2");
    assertThat(SecretOptions.unmasked(OPTIONS, again, KNOWN, null)).isEqualTo(again);
    assertThat(
            SecretOptions.unmasked(
                OPTIONS, Map.of("url", "https://a.example.org", "token", MASK), KNOWN, null))
        .containsEntry("token", "t-1");
  }

  @Test
  void unmasked_withoutAReadableSecret_isRefused() {
    assertRefused(
        Map.of("headers", Map.of("X-Other", MASK)),
        null,
        "Property 'options.headers/X-Other' must be given: there is none to keep.");
    assertRefused(
        Map.of("token", MASK), "the key is lost", "Property 'options.token' must be given again:");
  }

  @Test
  void redacted_hidesSecretsInTexts_butNoShortOnes() {
    Map<String, Object> values =
        Map.of("url", "https://b", "token", "abc", "headers", Map.of("Authorization", "h-123"));
    assertThat(SecretOptions.redacted(OPTIONS, values, "https://b refused h-123 of abc"))
        .isEqualTo("https://b refused *** of abc");
  }

  private static void assertRefused(
      Map<String, Object> given, @Nullable String error, String detail) {
    assertThatThrownBy(() -> SecretOptions.unmasked(OPTIONS, given, KNOWN, error))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(detail);
  }
}
