package io.logcaster.transform;

import static io.logcaster.transform.Chains.record;
import static io.logcaster.transform.Chains.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import io.logcaster.record.RecordBatch;
import io.logcaster.storage.SinkRouter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformChainTest {

  private final Chains chains = new Chains();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "extract | extract 'user=<user> ' | user=anna paid | user | anna",
        "extract_regexp | extract_regexp '(?P<n>[0-9]+)' | took 42 ms | n | 42",
        "unpack_json | unpack_json | {\\'a\\':{\\'b\\':1}} | a.b | 1",
        "unpack_logfmt | unpack_logfmt | a=1 b=two | b | two",
        "unpack_syslog | unpack_syslog | <34>1 2026-11-21T12:00:00Z h a - - - hi | hostname | h",
        "copy | copy _msg as text | hello | text | hello",
        "rename | rename _msg as text | hello | text | hello",
        "format | format '<app>/<host>' as place | hello | place | shop/h1",
        "replace | replace ('a', 'o') | banana | _msg | bonono",
        "replace_regexp | replace_regexp ('[0-9]+', 'N') | id 17 of 20 | _msg | id N of N",
        "math | math 2 * 21 as answer | hello | answer | 42",
        "decolorize | decolorize | a \u001b[31mred\u001b[0m hat | _msg | a red hat",
        "delete | delete host | hello | host | ``",
        "drop_empty_fields | drop_empty_fields | hello | _msg | hello",
      })
  void pipe_changesTheRecord(
      String action, String pipe, String message, String field, String value) {
    TransformChain chain =
        chains.chain(
            "[{'name':'t','action':'%s','options':{'pipe':'%s'}}]"
                .formatted(action, pipe.replace("'", "\\'")));

    Map<String, String> row = run(chain, record(message.replace("\\'", "\""))).getFirst();

    assertThat(row.getOrDefault(field, "")).isEqualTo(value);
  }

  @Test
  void transform_withFilter_leavesOtherRecordsAlone() {
    TransformChain chain =
        chains.chain(
            "[{'name':'t','filter':'paid','action':'extract',"
                + "'options':{'pipe':'extract \\'user=<user> \\''}}]");

    assertThat(run(chain, record("user=a paid"), record("user=b left"), record("user=c paid")))
        .extracting((row) -> row.get("user"))
        .containsExactly("a", null, "c");
  }

  @Test
  void transform_thatSelectsNothing_givesTheSameBatch() {
    TransformChain chain =
        chains.chain(
            "[{'name':'t','filter':'absent','action':'set','options':{'values':{'a':'1'}}}]");
    Work work = Chains.work(false, record("one"), record("two"));
    RecordBatch batch = work.batch;

    assertThat(chain.run(work)).singleElement().extracting(Portion::batch).isSameAs(batch);
  }

  @Test
  void set_ofAStreamField_movesTheRecordToAnotherStream() {
    TransformChain chain =
        chains.chain(
            "[{'name':'t','filter':'two','action':'set','options':{'values':{'app':'other'}}}]");

    RecordBatch batch =
        chain.run(Chains.work(false, record("one"), record("two"))).getFirst().batch();

    assertThat(batch.stream(batch.streamOrdinal(0)).canonical())
        .isEqualTo("{app=\"shop\",host=\"h1\"}");
    assertThat(batch.stream(batch.streamOrdinal(1)).canonical())
        .isEqualTo("{app=\"other\",host=\"h1\"}");
  }

  @Test
  void extract_ofALevelAndATime_setsSeverityAndTime() {
    TransformChain chain =
        chains.chain(
            "[{'name':'t','action':'extract','options':{'pipe':"
                + "'extract \\'<_time> <level> <_msg>\\''}}]");

    RecordBatch batch =
        chain
            .run(
                Chains.work(
                    false,
                    record("2026-11-20T10:00:00Z warning low disk"),
                    record("yesterday ERR high load")))
            .getFirst()
            .batch();

    LogRecord first = batch.record(0);
    assertThat(first.message()).isEqualTo("low disk");
    assertThat(first.time()).isEqualTo(Chains.TIME - 26 * 3_600 * 1_000_000_000L);
    assertThat(first.value("level")).isEqualTo("WARN");
    assertThat(first.severity()).isEqualTo(13);
    LogRecord second = batch.record(1);
    assertThat(second.time()).isEqualTo(Chains.TIME);
    assertThat(second.value("level")).isEqualTo("ERROR");
    assertThat(second.value("_transform_error")).isEqualTo("t: _time is not a time");
    assertThat(chains.metrics.of("t").errors()).isEqualTo(1);
  }

  @Test
  void drop_removesTheRecordsAndCountsThem() {
    TransformChain chain = chains.chain("[{'name':'t','filter':'noise','action':'drop'}]");

    List<Portion> portions =
        chain.run(Chains.work(false, record("noise"), record("signal"), record("noise")));

    assertThat(Chains.rows(portions))
        .extracting((row) -> row.get("_msg"))
        .containsExactly("signal");
    assertThat(portions.getFirst().removed()).isEqualTo(Map.of(Removal.DROP, 2));
    assertThat(chains.metrics.of("t").in()).isEqualTo(2);
    assertThat(chains.metrics.of("t").dropped()).isEqualTo(2);
  }

  @Test
  void sample_keepsEveryNthOverBatches_andSaysSo() {
    TransformChain chain = chains.chain("[{'name':'t','action':'sample','options':{'oneOf':3}}]");
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      run(chain, record("r" + i))
          .forEach((row) -> kept.add(row.get("_msg") + " of " + row.get("_sampled")));
    }

    assertThat(kept).containsExactly("r0 of 3", "r3 of 3", "r6 of 3");
  }

  @Test
  void route_sendsToTheSinkOnly_andWaitsUntilItIsDurable() {
    List<String> sent = new ArrayList<>();
    CompletableFuture<Void> durable = new CompletableFuture<>();
    RouteTarget target =
        new RouteTarget() {
          @Override
          public boolean exists(String sink) {
            return sink.equals("archive");
          }

          @Override
          public @Nullable CompletableFuture<?> route(String sink, RecordBatch batch) {
            batch.records().forEach((record) -> sent.add(record.message()));
            return durable;
          }
        };
    TransformChain chain =
        chains.chain(
            "[{'name':'t','filter':'debug','action':'route','options':{'sink':'archive'}}]",
            target);

    List<Portion> portions = chain.run(Chains.work(false, record("debug 1"), record("info 2")));

    assertThat(sent).containsExactly("debug 1");
    assertThat(Chains.rows(portions))
        .extracting((row) -> row.get("_msg"))
        .containsExactly("info 2");
    assertThat(portions.getFirst().routed()).hasSize(1).first().isSameAs(durable);
  }

  @Test
  void route_toASinkThatIsGone_storesTheRecordsWithAMark() {
    TransformChain chain =
        chains.chain("[{'name':'t','action':'route','options':{'sink':'gone'}}]");

    assertThat(run(chain, record("a")))
        .singleElement()
        .extracting((row) -> row.get("_transform_error"))
        .isEqualTo("t: there is no sink gone");
  }

  @Test
  void route_toAQueueThatDoesNotTakeThem_storesTheRecordsWithAMark() {
    SinkRouter full =
        new SinkRouter() {
          @Override
          public boolean hasSink(String sink) {
            return true;
          }

          @Override
          public void route(String sink, RecordBatch batch) throws IOException {
            throw new IOException("the queue is full");
          }
        };
    TransformChain chain =
        chains.chain(
            "[{'name':'t','filter':'a','action':'route','options':{'sink':'s'}}]",
            new SinkRoutes(() -> full));

    assertThat(run(chain, record("a"), record("b")))
        .extracting((row) -> row.get("_msg") + " " + row.get("_transform_error"))
        .containsExactly("a t: the queue is full", "b null");
  }

  @Test
  void growthWithoutEnd_marksTheRecordAndKeepsIt() {
    String json =
        IntStream.range(0, 40)
            .mapToObj(
                (i) ->
                    "{'name':'t%d','action':'format','options':{'pipe':'format \\'<_msg><_msg>\\''}}"
                        .formatted(i))
            .reduce((one, two) -> one + "," + two)
            .orElseThrow();
    TransformChain chain = chains.chain("[" + json + "]");

    Map<String, String> row = run(chain, record("0123456789")).getFirst();

    assertThat(row.get("_msg")).hasSizeLessThan(64 << 20).startsWith("0123456789");
    assertThat(row.get("_transform_error")).contains("too large");
  }

  @Test
  void limit_countsTheRest_perStream() {
    TransformChain chain = chains.chain("[{'name':'t','action':'limit','options':{'rate':2}}]");

    List<Portion> portions =
        chain.run(
            Chains.work(
                false,
                record("a1"),
                record("a2"),
                record("a3"),
                record("b1", "app", "b"),
                record("a4")));

    assertThat(Chains.rows(portions))
        .extracting((row) -> row.get("_msg"))
        .containsExactly("a1", "a2", "b1");
    assertThat(portions.getFirst().removed()).isEqualTo(Map.of(Removal.LIMIT, 2));
  }
}
