package io.logcaster.ingest.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
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
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ForwardSessionTest {

  private static final ForwardSecurity NO_KEY =
      new ForwardSecurity(new ForwardProperties(null, null, null));

  private final RecordingIntake intake = new RecordingIntake();
  private final RecordingPeer peer = new RecordingPeer();
  private final ByteArrayOutputStream answers = peer.answers();
  private final ForwardSession session =
      new ForwardSession(
          new InputContext(
              intake,
              new InputMetrics("tcp"),
              List.of("host", "app"),
              ZoneOffset.UTC,
              Clock.systemUTC()),
          peer,
          NO_KEY,
          new LargeMessages(),
          256 << 10);

  /** Writes texts, numbers, lists, maps and packed bytes. */
  private static byte[] pack(Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(0xd9);
        out.write(bytes.length);
        out.writeBytes(bytes);
      }
      case Integer number -> {
        out.write(0xd2);
        out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
      }
      case Double number -> {
        out.write(0xcb);
        out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
      }
      case Boolean truth -> out.write(truth ? 0xc3 : 0xc2);
      case List<?> list -> {
        out.write(0x90 | list.size());
        list.forEach((item) -> out.writeBytes(pack(item)));
      }
      case Map<?, ?> map -> {
        out.write(0x80 | map.size());
        map.forEach(
            (name, item) -> {
              out.writeBytes(pack(name));
              out.writeBytes(pack(item));
            });
      }
      case byte[] bytes -> {
        out.write(0xc5);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
      }
      default -> throw new IllegalArgumentException(value.toString());
    }
    return out.toByteArray();
  }

  private int send(byte[] bytes) throws IOException, InterruptedException {
    session.arrived(System.nanoTime());
    int used = session.decode(bytes, 0, bytes.length, false);
    session.flush();
    return used;
  }

  private Map<String, String> record(int number) {
    return Decoding.fields(intake.records().get(number));
  }

  @Test
  void message_isOneRecord() throws Exception {
    send(
        pack(
            List.of(
                "shop.web",
                1_763_600_000,
                Map.of(
                    "message",
                    "hello",
                    "level",
                    "warn",
                    "n",
                    7.0,
                    "ok",
                    true,
                    "user",
                    Map.of("id", -3),
                    "list",
                    List.of("a\"", 1)))));
    assertThat(record(0))
        .containsEntry("_time", "2025-11-20T00:53:20Z")
        .containsEntry("_msg", "hello")
        .containsEntry("level", "WARN")
        .containsEntry("n", "7")
        .containsEntry("ok", "true")
        .containsEntry("user.id", "-3")
        .containsEntry("list", "[\"a\\\"\",1]")
        .containsEntry("tag", "shop.web");
    assertThat(answers.size()).isZero();
  }

  @Test
  void eventTime_keepsItsNanoseconds() throws Exception {
    ByteBuffer message = ByteBuffer.allocate(64);
    message.put((byte) 0x93).put(pack("t")).put((byte) 0xd7).put((byte) 0);
    message.putInt(1_763_600_000).putInt(9).put(pack(Map.of("log", "x")));
    byte[] bytes = new byte[message.position()];
    message.flip().get(bytes);
    assertThat(send(bytes)).isEqualTo(bytes.length);
    assertThat(record(0))
        .containsEntry("_time", "2025-11-20T00:53:20.000000009Z")
        .containsEntry("_msg", "x");
  }

  @Test
  void forward_withAChunk_isAcknowledgedOnceDurable() throws Exception {
    List<Object> entry = List.of(1_763_600_000, Map.of("message", "m"));
    send(pack(List.of("t", List.of(entry, entry), Map.of("chunk", "id7", "size", 2))));
    assertThat(intake.size()).isEqualTo(2);
    byte[] expected = {(byte) 0x81, (byte) 0xa3, 'a', 'c', 'k', (byte) 0xa3, 'i', 'd', '7'};
    assertThat(answers.toByteArray()).isEqualTo(expected);
  }

  @Test
  void packedForward_plainGzipAndZstd() throws Exception {
    byte[] entry = pack(List.of(1_763_600_000, Map.of("message", "m")));
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    entries.writeBytes(entry);
    entries.writeBytes(entry);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(entries.toByteArray());
    }
    send(pack(List.of("t", entries.toByteArray())));
    send(pack(List.of("t", gzip.toByteArray(), Map.of("compressed", "gzip"))));
    send(pack(List.of("t", Zstd.compress(entries.toByteArray()), Map.of("compressed", "zstd"))));
    assertThat(intake.messages()).containsOnly("m").hasSize(6);
  }

  @Test
  void messageInParts_isReadWhenComplete() throws Exception {
    byte[] message = pack(List.of("t", 1_763_600_000, Map.of("message", "m")));
    session.arrived(System.nanoTime());
    for (int to = 0; to < message.length; to++) {
      assertThat(session.decode(message, 0, to, false)).isZero();
    }
    assertThat(send(message)).isEqualTo(message.length);
    assertThat(intake.size()).isEqualTo(1);
  }

  @Test
  void invalidEntries_affectNoOthers() throws Exception {
    Map<String, String> record = Map.of("message", "good");
    List<Object> good = List.of(1_763_600_000, record);
    for (byte[] message :
        List.of(
            pack(List.of("t", List.of(good, 7, List.of("no time", record), good))),
            pack(List.of("t", List.of(List.of(1, 2), List.of(1), good))),
            pack(List.of("t", "x", 1)),
            pack(List.of("t", 1_763_600_000, record)))) {
      assertThat(send(message)).isEqualTo(message.length);
    }
    assertThat(session.isEnded()).isFalse();
    assertThat(intake.messages()).containsExactly("good", "good", "good", "good");
    assertThat(session.errors()).isEqualTo(5);
  }

  @Test
  void malformedMessage_endsTheConnection() throws Exception {
    for (byte[] broken :
        List.of(
            pack(List.of(1, 2)),
            new byte[] {(byte) 0x92, (byte) 0xc1},
            pack(List.of("t", new byte[] {1, 2}, Map.of("compressed", "gzip"))))) {
      ForwardSession other =
          new ForwardSession(
              new InputContext(
                  intake,
                  new InputMetrics("tcp"),
                  List.of("host", "app"),
                  ZoneOffset.UTC,
                  Clock.systemUTC()),
              new RecordingPeer(),
              NO_KEY,
              new LargeMessages(),
              256 << 10);
      other.arrived(System.nanoTime());
      other.decode(broken, 0, broken.length, false);
      assertThat(other.isEnded()).isTrue();
      assertThat(other.errors()).isEqualTo(1);
    }
    assertThat(intake.size()).isZero();
  }
}
