package io.logcaster.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {

  private static final String TOKEN = "a-token-of-some-length";

  private static final String PEER = "192.0.2.7";

  private final Authenticator authenticator =
      SecurityTesting.authenticator(
          new SecurityProperties(
              "ops",
              "secret",
              null,
              List.of(
                  new SecurityProperties.Token("shipper", TOKEN, Set.of(Scope.INGEST)),
                  new SecurityProperties.Token(
                      "hashed",
                      "sha256:" + TokenDigest.of("another-token-of-length").hex(),
                      Set.of(Scope.QUERY))),
              List.of()));

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tokens_areAcceptedInEachShippersScheme() throws Exception {
    for (String header :
        List.of(
            "Bearer " + TOKEN,
            "bearer  " + TOKEN,
            "Splunk " + TOKEN,
            "ApiKey " + TOKEN,
            "ApiKey " + base64("id:" + TOKEN),
            "Basic " + base64("anybody:" + TOKEN),
            "Basic " + base64(":" + TOKEN))) {
      assertThat(authenticator.authorization(header, PEER))
          .as(header)
          .isEqualTo(new Identity("shipper", Set.of(Scope.INGEST)));
    }
    assertThat(authenticator.authorization("Bearer another-token-of-length", PEER).name())
        .isEqualTo("hashed");
    assertThat(authenticator.authorization("Basic " + base64("ops:secret"), PEER).may(Scope.ADMIN))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer x", "Digest a", "ApiKey !", "Basic !", "Splunk", "x"})
  void otherHeaders_haveNoOwner(String header) throws Exception {
    assertThat(authenticator.authorization(header, PEER)).isNull();
  }

  @Test
  void guessedPasswords_areNotCheckedAfterAWhile_tokensAre() throws Exception {
    for (int i = 0; i < FailureLimit.ALLOWED; i++) {
      assertThat(authenticator.password("ops:guess" + i, PEER)).isNull();
    }
    assertThatThrownBy(() -> authenticator.password("ops:secret", PEER))
        .isInstanceOf(TooManyFailuresException.class);
    assertThat(authenticator.password("x:" + TOKEN, PEER)).isNotNull();
    assertThat(authenticator.password("ops:secret", "192.0.2.8")).isNotNull();
  }

  @Test
  void wrongCredentialsOfOthers_behindTheSameAddress_lockNoOneOut() throws Exception {
    for (int i = 0; i < 10 * FailureLimit.ALLOWED; i++) {
      assertThat(authenticator.password("fluent:old-token-" + i, PEER)).isNull();
      assertThat(authenticator.authorization("Bearer old-token-" + i, PEER)).isNull();
    }
    assertThat(authenticator.password("ops:secret", PEER)).isNotNull();
  }

  @Test
  void failures_areForgottenWithTime_andRememberedForFewAddresses() throws Exception {
    TestClock clock = new TestClock(Instant.parse("2026-11-21T09:00:00Z"));
    FailureLimit limit = new FailureLimit(clock);
    for (int i = 0; i < FailureLimit.ALLOWED; i++) {
      limit.failed(PEER);
    }
    assertThatThrownBy(() -> limit.check(PEER)).isInstanceOf(TooManyFailuresException.class);
    clock.advance(Duration.ofSeconds(FailureLimit.SECONDS_EACH));
    limit.check(PEER);
    for (int i = 0; i < FailureLimit.ADDRESSES + 10; i++) {
      limit.failed("address " + i);
    }
    assertThat(limit.size()).isEqualTo(FailureLimit.ADDRESSES);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/records, INGEST",
    "POST, /_bulk, INGEST",
    "PUT, /logs/_bulk, INGEST",
    "GET, /_license, INGEST",
    "POST, /loki/api/v1/push, INGEST",
    "POST, /v1/logs, INGEST",
    "POST, /services/collector/event, INGEST",
    "POST, /insert/jsonline, INGEST",
    "POST, /gelf, INGEST",
    "POST, /api/prom/push, INGEST",
    "POST, /logs/_doc, INGEST",
    "POST, /logs/_doc/, INGEST",
    "PUT, /logs/_create/7, INGEST",
    "POST, /logs/_refresh, INGEST",
    "HEAD, /logs, INGEST",
    "PUT, /logs, INGEST",
    "POST, /, INGEST",
    "POST, /api/v1/marks, INGEST",
    "GET, /api/v1/marks, QUERY",
    "DELETE, /api/v1/marks/1, ADMIN",
    "POST, /api/v1/marks/1, ADMIN",
    "GET, /api/v1/templates, QUERY",
    "POST, /api/v1/patterns/compare, QUERY",
    "POST, /api/v1/patterns/variable, QUERY",
    "GET, /api/v1/compare, QUERY",
    "POST, /api/v1/compare/curves, QUERY",
    "GET, /logs, QUERY",
    "DELETE, /logs, ADMIN",
    "POST, /logs/_delete_by_query, ADMIN",
    "PUT, /actuator/loggers, ADMIN",
    "GET, /api/v1/query, QUERY",
    "POST, /api/v1/query, QUERY",
    "POST, /api/v1/query/stages, QUERY",
    "POST, /api/v1/capsules, QUERY",
    "POST, /api/v1/query/stagesx, ADMIN",
    "POST, /api/v1/stream_ids, QUERY",
    "POST, /select/logsql/query, QUERY",
    "GET, /api/v1/alerts/rules, QUERY",
    "GET, /actuator/prometheus, QUERY",
    "POST, /api/v1/alerts/rules, ADMIN",
    "PUT, /api/v1/filter, ADMIN",
    "POST, /api/v1/delete, ADMIN",
    "GET, /api/v1/tokens, ADMIN",
    "POST, /gelfish, ADMIN",
    "POST, /api/v1/queryx, ADMIN"
  })
  void requests_needTheirScope(String method, String path, Scope scope) {
    assertThat(Scopes.of(method, path)).isEqualTo(scope);
  }

  @Test
  void tokenThatIsShort_orHasNoName_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecurityProperties.Token("x", "short", Set.of(Scope.INGEST)))
        .withMessageContaining("at least 16 characters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecurityProperties.Token("x", "sha256:12", Set.of(Scope.INGEST)))
        .withMessageContaining("64 hexadecimal digits");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecurityProperties.Token(null, TOKEN, Set.of(Scope.INGEST)))
        .withMessageContaining("name is missing");
  }
}
