package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.RecordBatch;
import io.logcaster.storage.InMemoryLogStorage;
import io.logcaster.storage.LogStorage;
import io.logcaster.storage.ScanRequest;
import io.logcaster.storage.ScanTrace;
import io.logcaster.storage.ScanTrace.Count;
import io.logcaster.storage.opensearch.SearchNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries give the same rows on OpenSearch, which looks up what it can, as in memory. */
class OpenSearchQueriesIT {

  private static final String[] STRANGE = {
    "",
    "ERROR",
    "NON_ERROR",
    "an ERROR, twice",
    "éERROR",
    "“ERROR”",
    "error",
    "Kelvin \u212a",
    "a=b",
    "=",
    "x".repeat(1023),
    "x".repeat(1024),
    "x".repeat(1024) + " ERROR",
    "tab\there \"quoted\" back\\slash",
    "日本 日本語 本",
    "w".repeat(300),
    "w".repeat(199) + " end",
    "line\nbreak",
    "0",
    "007",
    "10.0.0.1",
    "5 ms"
  };

  private static LogStorage suite;
  private static LogStorage strange;
  private static final InMemoryLogStorage SUITE = new InMemoryLogStorage(Long.MAX_VALUE);
  private static final InMemoryLogStorage STRANGE_SUITE = new InMemoryLogStorage(Long.MAX_VALUE);

  @BeforeAll
  static void fill() throws IOException {
    suite = SearchNode.storage("suite");
    for (RecordBatch batch : QuerySuite.batches()) {
      SUITE.append(batch).join();
      suite.append(batch).join();
    }
    strange = SearchNode.storage("strange");
    Records records = new Records();
    for (int i = 0; i < STRANGE.length; i++) {
      String other = STRANGE[(i * 7 + 3) % STRANGE.length];
      records.add(
          Map.of(
              "_msg",
              STRANGE[i],
              "level",
              other,
              "app",
              STRANGE[(i + 5) % STRANGE.length],
              "f",
              STRANGE[i],
              "a=b",
              other,
              "x.y *",
              other,
              "n",
              Integer.toString(i)));
    }
    STRANGE_SUITE.append(records.batch()).join();
    strange.append(records.batch()).join();
  }

  @AfterAll
  static void drop() throws IOException {
    suite.close();
    strange.close();
    SearchNode.drop("suite");
    SearchNode.drop("strange");
  }

  @Test
  void everyQueryOfTheSuite_agreesWithTheEngineInMemory() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (String query : QuerySuite.queries()) {
      softly
          .assertThat(Records.rows(suite, query))
          .as(query)
          .isEqualTo(Records.rows(SUITE, query))
          .isNotEmpty();
    }
    softly.assertAll();
  }

  @Test
  void filtersOfStrangeValues_findAndCountTheSameRecords() throws IOException {
    SoftAssertions softly = new SoftAssertions();
    for (String field : List.of("", "level:", "app:", "f:", "\"a=b\":", "\"x.y *\":", "none:")) {
      for (String filter :
          List.of(
              "ERROR",
              "\"ERROR, twice\"",
              "ERR*",
              "i(error)",
              "i(ERR*)",
              "=ERROR",
              "=\"\"",
              "=\"a=b\"",
              "=ERR*",
              "\"=\"",
              "*",
              "\"\"",
              "in(ERROR, \"a=b\")",
              "in(ERROR, \"\")",
              "contains_any(ERROR, 日本)",
              "contains_all(an, twice)",
              "seq(an, twice)",
              "~\"E.*R\"",
              ">=5",
              "本",
              "日本",
              "\"quoted\\\" back\"",
              "x*",
              "=" + "x".repeat(1023),
              "=" + "x".repeat(1024),
              "w*",
              "w".repeat(300),
              "w".repeat(199),
              "i(k)")) {
        for (String not : List.of("", "!")) {
          String query = not + field + filter;
          check(softly, strange, STRANGE_SUITE, query + " | sort by (n) | fields n, f");
          check(softly, strange, STRANGE_SUITE, query + " | stats count() c");
          check(softly, strange, STRANGE_SUITE, query + " | stats by (f) count() c | sort by (f)");
        }
      }
    }
    check(softly, strange, STRANGE_SUITE, "{app=\"ERROR\"} or {app=\"\"} | sort by (n)");
    check(softly, strange, STRANGE_SUITE, "{app!=\"ERROR\"} | sort by (n)");
    check(softly, strange, STRANGE_SUITE, "{app=\"=\"} | stats count() c");
    check(
        softly,
        strange,
        STRANGE_SUITE,
        "* | stats by (_stream, level) count() c | sort by (_stream, level)");
    softly.assertAll();
  }

  private static void check(
      SoftAssertions softly, LogStorage storage, LogStorage memory, String query)
      throws IOException {
    softly
        .assertThat(Records.rows(storage, query))
        .as(query)
        .isEqualTo(Records.rows(memory, query));
  }

  @Test
  void counts_readNoRecords() throws IOException {
    for (String query :
        List.of(
            "* | stats by (app, level) count() n",
            "level:ERROR | stats by (_time:1d) count() n",
            "took !level:INFO | stats by (_time:10m, app) count() n",
            "{app=\"app-1\"} | top 2 by (level)",
            "ms:=17 | stats by (day) count() n",
            "\"took 17 ms\" | stats count() n",
            "\"logged in, session\" | stats by (app) sum(ms) s, quantile(0.9, ms) q",
            "level:ERROR | stats by (app) avg(ms) a, min(ms) b, max(ms) c, count_uniq(day) d",
            "level:ERROR | uniq by (ms) with hits",
            "level:ERROR | field_values ms",
            "level:ERROR | field_names",
            "took | facets")) {
      ScanTrace trace = Records.trace(suite, query);
      assertThat(trace.get(Count.BLOCKS_COUNTED)).as(query).isPositive();
      assertThat(trace.get(Count.BLOCKS_READ)).as(query).isZero();
    }
    ScanTrace last = Records.trace(suite, "took | sort by (_time desc) limit 5");
    assertThat(last.get(Count.BYTES_READ)).isPositive().isLessThan(100_000);
  }

  @Test
  void deletionByFilter_deletesTheSameRecords() throws IOException {
    InMemoryLogStorage memory = new InMemoryLogStorage(Long.MAX_VALUE);
    QueryEngine engine = new QueryEngine(memory, Records.CLOCK, QueryLimits.defaults());
    RecordBatch batch = QuerySuite.batches().getFirst();
    memory.append(batch).join();
    try (LogStorage storage = SearchNode.storage("deletion")) {
      storage.append(batch).join();
      ScanRequest gone = ScanRequest.all().where(engine.filter("level:WARN or app:app-5"));
      assertThat(storage.delete(gone)).isEqualTo(memory.delete(gone)).isPositive();
      String query = "* | stats by (app, level) count() n | sort by (app, level)";
      assertThat(Records.rows(storage, query)).isEqualTo(Records.rows(memory, query)).isNotEmpty();
    } finally {
      SearchNode.drop("deletion");
    }
  }
}
