package io.logcaster.transform;

import static io.logcaster.transform.Chains.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JoinStepTest {

  private final Chains chains = new Chains();

  private TransformChain join(String options) {
    return chains.chain("[{'name':'j','action':'join','options':{" + options + "}}]");
  }

  private static List<String> messages(List<Portion> portions) {
    return Chains.rows(portions).stream().map((row) -> row.get("_msg")).toList();
  }

  private static LogRecord[] lines(String text) {
    return text.lines().map((line) -> record(line)).toArray(LogRecord[]::new);
  }

  /** Texts in which records are separated by a line of dashes. */
  static Stream<List<String>> traces() {
    return Stream.of(
        List.of(
            "java",
            """
            Order failed
            java.lang.IllegalStateException: no stock
            \tat com.acme.Shop.order(Shop.java:12)
            \tat com.acme.Main.main(Main.java:5)
            Caused by: java.io.IOException: closed
            \t... 2 more
            ---
            Next order
            ---
            Another: one\
            """),
        List.of(
            "python",
            """
            ERROR job failed
            Traceback (most recent call last):
              File "a.py", line 1, in <module>
                f()
            ValueError: bad

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "a.py", line 3, in <module>
            acme.errors.JobError: worse
            ---
            INFO: started\
            """),
        List.of(
            "go",
            """
            panic: runtime error: index out of range

            goroutine 1 [running]:
            main.(*Server).handle(0xc000010000, {0x1, 0x2})
            \t/src/main.go:12 +0x1d
            created by main.main
            \t/src/main.go:5 +0x2a
            exit status 2
            ---
            2026/11/30 listening on :80\
            """),
        List.of(
            "node",
            """
            Unhandled
            TypeError: x is not a function
                at f (/app/a.js:1:2)
                at main (/app/b.js:3:4) {
              code: 'E'
            }
            ---
            Server listening\
            """),
        List.of(
            "dotnet",
            """
            fail: Shop[0]
            System.InvalidOperationException: no stock
             ---> System.IO.IOException: closed
               at Shop.Read() in /src/Shop.cs:line 3
               --- End of inner exception stack trace ---
               at Shop.Main()
            ---
            info: Shop[1]\
            """),
        List.of("indentation", "first\n  second\n\tthird\n---\nfourth"));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void preset_joinsTheLinesOfATrace(List<String> trace) {
    String text = trace.get(1);
    List<String> expected = List.of(text.split("\n---\n", -1));

    assertThat(
            messages(
                join("'preset':'" + trace.getFirst() + "'")
                    .run(Chains.work(false, lines(text.replace("\n---\n", "\n"))))))
        .isEqualTo(expected);
  }

  @Test
  void start_beginsRecords_andEverythingElseContinues() {
    TransformChain chain = join("'start':'^[0-9]{4}-'");

    assertThat(messages(chain.run(Chains.work(false, lines("2026-1 a\nb\n  c\n2026-2 d\ne")))))
        .containsExactly("2026-1 a\nb\n  c", "2026-2 d\ne");
  }

  @Test
  void lines_ofDifferentStreams_areNotMixed() {
    List<Portion> portions =
        join("'preset':'indentation'")
            .run(
                Chains.work(
                    false,
                    record("a1"),
                    record("b1", "app", "b"),
                    record(" a2"),
                    record(" b2", "app", "b")));

    assertThat(messages(portions)).containsExactly("a1\n a2", "b1\n b2");
    assertThat(portions.getFirst().removed()).isEqualTo(Map.of(Removal.JOIN, 2));
  }

  @Test
  void lines_inSeveralBatches_becomeOneRecord_thatHoldsBackTheReceipts() {
    TransformChain chain = join("'preset':'indentation'");
    Work first = Chains.work(true, record("zero"), record("a1"));
    Work second = Chains.work(true, record(" a2"));
    Work third = Chains.work(true, record(" a3"), record("b1"));

    List<Portion> portions = new ArrayList<>(chain.run(first));
    assertThat(messages(portions)).containsExactly("zero");
    assertThat(portions.getFirst().carried()).isEqualTo(1);
    assertThat(messages(chain.run(second))).isEmpty();
    List<Portion> last = chain.run(third);
    assertThat(messages(last)).containsExactly("a1\n a2\n a3");

    Portion joined = last.getFirst();
    Chains.Waiter one = (Chains.Waiter) first.receipts.iterator().next();
    Chains.Waiter two = (Chains.Waiter) second.receipts.iterator().next();
    Chains.Waiter three = (Chains.Waiter) third.receipts.iterator().next();
    assertThat(joined.owners()).containsExactly(one);
    assertThat(joined.holds()).containsExactlyInAnyOrder(one, two, three);
    assertThat(List.of(one.holds, two.holds)).containsOnly(1);
    assertThat(three.holds).as("also for b1").isEqualTo(2);
    assertThat(messages(chain.expire(0, true))).containsExactly("b1");
    assertThat(chain.due()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void record_thatWaits_isReleasedWhenItIsDue_andNotBefore() {
    TransformChain chain = join("'preset':'indentation','timeout':'5s'");
    chain.run(Chains.work(true, record("a1")));
    long due = chain.due();

    assertThat(due - System.nanoTime()).isBetween(1L, 5_000_000_000L);
    assertThat(chain.expire(due - 1, false)).isEmpty();
    assertThat(messages(chain.expire(due, false))).containsExactly("a1");
  }

  @Test
  void recordsOfManyStreams_areReleasedTogether_eachWithItsFields() {
    TransformChain chain = join("'preset':'indentation'");
    LogRecord[] records = new LogRecord[100];
    for (int i = 0; i < records.length; i++) {
      records[i] = record("m" + i, "app", "a" + i, "n", "" + i);
    }
    chain.run(Chains.work(true, records));

    List<Portion> released = chain.expire(0, true);

    assertThat(released).hasSize(1);
    assertThat(Chains.rows(released))
        .hasSize(100)
        .allSatisfy((row) -> assertThat("m" + row.get("n")).isEqualTo(row.get("_msg")))
        .allSatisfy((row) -> assertThat("a" + row.get("n")).isEqualTo(row.get("app")));
  }

  @Test
  void record_doesNotGrowBeyondItsLimits() {
    TransformChain chain = join("'preset':'indentation','maxLines':3,'maxSize':'1KB'");

    assertThat(messages(chain.run(Chains.work(false, lines("a\n b\n c\n d\n e")))))
        .containsExactly("a\n b\n c", " d\n e");
    assertThat(
            messages(chain.run(Chains.work(false, record("a"), record(" " + "x".repeat(1_024))))))
        .hasSize(2);
  }

  @Test
  void laterTransforms_seeTheJoinedRecord() {
    TransformChain chain =
        chains.chain(
            "[{'name':'j','action':'join','options':{'preset':'indentation'}},"
                + "{'name':'r','filter':'secret','action':'redact','options':{'kinds':['email']}},"
                + "{'name':'d','filter':'noise','action':'drop'}]");
    chain.run(Chains.work(true, record("secret")));

    assertThat(
            messages(chain.run(Chains.work(true, record("  of a@example.com"), record("noise")))))
        .containsExactly("secret\n  of [redacted:email]");
    assertThat(messages(chain.expire(0, true))).isEmpty();
    assertThat(chains.metrics.of("d").dropped()).isEqualTo(1);
  }
}
