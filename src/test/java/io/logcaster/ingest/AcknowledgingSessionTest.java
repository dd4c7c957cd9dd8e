package io.logcaster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.pipeline.InputMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A protocol of two bytes a frame: {@code r1} is a record, {@code a1} asks for an answer. */
class AcknowledgingSessionTest {

  private final RecordingIntake intake = new RecordingIntake();
  private final RecordingPeer peer = new RecordingPeer();
  private final InputMetrics metrics = new InputMetrics("tcp");
  private final PairSession session =
      new PairSession(
          new InputContext(intake, metrics, List.of("host"), ZoneOffset.UTC, Clock.systemUTC()),
          peer);

  private static final class PairSession extends AcknowledgingSession<Byte> {

    PairSession(InputContext context, Peer peer) {
      super(context, peer, new LargeMessages(), "malformed_pair");
    }

    @Override
    public String protocol() {
      return "pair";
    }

    @Override
    protected int readFrame(byte[] bytes, int from, int to)
        throws MalformedFrameException, InterruptedException {
      if (to - from < 2) {
        return -1;
      }
      beginFrame();
      switch (bytes[from]) {
        case 'r' -> {
          submitter.writer().builder().message(bytes, from + 1, from + 2);
          submitter.writer().end();
          recordRead();
        }
        case 'a' -> acknowledgeWhenDurable(bytes[from + 1]);
        default -> throw new MalformedFrameException("no frame");
      }
      return from + 2;
    }

    @Override
    protected void acknowledge(List<Byte> durable) throws IOException {
      for (byte id : durable) {
        peer.write(new byte[] {id}, 1);
      }
    }
  }

  private int send(String text) throws IOException, InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    session.arrived(1);
    return session.decode(bytes, 0, bytes.length, false);
  }

  private String answers() {
    return peer.answers().toString(StandardCharsets.US_ASCII);
  }

  @Test
  void incompleteFrame_isNotConsumed() throws Exception {
    assertThat(send("r1r")).isEqualTo(2);
    assertThat(session.isEnded()).isFalse();
  }

  @Test
  void dueFrames_whenDurable_areAcknowledgedInOrder() throws Exception {
    send("r1a1r2a2");
    assertThat(session.isFlushDue(1)).isTrue();
    assertThat(answers()).isEmpty();
    session.flush();
    assertThat(intake.messages()).containsExactly("1", "2");
    assertThat(answers()).isEqualTo("12");
    assertThat(session.hasRecords()).isFalse();
  }

  @Test
  void dueFrame_whoseRecordsCannotBeStored_endsTheSessionUnacknowledged() throws Exception {
    intake.failWith(new IOException("disk"));
    send("r1a1");
    session.flush();
    assertThat(answers()).isEmpty();
    assertThat(session.isEnded()).isTrue();
  }

  @Test
  void recordsWithoutDueFrames_areFlushedAfterADelay() throws Exception {
    send("r1");
    assertThat(session.isFlushDue(50_000_000L)).isFalse();
    assertThat(session.isFlushDue(200_000_000L)).isTrue();
    session.flush();
    assertThat(intake.messages()).containsExactly("1");
    assertThat(answers()).isEmpty();
  }

  @Test
  void malformedBytes_endTheSession_butKeepEarlierRecords() throws Exception {
    assertThat(send("r1a1x?r2")).isEqualTo(8);
    assertThat(session.isEnded()).isTrue();
    assertThat(session.errors()).isEqualTo(1);
    assertThat(metrics.rejected()).containsEntry("malformed_pair", 1L);
    session.end(new byte[0], 0, 0);
    assertThat(intake.messages()).containsExactly("1");
    assertThat(answers()).isEqualTo("1");
  }

  @Test
  void end_withinAFrame_countsIt() throws Exception {
    session.arrived(1);
    session.end("r1r".getBytes(StandardCharsets.US_ASCII), 0, 3);
    assertThat(intake.messages()).containsExactly("1");
    assertThat(metrics.rejected()).containsEntry("malformed_pair", 1L);
  }
}
