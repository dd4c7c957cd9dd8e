package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Seeds;
import io.logcaster.ingest.forward.ForwardProperties;
import io.logcaster.ingest.forward.ForwardSecurity;
import io.logcaster.ingest.forward.ForwardSession;
import io.logcaster.ingest.framed.FramedClients;
import io.logcaster.ingest.framed.FramedSession;
import io.logcaster.ingest.lumberjack.LumberjackSession;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.LogRecord;
import io.logcaster.security.SecurityTesting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.CRC32C;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Damaged connections of the binary protocols: no exception gets out, the same bytes give the same
 * records however they are split, and what was not stored is in the books.
 */
class DamagedSessionsTest {

  private static final long SEED = 4711;

  private static final int TRIES = 1500;

  /** Each session of frames has a thread of its own, which costs more. */
  private static final int FRAMED_TRIES = 300;

  /** What a connection came to. */
  private record Result(List<String> records, long rejected, long errors) {}

  private static Result run(
      Function<InputContext, Session> protocol, byte[] bytes, Random random, int longestRead)
      throws IOException, InterruptedException {
    RecordingIntake intake = new RecordingIntake();
    InputMetrics metrics = new InputMetrics("tcp");
    Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    Session session =
        protocol.apply(
            new InputContext(intake, metrics, List.of("host", "app"), ZoneOffset.UTC, clock));
    int start = 0;
    for (int end = 0; end < bytes.length && !session.isEnded(); ) {
      end = Math.min(bytes.length, end + 1 + random.nextInt(longestRead));
      session.arrived(1);
      start = session.decode(bytes, start, end, false);
    }
    session.end(bytes, start, session.isEnded() ? start : bytes.length);
    session.release();
    long rejected = metrics.rejected().values().stream().mapToLong(Long::longValue).sum();
    return new Result(
        intake.records().stream().map(LogRecord::toString).toList(), rejected, session.errors());
  }

  private static byte[] damaged(byte[] model, Random random) {
    byte[] bytes = model.clone();
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return (random.nextInt(4) == 0) ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static void check(int tries, Function<InputContext, Session> protocol, byte[] model)
      throws IOException, InterruptedException {
    for (int i = 0; i < tries; i++) {
      long seed = ((i % 2 == 0) ? SEED : Seeds.fresh()) + i / 2;
      Random random = new Random(seed);
      byte[] bytes = damaged(model, random);
      Result whole = run(protocol, bytes, random, bytes.length + 1);
      Result split = run(protocol, bytes, random, 9);
      assertThat(split).as(Seeds.told(seed)).isEqualTo(whole);
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void forward() throws Exception {
    byte[] record =
        join(
            new byte[] {(byte) 0x81, (byte) 0xa3},
            ascii("msg"),
            new byte[] {(byte) 0xa5},
            ascii("hello"));
    byte[] entry = join(new byte[] {(byte) 0x92, (byte) 0xce, 0x69, 0x20, 0, 0}, record);
    byte[] tag = join(new byte[] {(byte) 0xa1}, ascii("t"));
    byte[] single =
        join(new byte[] {(byte) 0x93}, tag, new byte[] {(byte) 0xce, 0x69, 0x20, 0, 0}, record);
    byte[] several = join(new byte[] {(byte) 0x92}, tag, new byte[] {(byte) 0x93}, entry, entry);
    byte[] packed =
        join(
            new byte[] {(byte) 0x92},
            tag,
            new byte[] {(byte) 0xc4, (byte) (2 * entry.length)},
            entry,
            entry);
    check(
        TRIES,
        (context) ->
            new ForwardSession(
                context,
                new RecordingPeer(),
                new ForwardSecurity(new ForwardProperties(null, null, null)),
                new LargeMessages(),
                1024),
        join(single, several, entry, packed, single));
  }

  @Test
  void lumberjack() throws Exception {
    byte[] event = event(1);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(join(event(2), event(3)));
    }
    byte[] packed =
        join(
            ByteBuffer.allocate(6).put((byte) '2').put((byte) 'C').putInt(deflated.size()).array(),
            deflated.toByteArray());
    byte[] window = ByteBuffer.allocate(6).put((byte) '2').put((byte) 'W').putInt(3).array();
    check(
        TRIES,
        (context) -> new LumberjackSession(context, new RecordingPeer(), new LargeMessages(), 1024),
        join(window, event, packed, window, packed, event));
  }

  private static byte[] event(int sequence) {
    byte[] text = ascii("{\"message\":\"m" + sequence + "\",\"log\":{\"level\":\"warn\"}}");
    return ByteBuffer.allocate(10 + text.length)
        .put((byte) '2')
        .put((byte) 'J')
        .putInt(sequence)
        .putInt(text.length)
        .put(text)
        .array();
  }

  @Test
  void framed() throws Exception {
    check(
        FRAMED_TRIES,
        (context) ->
            new FramedSession(
                context, new RecordingPeer(), SecurityTesting.open(), new FramedClients(), 1024),
        join(
            frame(1, "one\n{\"msg\":\"two\"}{\"msg\":3}\n"),
            frame(2, "<14>x\n{\"a\""),
            frame(3, "y")));
  }

  private static byte[] frame(int sequence, String lines) {
    byte[] payload = ascii(lines);
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return ByteBuffer.allocate(20 + payload.length)
        .put(new byte[] {(byte) 0xC1, 'L', 'C', 1, 2, 0, 0, 0})
        .putInt(sequence)
        .putInt(payload.length)
        .putInt((int) crc.getValue())
        .put(payload)
        .array();
  }
}
