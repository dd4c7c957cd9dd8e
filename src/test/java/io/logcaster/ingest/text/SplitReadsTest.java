package io.logcaster.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.record.LogRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How bytes are split into reads is no part of what was sent: it must not show in the records. */
class SplitReadsTest {

  private static final int LIMIT = 256;

  /** Streams of each protocol, delimiter and damage; {@code -Dlogcaster.tries} makes it search. */
  private static final int TRIES = Integer.getInteger("logcaster.tries", 2);

  private enum Delimiter {
    LF("\n"),
    CRLF("\r\n"),
    NUL("\0"),
    NUL_LF("\0\n"),
    BLANK(" "),
    NONE(""),
    /** Any of those between the bars. */
    MIXED("\n|\r\n|\0|\n\n|\r||, |\n\t|" + "\n".repeat(20) + "|" + " ".repeat(30)),
    COUNTED("");

    private final String texts;

    Delimiter(String texts) {
      this.texts = texts;
    }

    byte[] text(Random random) {
      String[] all = texts.split("\\|", -1);
      return all[random.nextInt(all.length)].getBytes(StandardCharsets.US_ASCII);
    }
  }

  private enum Damage {
    NONE,
    /** Bytes are overwritten. */
    BYTES,
    /** Bytes are overwritten by those that decide where messages end. */
    SYNTAX,
    /** Bytes are missing. */
    LOST,
    /** Bytes are sent again. */
    REPEATED,
    /** Digits are wrong. */
    DIGITS
  }

  private static final byte[] SYNTAX = "\n\0\r{}\"<> 19,\\".getBytes(StandardCharsets.ISO_8859_1);

  private static final List<String> MESSAGES =
      List.of(
          "{\"msg\":\"a\",\"n\":1}",
          "{\"msg\":\"b {\\\"x\\\"}\",\"o\":{\"p\":[{\"q\":1}]}}",
          "{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"g\",\"_u\":\"e\",\"level\":3}",
          "{\n  \"msg\": \"pretty\",\n  \"a\": [\n    1\n  ]\n}",
          "{\"msg\":}",
          "{\"msg\":\"odd \"quote\"}",
          "{\"msg\":\"no end",
          "{main} at x.y.Z",
          "{",
          "{}",
          "[{\"a\":1}]",
          "<14>1 - h a - - - x",
          "<14>1 2026-11-21T08:00:00Z h a - - - dated",
          "<34>Nov 21 09:00:00 web1 app[7]: many\n\tlines\n\nof it",
          "<14>1 - h a - - - {\"msg\":\"inside\",\"level\":\"warn\"}",
          "<14>1 2026-11-21T08:00:00Z h a - - - quotes <14>1 2026-11-21T08:00:00Z h a - - - q",
          "<14>1 - h a - - - ends in 17",
          "<14>",
          "12 <",
          "2026-11-20T07:08:09Z ERROR [DB] raw",
          "level=info msg=\"x y\"",
          "text \u00e4\u00f6\ud83d\ude00",
          "");

  /** Streams that were once read differently. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // a NUL before objects on lines
        "\0{\"msg\":\"a\",\"n\":1}\n\r\n{\"msg\":\"a\",\"n\":1}",
        "first\0{\"a\":1}\n\n{\"a\":2}\n\ntext{\"a\":3}\0last",
        // text that looks like syslog behind an object, before an object, at the end of its line
        "<1>a\n{\"a\":1}<1>x}\n y",
        "<1>a\n{\"a\":1}{\"a\":2}<14>1 2026-11-21T08:00:00Z h a - - - d{\"a\":3}\n{\n \"b\":1\n}",
        "<1>a\n{\"a\":1}<1>%1$s\n y\nz",
        // a delimiter behind the next count
        "5 <1>ab\rzz5 <1>cd\0{\"a\":1}\nq\n t",
        "5 <1>ab\rzz5 <1>cd\0p\nq",
        // the digits before a message are longer than any count, in what is skipped
        "5 <1>ab\r%1$s1234567890123456789012345678901234567890123 <1>b",
        "400 <1>%1$s1234567890123456789012345678901234567890123 <14>1 2026-11-21T08:00:00Z h",
        // the next head lies across the limit
        "<<34>Nov 21 09:00:00%2$s<34>Nov 21 09:00:00",
        "<<4>1 2026-11-21T%2$sxxxxx<14>1 2026-11-21T",
        // more line feeds than are looked at
        "<1>a\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n y\n<1>b",
        "<%1$s\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n{\"",
        // blanks without end
        "{\"a\":1}%3$s",
        "{\"a\":1}%3$s\0{\"short_message\":\"a\"}\0",
        "{\"%1$s\"}{%3$s\"a\":1}",
        "{%1$s}{\n%3$s",
        // a broken object, of which more was tried if its line was there
        "a\n{\"version\":\"1.1\",\"short_message\":}{\"a\":1,\"_b\":2}\n{\"_b\":3}\n",
      })
  void streamThatDependedOnItsReads_dependsNoMore(String pattern) {
    String text = pattern.formatted("x".repeat(255), "x".repeat(220), " ".repeat(300));
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (TextProtocol[] protocol : protocols().toList()) {
      String whole = records(bytes, protocol[0]);
      for (int[] reads : everySplit(bytes)) {
        assertThat(records(bytes, protocol[0], reads))
            .as(() -> told(bytes, protocol[0], reads))
            .isEqualTo(whole);
      }
    }
  }

  /** A line at hand is read without a look at its braces, which must not find another object. */
  @Test
  void wrongBracket_deepInAnObject_breaksIt() {
    String deep = "{\"a\":" + "[".repeat(513) + "}" + "]".repeat(512) + "}";
    byte[] bytes = ("a\n" + deep + "\n").getBytes(StandardCharsets.US_ASCII);
    List<LogRecord> whole = Decoding.decode(bytes, 4096);
    assertThat(whole.get(1).value("_parse_error")).startsWith("json: ");
    assertThat(Decoding.decode(bytes, 4096, byteByByte(bytes))).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void anyReads_ofAnyDelimiterAndDamage_giveTheSameRecords(@Nullable TextProtocol protocol) {
    Random random = new Random(Seeds.fresh());
    for (Delimiter delimiter : Delimiter.values()) {
      for (Damage damage : Damage.values()) {
        for (int i = 0; i < TRIES; i++) {
          byte[] bytes = damaged(stream(delimiter, random), damage, random);
          String whole = records(bytes, protocol);
          for (int[] reads : someSplits(bytes, random)) {
            assertThat(records(bytes, protocol, reads))
                .as(
                    () ->
                        delimiter
                            + ", "
                            + damage
                            + ", "
                            + Seeds.told(Seeds.fresh())
                            + told(bytes, protocol, reads))
                .isEqualTo(whole);
          }
        }
      }
    }
  }

  /** Null stands for a port on which each sender decides. */
  private static Stream<TextProtocol[]> protocols() {
    return Stream.of(
            null, TextProtocol.SYSLOG, TextProtocol.JSON, TextProtocol.GELF, TextProtocol.RAW)
        .map((protocol) -> new TextProtocol[] {protocol});
  }

  private static byte[] stream(Delimiter delimiter, Random random) {
    List<String> few =
        random.ints(3, 0, MESSAGES.size()).mapToObj(MESSAGES::get).collect(Collectors.toList());
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int i = random.nextInt(12); i >= 0; i--) {
      List<String> from = random.nextInt(3) == 0 ? MESSAGES : few;
      String message = from.get(random.nextInt(from.size()));
      if (random.nextInt(5) == 0) {
        // around the limit
        int missing = LIMIT - 25 + random.nextInt(50) - message.length();
        message = message.replaceFirst("(?=[\"\\]} ]*$)", "x".repeat(Math.max(0, missing)));
      }
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      if (delimiter == Delimiter.COUNTED && random.nextInt(8) > 0) {
        int off = random.nextInt(4) == 0 ? random.nextInt(7) - 3 : 0;
        sent.writeBytes(((bytes.length + off) + " ").getBytes(StandardCharsets.US_ASCII));
      }
      sent.writeBytes(bytes);
      sent.writeBytes(delimiter.text(random));
    }
    return sent.toByteArray();
  }

  private static byte[] damaged(byte[] bytes, Damage damage, Random random) {
    byte[] out = bytes.clone();
    for (int i = 0; i < 3 && out.length > 0; i++) {
      int at = random.nextInt(out.length);
      int length = Math.min(out.length - at, random.nextInt(9));
      switch (damage) {
        case NONE -> {}
        case BYTES -> out[at] = (byte) random.nextInt(256);
        case SYNTAX -> out[at] = SYNTAX[random.nextInt(SYNTAX.length)];
        case LOST -> out = joined(out, at, at + length);
        case REPEATED -> out = joined(out, at + length, at);
        case DIGITS -> {
          int digit =
              IntStream.range(at, out.length)
                  .filter((index) -> Character.isDigit(bytes[index]))
                  .findFirst()
                  .orElse(at);
          out[digit] = (byte) ('0' + random.nextInt(10));
        }
      }
    }
    return out;
  }

  /** The bytes up to one index and those from another one on. */
  private static byte[] joined(byte[] bytes, int to, int from) {
    byte[] joined = Arrays.copyOf(bytes, to + bytes.length - from);
    System.arraycopy(bytes, from, joined, to, bytes.length - from);
    return joined;
  }

  /** Byte by byte, and in two reads of all lengths. */
  private static List<int[]> everySplit(byte[] bytes) {
    List<int[]> all = new ArrayList<>();
    all.add(byteByByte(bytes));
    for (int i = 1; i < bytes.length; i++) {
      all.add(new int[] {i});
    }
    return all;
  }

  private static List<int[]> someSplits(byte[] bytes, Random random) {
    List<int[]> some = new ArrayList<>();
    some.add(byteByByte(bytes));
    for (int longest : new int[] {4, 40, 300}) {
      some.add(random.ints(bytes.length, 1, longest).toArray());
    }
    for (int i = 0; i < 6; i++) {
      some.add(new int[] {1 + random.nextInt(bytes.length + 1)});
    }
    return some;
  }

  private static int[] byteByByte(byte[] bytes) {
    int[] ones = new int[bytes.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static String records(byte[] bytes, @Nullable TextProtocol protocol, int... reads) {
    return Decoding.decode(bytes, LIMIT, protocol, reads).stream()
        .map(LogRecord::toString)
        .collect(Collectors.joining("\n"));
  }

  private static String told(byte[] bytes, @Nullable TextProtocol protocol, int... reads) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      boolean plain = b >= ' ' && b != '"' && b != '\\';
      text.append(plain ? String.valueOf((char) b) : "\\%03o".formatted(b & 0xff));
    }
    return "%n%s, reads of %s: \"%s\"%n".formatted(protocol, Arrays.toString(reads), text);
  }

  @Test
  void damages_changeWhatIsSent() {
    Random random = new Random(1);
    byte[] bytes = "5 <1>ab5 <1>cd".getBytes(StandardCharsets.US_ASCII);
    for (Damage damage : Damage.values()) {
      boolean changed =
          Stream.generate(() -> damaged(bytes, damage, random))
              .limit(20)
              .anyMatch((other) -> !Arrays.equals(bytes, other));
      assertThat(changed).as(damage.name()).isEqualTo(damage != Damage.NONE);
    }
  }
}
