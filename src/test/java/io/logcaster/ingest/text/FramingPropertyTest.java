package io.logcaster.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.LogRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Where messages end, whatever their senders do. */
class FramingPropertyTest {

  private static final int LIMIT = 256;

  /** Whole messages and parts of some, with and without what should end them. */
  private static final List<String> PARTS =
      List.of(
          "{\"msg\":\"a\",\"n\":1}",
          "{\"msg\":\"b {\\\"x\\\"}\",\"o\":{\"p\":[{\"q\":1}]}}",
          "{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"g\",\"_u\":\"e\",\"level\":3}",
          "{\n  \"msg\": \"pretty\",\n  \"a\": [\n    1\n  ]\n}",
          "{\"msg\":\"" + "long ".repeat(40) + "\"}",
          "{\"msg\":\"" + "longer ".repeat(80) + "\"}",
          "{\"msg\":}",
          "{\"msg\":\"odd \"quote\"}",
          "{\"msg\":\"no end",
          "{main} at x.y.Z",
          "{",
          "}",
          "\"",
          ", ",
          "\n",
          "\n",
          "\n",
          "\r\n",
          "\0",
          " ",
          "text",
          "plain \u00e4\u00f6\ud83d\ude00 text\n",
          "y".repeat(300),
          "<14>1 - h a - - - x\n",
          "<14>1 2026-11-21T08:00:00Z h a - - - dated",
          "23 <14>1 - h a - - - right",
          "20 <14>1 - h a - - - short",
          "27 <14>1 - h a - - - long",
          "23 <14>1 - h a - - - in 17",
          "123 <14>1 - h a - - - far",
          "9999 <14>1 - h a - - - too far",
          "7",
          "12 <",
          "\ufeff");

  @Property(tries = 3000)
  void anySplitOfAnyParts_givesTheSameRecords(
      @ForAll("streams") byte[] bytes, @ForAll Random random) {
    int[] reads = random.ints(bytes.length + 1, 1, 40).toArray();
    assertThat(texts(Decoding.decode(bytes, LIMIT, reads)))
        .isEqualTo(texts(Decoding.decode(bytes, LIMIT)));
  }

  /** What a flaw of a sender or a line does to bytes. */
  @Property(tries = 3000)
  void anySplitOfDamagedBytes_givesTheSameRecords_andNoException(
      @ForAll("streams") byte[] bytes, @ForAll Random random) {
    byte[] damaged = bytes.clone();
    for (int i = 0; i < Math.min(4, damaged.length); i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    int[] reads = random.ints(bytes.length + 1, 1, 40).toArray();
    assertThat(texts(Decoding.decode(damaged, LIMIT, reads)))
        .isEqualTo(texts(Decoding.decode(damaged, LIMIT)));
  }

  @Property(tries = 500)
  void objectsWithoutSeparators_areARecordEach_evenNextToBrokenOnes(
      @ForAll("objects") List<String> objects, @ForAll Random random) {
    byte[] bytes = String.join("", objects).getBytes(StandardCharsets.UTF_8);
    int[] reads = random.ints(bytes.length + 1, 1, 60).toArray();
    List<LogRecord> records = Decoding.decode(bytes, LIMIT, reads);
    assertThat(records).hasSize(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      if (objects.get(i).startsWith("{\"msg\":}") || objects.get(i).contains("odd")) {
        assertThat(records.get(i).value("_parse_error")).startsWith("json: ");
      } else {
        assertThat(records.get(i).message()).isEqualTo("m" + i);
      }
    }
  }

  /** A constant error, as of senders that count what they do not send, and one of characters. */
  @Property(tries = 500)
  void wrongOctetCounts_loseNoMessage(
      @ForAll @IntRange(min = -6, max = 6) int error,
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll Random random) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    List<String> messages = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    List<Integer> misreadEnds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String message =
          "message \u00e4\u00f6\u00fc".substring(0, 8 + random.nextInt(4))
              + " text".repeat(random.nextInt(30))
              + (random.nextInt(3) == 0 ? " no " + random.nextInt(1000) : " end");
      messages.add(message);
      String frame = "<14>1 2026-11-21T08:00:00Z h a - - - " + message;
      byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
      int length = (error == 6) ? frame.length() : bytes.length + error;
      sent.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
      for (String number : misreadings(messages, length)) {
        misreadEnds.add(sent.size() + Integer.parseInt(number));
      }
      sent.writeBytes(bytes);
      ends.add(sent.size());
    }
    // A number at the end of a message may make the next count one that leads to a later message.
    Assume.that(
        misreadEnds.stream()
            .noneMatch((wrong) -> ends.stream().anyMatch((end) -> Math.abs(end - wrong) <= 12)));
    int[] reads = random.ints(sent.size() + 1, 1, 60).toArray();
    List<LogRecord> records = Decoding.decode(sent.toByteArray(), 4096, reads);
    assertThat(records).hasSize(count);
    assertThat(records).allMatch((record) -> "a".equals(record.value("app")));
    for (int i = 0; i < count; i++) {
      // Digits at the end may have been taken for those of the next count.
      String message = messages.get(i).replaceAll("[0-9]+$", "");
      assertThat(records.get(i).message()).startsWith(message);
      if (error == 0 || (i + 1 < count && message.endsWith("end"))) {
        assertThat(records.get(i).message()).isEqualTo(messages.get(i));
      }
    }
  }

  /** The counts that a reader may see where digits at the end of a message precede a count. */
  private static List<String> misreadings(List<String> messages, int count) {
    if (messages.size() < 2) {
      return List.of();
    }
    String before = messages.get(messages.size() - 2);
    List<String> all = new ArrayList<>();
    for (int at = before.length() - 1; Character.isDigit(before.charAt(at)); at--) {
      all.add(before.substring(at) + count);
    }
    return all;
  }

  @Provide
  Arbitrary<byte[]> streams() {
    return Arbitraries.of(PARTS)
        .list()
        .ofMaxSize(14)
        .map((parts) -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<List<String>> objects() {
    return Arbitraries.integers()
        .between(-1, 7)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .map(
            (kinds) -> {
              List<String> objects = new ArrayList<>();
              for (int kind : kinds) {
                String message = "\"msg\":\"m" + objects.size() + "\"";
                objects.add(
                    switch (kind) {
                      case -1 -> "{\"msg\":\"odd \"quote\"}";
                      case 0 -> "{\"msg\":}";
                      case 1 -> "{" + message + ",\"o\":{\"p\":{\"q\":\"}{\\\"\"}}}";
                      case 2 -> "{\"long\":\"" + "x".repeat(200) + "\"," + message + "}";
                      default -> "{" + message + ",\"n\":" + kind + "}";
                    });
              }
              return objects;
            });
  }

  private static String texts(List<LogRecord> records) {
    return records.stream().map(LogRecord::toString).collect(Collectors.joining("\n"));
  }
}
