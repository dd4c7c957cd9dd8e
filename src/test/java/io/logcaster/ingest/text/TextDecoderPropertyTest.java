package io.logcaster.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextDecoderPropertyTest {

  private static final List<String> SYSLOG =
      List.of(
          "<34>1 2026-11-21T08:00:00.003Z web1 su 42 ID47 [a b=\"c\"] one\n",
          "<13>Nov 21 09:00:00 web1 app[7]: two\r\n",
          "33 <14>1 - h a - - - counted\nmessage 1",
          "\n",
          "<999>no syslog\n",
          "<14>1 - h a - - - " + "long ".repeat(60) + "\n",
          "345 <14>1 - h a - - - " + "c".repeat(327),
          "<14>Nov 21 09:00:00 web1 app[7]: many\n\tlines\n\nand <more>\n",
          "plain \u00e4\u00f6\ud83d\ude00 text\n");

  private static final List<String> LINES =
      List.of(
          "{\"_time\":\"2026-11-20T07:08:09Z\",\"msg\":\"j\",\"a\":{\"b\":[1,2]}}\n",
          "{\"broken\n",
          "{\"_msg\":\"" + "\u00e4".repeat(200) + "\"}\n",
          "2026-11-20T07:08:09Z ERROR [DB] raw\r\n",
          "level=info msg=\"x y\"\n",
          "33 <14>1 - not counted on this one\n",
          "<14>1 - h a - - - after\n",
          "\r\n",
          "nul \0 inside\n",
          "x".repeat(700) + "\n");

  /** How bytes are split into reads is no part of what was sent. */
  @Property(tries = 300)
  void anySplitOfTheSameBytes_givesTheSameRecords(
      @ForAll("connections") byte[] bytes, @ForAll Random random) {
    int[] reads = random.ints(bytes.length + 1, 1, 40).toArray();
    assertThat(texts(Decoding.decode(bytes, 256, reads)))
        .isEqualTo(texts(Decoding.decode(bytes, 256)));
  }

  /**
   * Lines go in, as many records come out, whatever is in them but JSON: a line may hold several
   * objects.
   */
  @Property(tries = 1000)
  void anyBytes_becomeARecordForEachLine(@ForAll byte[] garbage, @ForAll Random random) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes("first line\n".getBytes(StandardCharsets.US_ASCII));
    int lines = 1;
    boolean content = false;
    for (byte any : garbage) {
      byte b = (any == '{') ? (byte) '(' : any;
      sent.write(b);
      if (b == '\n') {
        lines += content ? 1 : 0;
        content = false;
      } else {
        content |= b != '\r';
      }
    }
    lines += content ? 1 : 0;
    int[] reads = random.ints(sent.size() + 1, 1, 9).toArray();
    assertThat(Decoding.decode(sent.toByteArray(), 4096, reads)).hasSize(lines);
  }

  @Test
  void nulAfterAnObject_isNotARecord() {
    byte[] sent = "first line\n{\"a\":\"b\"}\0\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(Decoding.decode(sent, 4096)).hasSize(2);
  }

  /** Beginnings that look like a protocol are read as one, and nothing in them can break it. */
  @Property(tries = 1000)
  void anyText_afterTheBeginningOfAProtocol_isKept(
      @ForAll("beginnings") String beginning, @ForAll byte[] garbage) {
    byte[] text = new byte[garbage.length];
    for (int i = 0; i < garbage.length; i++) {
      text[i] = (garbage[i] == '\n' || garbage[i] == 0) ? (byte) ' ' : garbage[i];
    }
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(beginning.getBytes(StandardCharsets.US_ASCII));
    sent.writeBytes(text);
    String head = beginning.startsWith("<") ? "<14>" : "";
    sent.writeBytes(("\n" + head + "next\n").getBytes(StandardCharsets.US_ASCII));
    List<LogRecord> records = Decoding.decode(sent.toByteArray(), 4096);
    assertThat(records).hasSizeGreaterThanOrEqualTo(2);
    assertThat(records.getLast().message()).isEqualTo("next");
  }

  @Provide
  Arbitrary<String> beginnings() {
    return Arbitraries.of(
        "<14>",
        "<14>1 ",
        "<14>1 2026-11-21T08:00:00.003Z h a p m [",
        "<14>1 - h a - - [x a=\"",
        "<14>Nov 21 09:00:00 ",
        "{\"a\":\"",
        "{\"a\":",
        "{\"a\":{\"b\":[",
        "{\"\\u",
        "2026-11-20T07:08:09Z ",
        "2026-11-20T07:08:09Z INFO ",
        "2026-11-20T07:08:09Z INFO 1 --- [",
        "07:08:09.123 [",
        "[Fri Nov 20 07:08:09",
        "081109 2036",
        "level=info msg=\"",
        "Nov 20 07:08:09");
  }

  @Provide
  Arbitrary<byte[]> connections() {
    return Arbitraries.oneOf(
            Arbitraries.of(SYSLOG)
                .list()
                .ofMaxSize(12)
                .map((messages) -> "<14>first\n" + String.join("", messages)),
            Arbitraries.of(LINES)
                .list()
                .ofMaxSize(12)
                .map((messages) -> "first\n" + String.join("", messages)))
        .map((text) -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static String texts(List<LogRecord> records) {
    return records.stream().map(LogRecord::toString).collect(Collectors.joining("\n"));
  }
}
