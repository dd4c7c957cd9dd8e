package io.logcaster.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.query.Records;
import io.logcaster.query.ast.ExtractPattern;
import io.logcaster.query.exec.filter.PhraseMatcher;
import io.logcaster.query.exec.pipe.Replacement;
import io.logcaster.query.exec.text.ByteExpression;
import io.logcaster.query.exec.text.CollapseNums;
import io.logcaster.query.exec.text.Decolorize;
import io.logcaster.query.exec.text.JsonReader;
import io.logcaster.query.exec.text.Quoted;
import io.logcaster.query.exec.text.RegexpLiterals;
import io.logcaster.query.exec.text.StreamText;
import io.logcaster.query.exec.text.Template;
import io.logcaster.query.lang.Parser;
import io.logcaster.query.lang.QuerySyntaxException;
import io.logcaster.query.lang.Times;
import io.logcaster.query.value.Durations;
import io.logcaster.query.value.Ipv4;
import io.logcaster.query.value.Numbers;
import io.logcaster.query.value.ValueOrder;
import io.logcaster.record.ByteBuilder;
import io.logcaster.record.JsonString;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every parser of values terminates, whatever the value: all short texts over the characters that
 * parsers distinguish, and random longer ones.
 */
@Execution(ExecutionMode.CONCURRENT)
class ReadersEndTest {

  /** What numbers, durations, sizes, addresses and times are made of, and what ends them. */
  private static final String VALUE_CHARACTERS = "019.-+_eEixnfBKMGT smh:Zµ";

  /** What JSON, logfmt, syslog lines, CSV and patterns are made of. */
  private static final String TEXT_CHARACTERS = "{}[]\"\\:, =<>`'a1u/.$*(|é\n\u001b";

  /** A parser that has made no progress for so long never will. */
  private static final long STUCK_SECONDS = 20;

  private static final int ROWS = 500;

  private static final long SEED = 20_261_130L;

  private final ByteBuilder target = new ByteBuilder(256);

  @Test
  void numbers_onEveryShortText_end() {
    Consumer<byte[]> numbers =
        (bytes) -> {
          int to = bytes.length;
          Numbers.measure(bytes, 0, to);
          Durations.parse(bytes, 0, to);
          Ipv4.parse(bytes, 0, to);
          Timestamps.parse(bytes, 0, to);
          ValueOrder.compare(bytes, 0, to, bytes, to / 2, to);
        };
    everyText(VALUE_CHARACTERS, 4, 60, numbers);
    everyText("09.-_eifxBKsmµ ", 5, 40, numbers);
  }

  @Test
  void times_onEveryShortText_end() {
    everyText(
        "0189.-+:TZ nows",
        4,
        40,
        (bytes) -> Times.bound(new String(bytes, StandardCharsets.UTF_8)));
  }

  @Test
  void texts_onEveryShortText_end() {
    everyText(
        TEXT_CHARACTERS,
        4,
        80,
        (bytes) -> {
          int to = bytes.length;
          target.truncate(0);
          JsonReader.object(bytes, 0, to, (name, value, isNull) -> {});
          JsonReader.array(bytes, 0, to, (name, value, isNull) -> {});
          Quoted.read(bytes, 0, to, target);
          Template.map(bytes, 0, to, target);
          CollapseNums.map(bytes, 0, to, true, target);
          Decolorize.map(bytes, 0, to, target);
          JsonString.append(bytes, 0, to, target);
          PhraseMatcher.of("a").find(bytes, 0, 0, to);
        });
  }

  @Test
  void patterns_onEveryShortText_end() {
    everyText(
        TEXT_CHARACTERS + "^?+)",
        3,
        40,
        (bytes) -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          ExtractPattern.parse(text);
          Replacement.parse(text);
          RegexpLiterals.of(text);
          ByteExpression.compile(text);
          StreamText.parse(bytes, 0, bytes.length);
          try {
            Parser.parse(text);
          } catch (QuerySyntaxException ex) {
            assertThat(ex.getMessage()).isNotEmpty();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_msg:>5 | fields _msg",
        "range(0, 5) | fields _msg",
        "* | stats sum(_msg) s, min(_msg) i, max(_msg) x, median(_msg) m, histogram(_msg) h",
        "* | stats by (_msg:5) count() n",
        "* | stats by (_msg:1m offset 7s) count() n",
        "* | stats by (_msg:/24) count() n",
        "* | sort by (_msg) | fields _msg",
        "* | math round(_msg * 2, 0.5) as m",
        "* | unpack_json",
        "* | unpack_json fields (a, u*) result_prefix x skip_empty_results",
        "* | unpack_logfmt",
        "* | unpack_syslog",
        "* | unpack_words as w | unroll w",
        "* | unroll _msg",
        "* | split \"\" as s",
        "* | split a as s",
        "* | json_array_len(_msg) as l",
        "* | extract \"<a>:<b>,<c>\"",
        "* | extract \"a<a>\"",
        "* | extract_regexp \"(?P<x>a*)(?P<y>1?)\"",
        "* | replace (a, \"\")",
        "* | replace_regexp (\"a*\", \"$0\")",
        "* | replace_regexp (\"(a|)|$\", \"<$1>\")",
        "* | collapse_nums prettify",
        "* | decolorize",
        "* | pattern",
        "* | format \"<q:_msg><time:_msg><duration:_msg><duration_seconds:_msg><ipv4:_msg>\"",
        "* | format \"<hexdecode:_msg><base64decode:_msg><urldecode:_msg><hexnumdecode:_msg>\"",
        "* | pack_json as p | pack_logfmt as q | len(p) | hash(q)",
        "i(aé) | fields _msg",
        "seq(a, 1, \"\", u) | fields _msg",
        "~\"a|é.*1\" | fields _msg"
      })
  void pipes_onManyTexts_end(String query) {
    List<String> texts = new ArrayList<>();
    everyText(
        TEXT_CHARACTERS, 2, 40, (bytes) -> texts.add(new String(bytes, StandardCharsets.UTF_8)));
    everyText(
        VALUE_CHARACTERS, 2, 40, (bytes) -> texts.add(new String(bytes, StandardCharsets.UTF_8)));
    watched(
        (current) -> {
          // Each name that is unpacked is a column, so that too many rows at once take memory.
          for (int from = 0; from < texts.size(); from += ROWS) {
            Records records = new Records();
            texts
                .subList(from, Math.min(texts.size(), from + ROWS))
                .forEach((text) -> records.add(Map.of("_msg", text)));
            current.accept(query + " at text " + from);
            try {
              assertThat(records.rows(query)).isNotNull();
            } catch (IOException ex) {
              throw new UncheckedIOException(ex);
            }
          }
        });
  }

  /** Every text up to a length over an alphabet, then random ones up to a longer one. */
  private static void everyText(
      String characters, int length, int longest, Consumer<byte[]> reader) {
    byte[][] alphabet =
        characters
            .codePoints()
            .mapToObj(Character::toString)
            .map((character) -> character.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    watched(
        (current) -> {
          ByteBuilder text = new ByteBuilder(64);
          for (int count = 0; count <= length; count++) {
            for (long number = 0; number < Math.pow(alphabet.length, count); number++) {
              text.truncate(0);
              long rest = number;
              for (int i = 0; i < count; i++) {
                text.append(alphabet[(int) (rest % alphabet.length)]);
                rest /= alphabet.length;
              }
              read(text, reader, current);
            }
          }
          for (long seed : new long[] {SEED, Seeds.fresh()}) {
            Random random = new Random(seed);
            for (int i = 0; i < 2_500; i++) {
              text.truncate(0);
              for (int left = length + random.nextInt(longest - length); left > 0; left--) {
                text.append(alphabet[random.nextInt(alphabet.length)]);
              }
              read(text, reader, current);
            }
          }
        });
  }

  private static void read(ByteBuilder text, Consumer<byte[]> reader, Consumer<Object> current) {
    byte[] bytes = text.toByteArray();
    current.accept(bytes);
    reader.accept(bytes);
  }

  /** A task that says what it is about to read. */
  @FunctionalInterface
  private interface Watched {

    void run(Consumer<Object> current);
  }

  /** Runs a task and fails when it makes no progress, naming what it was reading. */
  private static void watched(Watched task) {
    AtomicReference<Object> input = new AtomicReference<>("");
    AtomicLong steps = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    task.run(
                        (next) -> {
                          input.setPlain(next);
                          steps.incrementAndGet();
                        });
                  } catch (Throwable ex) {
                    failure.set(ex);
                  }
                });
    try {
      long seen = -1;
      while (reader.isAlive()) {
        long now = steps.get();
        assertThat(now).as("stuck in %s", shown(input.get())).isNotEqualTo(seen);
        seen = now;
        reader.join(STUCK_SECONDS * 1_000);
      }
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
    assertThat(failure.get()).as("in %s", shown(input.get())).isNull();
  }

  private static String shown(Object input) {
    return (input instanceof byte[] bytes)
        ? "'"
            + new String(bytes, StandardCharsets.UTF_8)
            + "' ("
            + HexFormat.of().formatHex(bytes)
            + ")"
        : "'" + input + "'";
  }
}
