package io.logcaster.ingest.framed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.ingest.Session;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.security.SecurityTesting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FramedSessionTest {

  private final RecordingIntake intake = new RecordingIntake();
  private final InputMetrics metrics = new InputMetrics("tcp");
  private final Sender peer = new Sender();
  private final FramedClients clients = new FramedClients();
  private final FramedSession session =
      new FramedSession(
          new InputContext(
              intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC()),
          peer,
          SecurityTesting.open(),
          clients,
          256 << 10);

  /** Reads answers as they come, or not at all while it is told so. */
  private static final class Sender implements Session.Peer {

    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final CountDownLatch reading = new CountDownLatch(1);
    private volatile boolean deaf;

    @Override
    public String host() {
      return "10.0.0.9";
    }

    @Override
    public @Nullable String certificate() {
      return null;
    }

    @Override
    public void interruptReading() {}

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      try {
        if (deaf) {
          reading.await();
        }
      } catch (InterruptedException ex) {
        throw new IOException(ex);
      }
      synchronized (answers) {
        answers.write(bytes, 0, length);
      }
    }

    /** The frames so far as {@code TYPE sequence} or {@code ERROR json}. */
    List<String> frames() {
      byte[] bytes;
      synchronized (answers) {
        bytes = answers.toByteArray();
      }
      List<String> frames = new ArrayList<>();
      for (int at = 0;
          at < bytes.length;
          at += FrameFormat.HEADER + (int) FrameFormat.length(bytes, at)) {
        assertThat(FrameFormat.isFrame(bytes, at)).isTrue();
        frames.add(
            switch (FrameFormat.type(bytes, at)) {
              case FrameFormat.ACK -> "ACK " + FrameFormat.sequence(bytes, at);
              case FrameFormat.PONG -> "PONG " + FrameFormat.sequence(bytes, at);
              default ->
                  "ERROR "
                      + new String(
                          bytes,
                          at + FrameFormat.HEADER,
                          (int) FrameFormat.length(bytes, at),
                          StandardCharsets.UTF_8);
            });
      }
      return frames;
    }
  }

  private int send(byte[]... frames) throws InterruptedException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      sent.writeBytes(frame);
    }
    session.arrived(System.nanoTime());
    int used = session.decode(sent.toByteArray(), 0, sent.size(), false);
    session.flush();
    return used;
  }

  private static byte[] data(int sequence, String lines) {
    return FrameFormat.of(FrameFormat.DATA, 0, sequence, lines.getBytes(StandardCharsets.UTF_8));
  }

  private void awaitFrames(String... frames) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(peer.frames()).containsExactly(frames));
  }

  @Test
  void header_isAsSpecified() {
    byte[] frame = FrameFormat.of(FrameFormat.DATA, FrameFormat.ZSTD, 0x01020304, new byte[] {'a'});
    assertThat(ByteBuffer.wrap(frame).getInt(0)).isEqualTo(0xC14C4301);
    assertThat(frame).startsWith(0xC1, 'L', 'C', 1, 2, 1, 0, 0, 1, 2, 3, 4, 0, 0, 0, 1);
    // CRC-32C of the letter a
    assertThat(ByteBuffer.wrap(frame).getInt(16)).isEqualTo(0xC1D04330);
    assertThat(frame).hasSize(21);
  }

  @Test
  void data_isAcknowledgedOnlyWhenDurable() throws Exception {
    intake.hold();
    send(data(1, "one\ntwo"), data(2, "{\"_msg\":\"three\"}\n<14>1 - h a - - - four\n"));
    assertThat(intake.messages()).containsExactly("one", "two", "three", "four");
    send(FrameFormat.of(FrameFormat.PING, 77));
    awaitFrames("PONG 77");
    intake.release();
    awaitFrames("PONG 77", "ACK 2");
  }

  @Test
  void compressedData_isDecompressed() throws Exception {
    byte[] lines = "packed\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    send(FrameFormat.of(FrameFormat.DATA, FrameFormat.ZSTD, 9, Zstd.compress(lines)));
    assertThat(intake.size()).isEqualTo(1000);
    awaitFrames("ACK 9");
  }

  @Test
  void moreRecordsThanABatchHolds_areAcknowledgedTogether() throws Exception {
    intake.hold();
    send(data(5, "x\n".repeat(10_000)));
    assertThat(intake.batches()).isGreaterThan(1);
    assertThat(peer.frames()).isEmpty();
    intake.release();
    awaitFrames("ACK 5");
    assertThat(intake.size()).isEqualTo(10_000);
  }

  @Test
  void frameInParts_isReadWhenComplete() throws Exception {
    byte[] frame = data(1, "one\n");
    session.arrived(System.nanoTime());
    for (int to = 0; to < frame.length; to++) {
      assertThat(session.decode(frame, 0, to, false)).isZero();
    }
    assertThat(session.decode(frame, 0, frame.length, false)).isEqualTo(frame.length);
    assertThat(session.hasRecords()).isTrue();
  }

  @Test
  void wrongChecksum_isAnErrorAfterTheAcknowledgements_andTheEnd() throws Exception {
    byte[] broken = data(2, "two\n");
    broken[broken.length - 2] ^= 1;
    send(data(1, "one\n"), broken, data(3, "three\n"));
    assertThat(session.isEnded()).isTrue();
    session.end(new byte[0], 0, 0);
    awaitFrames(
        "ACK 1",
        "ERROR {\"code\":\"bad_frame\",\"detail\":\"the checksum is wrong\",\"retryAfterMs\":0}");
    assertThat(intake.messages()).containsExactly("one");
    assertThat(metrics.notes()).containsEntry("bad_frame", 1L);
  }

  @Test
  void wrongLengths_bombsAndOtherProtocols_areErrors() throws Exception {
    byte[] bomb = Zstd.compress(new byte[FrameFormat.MAX_UNPACKED + 1]);
    byte[] endless = data(1, "x");
    endless[12] = (byte) 0xff;
    byte[] noFrame = data(1, "x");
    noFrame[3] = 2;
    for (byte[] frame :
        List.of(
            FrameFormat.of(FrameFormat.DATA, FrameFormat.ZSTD, 1, bomb),
            FrameFormat.of(FrameFormat.DATA, FrameFormat.ZSTD, 1, new byte[] {1, 2, 3}),
            FrameFormat.of(99, 1),
            endless,
            noFrame)) {
      Sender sender = new Sender();
      FramedSession other =
          new FramedSession(
              new InputContext(
                  intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC()),
              sender,
              SecurityTesting.open(),
              clients,
              256 << 10);
      other.arrived(System.nanoTime());
      other.decode(frame, 0, frame.length, false);
      assertThat(other.isEnded()).isTrue();
      other.end(new byte[0], 0, 0);
      assertThat(sender.frames())
          .singleElement()
          .asString()
          .containsAnyOf("bad_frame", "frame_too_large");
    }
    assertThat(intake.size()).isZero();
  }

  @Test
  void senderThatNeverReadsItsAcknowledgements_isStillServed() throws Exception {
    peer.deaf = true;
    for (int i = 1; i <= 1000; i++) {
      send(data(i, "line " + i + "\n"));
    }
    assertThat(intake.size()).isEqualTo(1000);
    peer.reading.countDown();
    await().untilAsserted(() -> assertThat(peer.frames()).last().isEqualTo("ACK 1000"));
    assertThat(peer.frames()).hasSizeLessThan(1000);
  }

  @Test
  void bye_endsAfterTheLastAcknowledgement() throws Exception {
    intake.hold();
    send(data(1, "one\n"), FrameFormat.of(FrameFormat.BYE, 2));
    assertThat(session.isEnded()).isTrue();
    Thread ending =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    session.end(new byte[0], 0, 0);
                  } catch (IOException | InterruptedException ex) {
                    throw new IllegalStateException(ex);
                  }
                });
    intake.release();
    ending.join();
    assertThat(peer.frames()).containsExactly("ACK 1");
  }

  @Test
  void recordsThatCannotBeStored_areAnError_andNeverAcknowledged() throws Exception {
    intake.failWith(new IOException("disk"));
    send(data(1, "one\n"));
    await().untilAsserted(() -> assertThat(peer.frames()).hasSize(1));
    assertThat(peer.frames().getFirst()).contains("not_stored", "\"retryAfterMs\":1000");
    assertThat(session.isEnded()).isTrue();
  }
}
