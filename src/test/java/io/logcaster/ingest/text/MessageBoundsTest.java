package io.logcaster.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.LogRecord;
import io.logcaster.record.Timestamps;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A message is a range of a buffer that holds other messages before and behind it. What is read of
 * it must not depend on them: every line of the parsers' tables, cut anywhere, gives the same
 * record alone in an array as between other bytes.
 */
class MessageBoundsTest {

  private static final int LIMIT = 1024;

  private static final byte[] BEFORE = "<9>[{\"%:\" 42 ".getBytes(StandardCharsets.UTF_8);

  private static final List<String> BEHIND =
      List.of("0", " ", ":", "\"", "]", "}", ">", "=", "%", ".", ",", "a=\"b\" ");

  private final RecordWriter out =
      new RecordWriter(
          List.of("host", "app"),
          new LocalTimes(ZoneOffset.UTC),
          "10.0.0.9".getBytes(StandardCharsets.US_ASCII));

  @BeforeEach
  void setNow() {
    out.now(Timestamps.parse(Decoding.NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"raw.RawParserTest", "syslog.SyslogParserTest", "json.JsonParserTest"})
  void message_isReadAlike_whateverIsAroundIt(String table) throws ClassNotFoundException {
    List<String> lines = linesOf(Class.forName("io.logcaster.ingest." + table));
    assertThat(lines).hasSizeGreaterThan(20);
    int turn = 0;
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      for (int length = 1; length <= bytes.length; length++) {
        byte[] message = Arrays.copyOf(bytes, length);
        List<LogRecord> alone = read(message, 0, length);
        assertIsRead(alone, message);
        byte[] rest = Arrays.copyOfRange(bytes, length, bytes.length);
        byte[] other = BEHIND.get(turn++ % BEHIND.size()).getBytes(StandardCharsets.UTF_8);
        assertThat(between(message, rest)).isEqualTo(alone);
        assertThat(between(message, other)).isEqualTo(alone);
      }
    }
  }

  /** Whatever part of a line becomes long, no parser runs out of room for it. */
  @ParameterizedTest
  @ValueSource(strings = {"raw.RawParserTest", "syslog.SyslogParserTest", "json.JsonParserTest"})
  void message_isReadWithoutError_whateverPartIsLong(String table) throws ClassNotFoundException {
    for (String line : linesOf(Class.forName("io.logcaster.ingest." + table))) {
      for (int at = 0; at < line.length(); at++) {
        String part = line.substring(at, at + 1);
        byte[] message =
            (line.substring(0, at) + part.repeat(300) + line.substring(at) + " a=b")
                .getBytes(StandardCharsets.UTF_8);
        assertIsRead(read(message, 0, message.length), message);
      }
    }
  }

  /** Of an earlier message nothing is left, whatever it was. */
  @ParameterizedTest
  @ValueSource(strings = {"syslog.SyslogParserTest", "json.JsonParserTest"})
  void message_isReadAlike_afterAnyOther(String table) throws ClassNotFoundException {
    List<String> lines = linesOf(Class.forName("io.logcaster.ingest." + table));
    long seed = Seeds.fresh();
    Random random = new Random(seed);
    MessageReader reader = new MessageReader(out, LIMIT);
    for (int turn = 0; turn < 20 * lines.size(); turn++) {
      byte[] line = lines.get(random.nextInt(lines.size())).getBytes(StandardCharsets.UTF_8);
      assertThat(read(reader, line, 0, line.length))
          .as(Seeds.told(seed))
          .isEqualTo(read(line, 0, line.length));
    }
  }

  private static void assertIsRead(List<LogRecord> records, byte[] message) {
    assertThat(records)
        .as(() -> new String(message, StandardCharsets.UTF_8))
        .isNotEmpty()
        .flatMap(LogRecord::fields)
        .noneMatch((field) -> field.value().startsWith("internal:"));
  }

  private List<LogRecord> between(byte[] message, byte[] behind) {
    byte[] buffer = new byte[BEFORE.length + message.length + behind.length];
    System.arraycopy(BEFORE, 0, buffer, 0, BEFORE.length);
    System.arraycopy(message, 0, buffer, BEFORE.length, message.length);
    System.arraycopy(behind, 0, buffer, BEFORE.length + message.length, behind.length);
    return read(buffer, BEFORE.length, BEFORE.length + message.length);
  }

  private List<LogRecord> read(byte[] bytes, int from, int to) {
    return read(new MessageReader(out, LIMIT), bytes, from, to);
  }

  private List<LogRecord> read(MessageReader reader, byte[] bytes, int from, int to) {
    reader.read(bytes, from, to, false);
    reader.finish();
    return out.builder().build().records();
  }

  /** The left sides of the tables of a test class. */
  private static List<String> linesOf(Class<?> test) {
    List<String> lines = new ArrayList<>();
    for (Method method : test.getDeclaredMethods()) {
      CsvSource source = method.getAnnotation(CsvSource.class);
      if (source != null && source.delimiterString().equals(" => ")) {
        Stream<String> rows =
            (source.value().length > 0) ? Stream.of(source.value()) : source.textBlock().lines();
        rows.map((row) -> row.split(" => ", 2)[0].strip())
            .filter((line) -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(lines::add);
      }
    }
    return lines;
  }
}
