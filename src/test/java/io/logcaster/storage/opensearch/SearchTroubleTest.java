package io.logcaster.storage.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.security.Certificates;
import io.logcaster.storage.Batches;
import io.logcaster.storage.opensearch.FakeCluster.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is acknowledged is stored once, whatever a cluster answers; so is nothing else. */
class SearchTroubleTest {

  private static final long NOON = 1_770_000_000_000_000_000L;

  @TempDir Path directory;

  private static RecordBatch batch(String... messages) {
    return Batches.of(
        Arrays.stream(messages)
            .map((message) -> new LogRecord(NOON, 9, message, List.of()))
            .toArray(LogRecord[]::new));
  }

  private static void store(OpenSearchLogStorage storage, RecordBatch batch) {
    assertThat(storage.append(batch)).succeedsWithin(1, TimeUnit.MINUTES);
  }

  @ParameterizedTest
  @CsvSource({
    "429, rejected_execution_exception",
    "503, unavailable_shards_exception",
    "403, cluster_block_exception"
  })
  void documents_thatFindNoRoom_areSentAgainUntilTheyAreStored(int status, String type)
      throws IOException {
    try (FakeCluster cluster = new FakeCluster(false, "3.8.0", null);
        OpenSearchLogStorage storage = OpenSearchLogStorage.open(cluster.options())) {
      AtomicInteger refusals = new AtomicInteger(7);
      cluster.refusal =
          (document) ->
              (document.path("n").asLong() % 2 == 0 && refusals.getAndDecrement() > 0)
                  ? new Answer(status, type)
                  : null;
      store(storage, batch("a", "b", "c", "d", "e"));
      assertThat(refusals.get()).isNotPositive();
      assertThat(cluster.messages()).containsExactly("a", "b", "c", "d", "e");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 401})
  void requests_thatAreRefusedForNow_areSentAgain(int status) throws IOException {
    try (FakeCluster cluster = new FakeCluster(false, "3.8.0", null);
        OpenSearchLogStorage storage = OpenSearchLogStorage.open(cluster.options())) {
      AtomicInteger refusals = new AtomicInteger(2);
      cluster.fault =
          (method, path, authorization) ->
              (path.endsWith("/_bulk") && refusals.getAndDecrement() > 0)
                  ? new Answer(status, "{\"error\":\"not now\"}")
                  : null;
      store(storage, batch("a", "b"));
      assertThat(refusals.get()).isNotPositive();
      assertThat(cluster.messages()).containsExactly("a", "b");
    }
  }

  @Test
  void documents_whoseAnswersWereLost_areStoredOnce() throws IOException {
    try (FakeCluster cluster = new FakeCluster(false, "3.8.0", null);
        OpenSearchLogStorage storage = OpenSearchLogStorage.open(cluster.options())) {
      cluster.lostAnswers.set(2);
      store(storage, batch("a", "b", "c"));
      assertThat(cluster.lostAnswers.get()).isNotPositive();
      assertThat(cluster.messages()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void documentThatIsRefusedForGood_failsItsBatch_andNoOther() throws IOException {
    try (FakeCluster cluster = new FakeCluster(false, "3.8.0", null);
        OpenSearchLogStorage storage = OpenSearchLogStorage.open(cluster.options())) {
      cluster.refusal = SearchTroubleTest::conflict;
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(storage.append(batch("good " + i, (i % 5 == 3) ? "bad" : "fine " + i)));
      }
      for (int i = 0; i < 20; i++) {
        if (i % 5 == 3) {
          assertThat(answers.get(i))
              .failsWithin(1, TimeUnit.MINUTES)
              .withThrowableThat()
              .withMessageContaining("mapper_parsing_exception");
          assertThat(cluster.messages()).doesNotContain("good " + i);
        } else {
          assertThat(answers.get(i)).succeedsWithin(1, TimeUnit.MINUTES);
          assertThat(cluster.messages()).contains("good " + i, "fine " + i);
        }
      }
      assertThat(cluster.messages()).hasSize(32).doesNotHaveDuplicates();
      assertThat(storage.stats().records()).isEqualTo(32);
    }
  }

  private static Answer conflict(JsonNode document) {
    return document.path("message").asString("").equals("bad")
        ? new Answer(400, "mapper_parsing_exception")
        : null;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void secureCluster_isTrustedByItsOwnAuthority_andGivenTheCredentials(boolean withUser)
      throws Exception {
    Certificates certificates = new Certificates(directory, "search");
    Path ca = certificates.certificate(directory.resolve("ca.pem"));
    Path other =
        new Certificates(directory, "elsewhere").certificate(directory.resolve("other.pem"));
    Path secret = Files.writeString(directory.resolve("secret"), "s3cret\n");
    Path wrong = Files.writeString(directory.resolve("wrong"), "guess");
    String expected =
        withUser
            ? "Basic "
                + Base64.getEncoder()
                    .encodeToString("logcaster:s3cret".getBytes(StandardCharsets.UTF_8))
            : "ApiKey s3cret";
    String user = withUser ? "logcaster" : null;
    try (FakeCluster cluster = new FakeCluster(true, "9.2.1", certificates.server())) {
      cluster.fault =
          (method, path, authorization) ->
              authorization.equals(expected) ? null : new Answer(401, "security_exception");
      URI url = cluster.options().urls().getFirst();
      try (OpenSearchLogStorage storage =
          OpenSearchLogStorage.open(options(url, user, secret, ca))) {
        store(storage, batch("a"));
      }
      assertThat(cluster.messages()).containsExactly("a");
      assertThatThrownBy(() -> OpenSearchLogStorage.open(options(url, user, secret, other)))
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining("certification path");
      assertThatThrownBy(() -> OpenSearchLogStorage.open(options(url, user, wrong, ca)))
          .hasMessageContaining("401")
          .hasMessageNotContaining("guess");
    }
  }

  private static OpenSearchOptions options(URI url, String user, Path secret, Path ca) {
    OpenSearchOptions known = OpenSearchOptions.of(url);
    return new OpenSearchOptions(
        known.urls(),
        user,
        secret,
        ca,
        known.prefix(),
        1,
        0,
        known.writers(),
        known.timeout(),
        known.rolloverSize());
  }
}
