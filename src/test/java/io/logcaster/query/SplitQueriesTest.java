package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.exec.Peers;
import io.logcaster.query.exec.budget.ScanCounts;
import io.logcaster.query.exec.budget.Turn;
import io.logcaster.query.exec.frame.FrameCodec;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import io.logcaster.query.lang.Parser;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.InMemoryLogStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that are split among servers give the same answers as all of them on one. */
@Execution(ExecutionMode.CONCURRENT)
class SplitQueriesTest {

  private static QueryEngine one;

  private static List<QueryEngine> split;

  @BeforeAll
  static void fill() {
    List<RecordBatch> batches = QuerySuite.batches();
    one = engine(batches);
    split = Stream.of(1, 2, 3, 4).map((count) -> split(batches, count)).toList();
  }

  private static QueryEngine engine(List<RecordBatch> batches) {
    return new QueryEngine(storage(batches), Records.CLOCK, QueryLimits.defaults());
  }

  private static InMemoryLogStorage storage(List<RecordBatch> batches) {
    InMemoryLogStorage storage = new InMemoryLogStorage(Long.MAX_VALUE);
    batches.forEach((batch) -> storage.append(batch).join());
    return storage;
  }

  /** An engine with a part of the records, which asks {@code count} others. */
  private static QueryEngine split(List<RecordBatch> batches, int count) {
    Random random = new Random(count);
    List<List<RecordBatch>> parts = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      parts.add(new ArrayList<>());
    }
    for (RecordBatch batch : batches) {
      List<List<Integer>> rows = new ArrayList<>();
      parts.forEach((part) -> rows.add(new ArrayList<>()));
      for (int row = 0; row < batch.size(); row++) {
        rows.get(random.nextInt(count + 1)).add(row);
      }
      for (int i = 0; i <= count; i++) {
        parts.get(i).add(batch.gather(rows.get(i).stream().mapToInt(Integer::intValue).toArray()));
      }
    }
    List<QueryEngine> others = parts.stream().skip(1).map(SplitQueriesTest::engine).toList();
    return new QueryEngine(
        storage(parts.getFirst()),
        (question) -> new DirectAnswers(others, question),
        Records.CLOCK,
        QueryLimits.defaults());
  }

  /** Other servers without a network between: all that crosses it is written and read. */
  private static final class DirectAnswers implements Peers.Answers {

    private final ArrayDeque<Peers.Part> parts = new ArrayDeque<>();

    DirectAnswers(List<QueryEngine> engines, Peers.Question asked) {
      Peers.Question question =
          new Peers.Question(
              Parser.parse(asked.query().canonical(), List.of(), asked.query().options().hidden()),
              asked.minTime(),
              asked.maxTime(),
              asked.now(),
              asked.present(),
              asked.subqueries(),
              asked.columns(),
              asked.state());
      for (QueryEngine engine : engines) {
        ask(engine, question);
      }
    }

    private void ask(QueryEngine engine, Peers.Question question) {
      try {
        ScanCounts counts =
            engine.part(
                question,
                Duration.ofMinutes(1),
                (frame, rows, worker) ->
                    FrameCodec.write(
                        frame,
                        rows,
                        question.columns(),
                        (piece) -> {
                          synchronized (parts) {
                            parts.add(new Peers.Part.Rows(FrameCodec.read(input(piece))));
                          }
                          return true;
                        }),
                question.state()
                    ? (state) -> parts.add(new Peers.Part.State(input(state), state.length()))
                    : null,
                () -> false,
                Turn.ALWAYS);
        parts.add(Peers.Part.Ended.of(counts));
      } catch (IOException ex) {
        throw new UncheckedIOException(ex);
      }
    }

    private static StateInput input(StateOutput output) {
      return new StateInput(output.toByteArray());
    }

    @Override
    public Peers.Part next() {
      return parts.poll();
    }

    @Override
    public boolean isDone() {
      return parts.isEmpty();
    }

    @Override
    public void close() {
      // Nothing runs.
    }
  }

  private static List<Map<String, String>> rows(QueryEngine engine, String query)
      throws IOException {
    return engine.rows(engine.parse(query), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource("io.logcaster.query.QuerySuite#queries")
  void everyQuery_overSplitRecords_agreesWithOneServer(String query) throws IOException {
    List<Map<String, String>> expected = rows(one, query);
    for (QueryEngine engine : split) {
      assertThat(rows(engine, query)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "level:ERROR",
        "* | fields _time, app, missing",
        "* | stats by (app) min(ms) a, max(day) b, sum_len(_msg) c, stddev(ms) d"
            + " | math round(d, 0.000001) as d",
        "* | stats by (level) histogram(ms) h, count_uniq_hash(_msg) u, count_uniq(app, level) v",
        "* | stats by (app) row_min(_time, app, ms) a, row_max(_time) b, field_max(_time, ms) c",
        "* | stats by (app) quantile(0.9, ms) q, median(day) m, uniq_values(day) u",
        "* | stats by (app) json_values(_time, ms) sort by (_time) limit 5 as j",
        "* | stats sum(day) s, avg(ms) a, count() n, rate() r, rate_sum(ms) t",
        "nothing | stats count() n, sum(ms) s, max(ms) m, uniq_values(ms) u, count_uniq(ms) c",
        "nothing | stats by (app) count() n",
        "* | stats by (ms:50) count() n, sum(day) s",
        "* | stats by (day:0.1) count() n",
        "* | stats by (_time:7m offset 90s, level) count() if (ms:>250) n",
        "* | facets",
        "* | facets 3 max_values_per_field 50 keep_const_fields",
        "* | field_names",
        "* | field_values ms",
        "* | uniq by (app)",
        "* | uniq by (ms, level) with hits",
        "* | top 5 by (ms) rank as r",
        "ms:in(level:ERROR app:app-3 | fields ms) | stats by (level) count() n",
        "* | filter ms:in(day:3 | uniq by (ms)) | stats by (app) count() if (level:in(ms:7 |"
            + " fields level)) n",
        "level:WARN | join by (app) (level:ERROR | stats by (app) count() errors)",
        "ms:7 | union (ms:8 day:3)",
        "ms:7 | stream_context before 1 after 1",
        "* | sort by (_time) partition by (level) limit 2 rank as r",
        "* | sort by (_time desc) offset 10 limit 3 rank as r",
        "* | sort by (_time) | running_stats sum(ms) s, count() n | last 3 by (_time)",
        "options(time_offset=1h) _time:[2026-03-04T06:10Z, 2026-03-04T07:10Z) | stats count() n",
        "_time:45m | stats by (_time:5m) count() n",
        "* | math ms * 2 as twice, now() as present | stats max(twice) a, max(present) b",
        "* | extract \"user u<user> \" | stats by (user) count() n",
        "* | pattern | top 5 by (_pattern)",
        "{app=\"app-1\"} | uniq by (_stream, _stream_id)",
        "* | set_stream_fields level | uniq by (_stream)",
        "* | format \"<app>/<level>\" as \"a | b\" | top 4 by (\"a | b\")",
        "* | unroll by (ms) | stats count() n",
      })
  void everyRow_overSplitRecords_isThatOfOneServer(String query) throws IOException {
    List<Map<String, String>> expected = sorted(rows(one, query));
    for (QueryEngine engine : split) {
      assertThat(sorted(rows(engine, query))).isEqualTo(expected);
    }
  }

  private static List<Map<String, String>> sorted(List<Map<String, String>> rows) {
    return rows.stream().sorted(Comparator.comparing(Map::toString)).toList();
  }

  @Test
  void limit_overSplitRecords_holdsForAllTogether() throws IOException {
    for (QueryEngine engine : split) {
      assertThat(rows(engine, "* | limit 7")).hasSize(7);
      assertThat(rows(engine, "level:ERROR | offset 5 | limit 3")).hasSize(3);
      assertThat(rows(engine, "* | stats by (app) values(ms) limit 4 v")).hasSize(8);
    }
  }

  @Test
  void counts_bySteps_overSplitRecords_agreeWithOneServer() throws IOException {
    ParsedQuery query = one.parse("level:WARN");
    long width = 600_000_000_000L;
    long[] expected = steps(one, query, width);

    for (QueryEngine engine : split) {
      assertThat(steps(engine, query, width)).isEqualTo(expected);
    }
    assertThat(Arrays.stream(expected).sum()).isPositive();
  }

  private static long[] steps(QueryEngine engine, ParsedQuery query, long width)
      throws IOException {
    long[] counts = new long[12];
    engine
        .counts(query, List.of(), Records.START, width, counts.length, (away) -> {})
        .forEach((group) -> group.visit((step, count) -> counts[step] += count));
    return counts;
  }
}
