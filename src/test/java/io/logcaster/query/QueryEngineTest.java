package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.record.Bitmap;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.RowFilter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryEngineTest {

  private final Records records =
      new Records()
          .add(
              Map.of(
                  "_msg",
                  "connection refused by 10.0.0.1",
                  "app",
                  "web",
                  "level",
                  "ERROR",
                  "ms",
                  "12"))
          .add(Map.of("_msg", "request served", "app", "web", "level", "INFO", "ms", "3"))
          .add(Map.of("_msg", "disk almost full", "app", "db", "level", "WARN", "ms", "30"));

  @Test
  void filter_selectsRowsOfLiveBatches() {
    RowFilter filter = records.engine().filter("level:>=WARN");
    RecordBatch batch = records.batch();
    Bitmap rows = Bitmap.all(batch.size());
    filter.retain(batch, rows);
    assertThat(rows).hasToString("{0,2} of 3");
  }

  @Test
  void filter_withPipe_isRefusedAtThePipe() {
    assertThatThrownBy(() -> records.engine().filter("error | limit 1"))
        .isInstanceOfSatisfying(
            QuerySyntaxException.class,
            (error) -> {
              assertThat(error.code()).isEqualTo("query_syntax");
              assertThat(error.line()).isEqualTo(1);
              assertThat(error.column()).isEqualTo(7);
            });
  }

  @Test
  void rows_ofStats_areGrouped() throws IOException {
    assertThat(records.rows("* | stats by (app) count() n, sum(ms) total"))
        .containsExactlyInAnyOrder(
            Map.of("app", "web", "n", "2", "total", "15"),
            Map.of("app", "db", "n", "1", "total", "30"));
  }

  @Test
  void rows_beyondTheRange_areLeftOut() throws IOException {
    QueryEngine engine = records.engine();
    ParsedQuery query = engine.parse("* | count() n");
    assertThat(engine.rows(query, Records.START, Records.START)).containsExactly(Map.of("n", "1"));
  }

  @Test
  void statsColumns_areLabelsAndMetrics() {
    ParsedQuery query =
        records
            .engine()
            .parse(
                "error | stats by (app, _time:1m) count() value | filter value:>3 | sort by"
                    + " (value)");
    assertThat(query.statsColumns())
        .isEqualTo(new StatsColumns(List.of("app", "_time"), List.of("value"), Set.of()));
    assertThat(records.engine().parse("error | limit 5").statsColumns()).isNull();
  }

  @Test
  void live_runsRowWisePipes() {
    QueryEngine engine = records.engine();
    LiveQuery live = engine.live(engine.parse("app:=db | rename ms as duration | fields duration"));
    assertThat(live.rows(records.batch())).isEqualTo(List.of(Map.of("duration", "30")));
  }

  @Test
  void live_withPipeThatNeedsAllRows_isRefused() {
    QueryEngine engine = records.engine();
    assertThatThrownBy(() -> engine.live(engine.parse("* | sort by (ms)")))
        .isInstanceOf(QuerySyntaxException.class)
        .hasMessageContaining("sort by (ms)");
  }
}
