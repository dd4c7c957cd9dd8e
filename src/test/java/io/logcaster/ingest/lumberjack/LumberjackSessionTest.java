package io.logcaster.ingest.lumberjack;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.ingest.RecordingPeer;
import io.logcaster.ingest.text.Decoding;
import io.logcaster.pipeline.InputMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LumberjackSessionTest {

  private static final String EVENT =
      "{\"@timestamp\":\"2026-11-20T07:08:09.123Z\",\"message\":\"%s\",\"host\":{\"name\":\"web-1\"},"
          + "\"log\":{\"level\":\"warn\",\"offset\":7}}";

  private final RecordingIntake intake = new RecordingIntake();
  private final RecordingPeer peer = new RecordingPeer();
  private final InputMetrics metrics = new InputMetrics("tcp");
  private final LumberjackSession session =
      new LumberjackSession(
          new InputContext(
              intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC()),
          peer,
          new LargeMessages(),
          256 << 10);

  private static byte[] window(int count) {
    return ByteBuffer.allocate(6).put((byte) '2').put((byte) 'W').putInt(count).array();
  }

  private static byte[] event(int sequence, String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(10 + text.length)
        .put((byte) '2')
        .put((byte) 'J')
        .putInt(sequence)
        .putInt(text.length)
        .put(text)
        .array();
  }

  private static byte[] packed(byte[]... frames) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(join(frames));
    }
    return ByteBuffer.allocate(6 + packed.size())
        .put((byte) '2')
        .put((byte) 'C')
        .putInt(packed.size())
        .put(packed.toByteArray())
        .array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private void send(byte[] bytes, int read) throws Exception {
    int at = 0;
    for (int end = Math.min(read, bytes.length); ; end = Math.min(end + read, bytes.length)) {
      session.arrived(System.nanoTime());
      at = session.decode(bytes, at, end, false);
      if (session.isFlushDue(System.nanoTime())) {
        session.flush();
      }
      if (end == bytes.length) {
        break;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10_000})
  void window_isAcknowledgedWhenItsEventsAreStored(int read) throws Exception {
    byte[] bytes =
        join(
            window(2),
            event(1, EVENT.formatted("one")),
            event(2, EVENT.formatted("\uacb0\uc81c")),
            window(1),
            packed(event(1, EVENT.formatted("packed"))));
    assertThat(LumberjackSession.mayBegin(bytes, 0, 1)).isTrue();
    assertThat(LumberjackSession.mayBegin(bytes, 0, bytes.length)).isTrue();
    send(bytes, read);
    assertThat(intake.messages()).containsExactly("one", "\uacb0\uc81c", "packed");
    assertThat(Decoding.fields(intake.records().getFirst()))
        .containsEntry("_time", "2026-11-20T07:08:09.123Z")
        .containsEntry("level", "WARN")
        .containsEntry("host", "web-1")
        .containsEntry("log.offset", "7");
    assertThat(peer.answers().toByteArray())
        .isEqualTo(new byte[] {'2', 'A', 0, 0, 0, 2, '2', 'A', 0, 0, 0, 1});
  }

  @Test
  void eventAboveTheSmallBuffer_isAccepted() throws Exception {
    String text = "x".repeat(LargeMessages.SMALL - 100);
    String event = "{\"message\":\"" + text + "\",\"other\":\"" + text + "\"}";
    send(join(window(1), event(1, event)), 64 << 10);
    assertThat(intake.messages()).containsExactly(text);
    assertThat(session.largestMessage()).isEqualTo(LargeMessages.SMALL);
  }

  @Test
  void eventWithInvalidJson_isKeptAsALine() throws Exception {
    send(join(window(1), event(1, "plain")), 100);
    assertThat(intake.records().getFirst().message()).isEqualTo("plain");
    assertThat(intake.records().getFirst().value("_parse_error")).isNotEmpty();
    assertThat(peer.answers().size()).isEqualTo(6);
  }

  @Test
  void unstorableEvents_areNotAcknowledged() throws Exception {
    intake.failWith(new IOException("disk full"));
    send(join(window(1), event(1, EVENT.formatted("lost"))), 10_000);
    assertThat(peer.answers().size()).isZero();
    assertThat(session.isEnded()).isTrue();
  }

  @Test
  void malformedFrame_endsTheConnection() throws Exception {
    byte[] nested = packed(packed(event(1, "{}")));
    byte[] cut = packed(Arrays.copyOf(event(1, "{}"), 11));
    byte[] lying = ByteBuffer.allocate(10).put((byte) '2').put((byte) 'C').putInt(-1).array();
    byte[] broken = {'2', 'C', 0, 0, 0, 2, 'x', 'y'};
    byte[] unknown = {'2', 'X', 0, 0, 0, 0};
    byte[] older = {'1', 'D', 0, 0, 0, 1};
    for (byte[] bytes : List.of(nested, cut, lying, broken, unknown, older)) {
      LumberjackSession other =
          new LumberjackSession(
              new InputContext(
                  intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC()),
              peer,
              new LargeMessages(),
              256 << 10);
      other.arrived(System.nanoTime());
      assertThat(other.decode(bytes, 0, bytes.length, false)).isEqualTo(bytes.length);
      assertThat(other.isEnded()).isTrue();
      assertThat(other.errors()).isEqualTo(1);
    }
    assertThat(metrics.rejected()).containsEntry("malformed_lumberjack", 6L);
  }

  @Test
  void linesThatResembleFrames_areLines() {
    for (String line : List.of("2", "2W", "2Way", "22", "2J")) {
      byte[] bytes = (line + "\n  ").getBytes(StandardCharsets.US_ASCII);
      assertThat(LumberjackSession.mayBegin(bytes, 0, bytes.length)).isFalse();
    }
  }
}
