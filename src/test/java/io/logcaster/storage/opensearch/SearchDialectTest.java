package io.logcaster.storage.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.record.LogRecord;
import io.logcaster.storage.Batches;
import io.logcaster.storage.ScanRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** OpenSearch and Elasticsearch are told apart, and each is asked in its own way. */
class SearchDialectTest {

  private static final long NOON = 1_770_000_000_000_000_000L;

  @ParameterizedTest
  @CsvSource({"true, 8.0.0", "true, 8.19.0", "true, 9.2.1", "false, 2.19.0", "false, 3.8.0"})
  void records_areStoredAndFound_inTheWordsOfTheServer(boolean isElasticsearch, String version)
      throws IOException {
    try (FakeCluster cluster = new FakeCluster(isElasticsearch, version, null);
        OpenSearchLogStorage storage = OpenSearchLogStorage.open(cluster.options())) {
      LogRecord[] records =
          IntStream.range(0, 250)
              .mapToObj((i) -> new LogRecord(NOON + i, 9, "m" + i, List.of()))
              .toArray(LogRecord[]::new);
      assertThat(storage.append(Batches.of(records))).succeedsWithin(1, TimeUnit.MINUTES);
      List<String> found = new ArrayList<>();
      storage.scan(
          ScanRequest.all().inOrder(ScanRequest.Order.OLDEST_FIRST),
          (batch, rows, worker) -> {
            batch.select(rows).records().forEach((record) -> found.add(record.message()));
            return true;
          });
      assertThat(found).hasSize(250).doesNotHaveDuplicates();
      assertThat(cluster.openPointsInTime()).isEmpty();
      assertThat(cluster.complaints).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "{\"version\":{\"number\":\"7.17.3\"}}, compatibility.override_main_response_version",
    "'{\"version\":{\"number\":\"1.3.0\",\"distribution\":\"opensearch\"}}', 2.4 or later",
    "{\"hello\":\"world\"}, neither OpenSearch nor Elasticsearch"
  })
  void root_ofAServerThatCannotBeUsed_isRefused(String root, String why) {
    assertThatThrownBy(() -> SearchDialect.of(new JsonMapper().readTree(root)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  @Test
  void mediaTypes_beforeTheServerIsKnown_areThoseOfAll() {
    assertThat(SearchDialect.UNKNOWN.mediaType("json")).isEqualTo("application/json");
  }
}
