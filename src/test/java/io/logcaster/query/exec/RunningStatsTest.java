package io.logcaster.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.Records;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Running stats, and pipes that replace rows or take them from elsewhere. */
class RunningStatsTest {

  private static Records records() {
    return new Records()
        .add(Map.of("_time", "2026-03-04T00:00:03Z", "app", "web", "n", "10"))
        .add(Map.of("_time", "2026-03-04T00:00:01Z", "app", "web", "n", "2", "m", "x"))
        .add(Map.of("_time", "2026-03-04T00:00:02Z", "app", "db", "n", "y"))
        .add(Map.of("_time", "2026-03-04T00:00:04Z", "app", "db"));
  }

  private static List<String> results(String query) throws IOException {
    return records().rows(query + " | sort by (_time) | fields _time, r").stream()
        .map((row) -> row.getOrDefault("r", ""))
        .toList();
  }

  /** Results in the order of time, separated by slashes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          running_stats count() r              | 1/2/3/4
          running_stats count(m) r             | 1/1/1/1
          running_stats sum(n) r               | 2/2/12/12
          running_stats sum(m) r               | NaN/NaN/NaN/NaN
          running_stats min(n) r               | 2/2/2/
          running_stats max(n) r               | 2/y/y/y
          running_stats first(n) r             | 2/2/2/2
          running_stats last(n) r              | 2/y/10/
          running_stats by (app) sum(n) as r   | 2/NaN/12/NaN
          running_stats (app, m) count() r     | 1/1/1/2
          running_stats by (_time:2s) count() r | 1/1/2/1
          total_stats count() r                | 4/4/4/4
          total_stats by (app) sum(n) as r     | 12/NaN/12/NaN
          total_stats last(n) r                | ///
          total_stats by (app) first(n) r      | 2/y/2/y
          """)
  void results_followTime(String pipe, String expected) throws IOException {
    assertThat(String.join("/", results("* | " + pipe))).isEqualTo(expected);
    assertThat(String.join("/", results("* | sort by (_time desc) | " + pipe))).isEqualTo(expected);
  }

  @Test
  void results_mayReplaceFields() throws IOException {
    assertThat(records().rows("app:web | fields n, _time | running_stats sum(n) n | fields n"))
        .containsExactly(Map.of("n", "2"), Map.of("n", "12"));
  }

  @Test
  void shares_areCalculatedWithTotals() throws IOException {
    assertThat(
            records()
                .rows(
                    "* | stats by (app) count() c | total_stats sum(c) t"
                        + " | math c / t as part | fields app, part"))
        .containsExactlyInAnyOrder(
            Map.of("app", "web", "part", "0.5"), Map.of("app", "db", "part", "0.5"));
  }

  @Test
  void manyRows_comeInSeveralFrames() throws IOException {
    Records records = new Records();
    IntStream.range(0, 10_000).forEach((i) -> records.add(Map.of("n", "1", "g", "" + i % 3)));
    assertThat(records.rows("* | running_stats by (g) sum(n) s | stats max(s) m"))
        .containsExactly(Map.of("m", "3334"));
    assertThat(records.rows("* | total_stats count() s | stats by (s) count() c"))
        .containsExactly(Map.of("s", "10000", "c", "10000"));
  }

  @Test
  void sequences_takeThePlaceOfRows() throws IOException {
    assertThat(records().rows("nothing | generate_sequence 10K | stats count() c, max(_msg) m"))
        .containsExactly(Map.of("c", "10000", "m", "9999"));
    assertThat(records().rows("* | generate_sequence 1000000000000 | limit 1"))
        .containsExactly(Map.of("_msg", "0"));
  }

  @Test
  void streams_madeOfFields_areFiltered() throws IOException {
    assertThat(records().rows("* | set_stream_fields n, a* | {app=web,n=2} | fields _stream"))
        .containsExactly(Map.of("_stream", "{app=\"web\",n=\"2\"}"));
    assertThat(records().rows("* | set_stream_fields nosuch | uniq by (_stream, _stream_id)"))
        .containsExactly(Map.of("_stream", "{}"));
    assertThat(records().rows("n:2 | set_stream_fields if (n:10) n | fields _stream"))
        .containsExactly(Map.of("_stream", "{app=\"web\"}"));
  }

  @Test
  void inlineRows_areRowsLikeOthers() throws IOException {
    assertThat(records().rows("n:2 | fields n | union rows({n=30,\"a b\":\"c\"},) | filter n:>1"))
        .containsExactlyInAnyOrder(Map.of("n", "2"), Map.of("n", "30", "a b", "c"));
  }

  @Test
  void queryStats_sayWhatWasRead() throws IOException {
    assertThat(records().rows("app:web | query_stats"))
        .singleElement()
        .satisfies(
            (row) -> {
              assertThat(row).containsEntry("RowsFound", "2").containsEntry("RowsProcessed", "4");
              assertThat(row).containsKeys("BlocksProcessed", "BytesReadTotal", "ValuesRead");
              assertThat(row).containsKey("QueryDurationNsecs");
            });
  }
}
