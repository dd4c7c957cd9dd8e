package io.logcaster.ingest.framed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.ingest.Session;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.security.Authenticator;
import io.logcaster.security.SecurityTesting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a sender that names itself can rely on. */
@Execution(ExecutionMode.CONCURRENT)
class FramedDeliveryTest {

  private static final String TOKEN = "a-token-of-some-length";

  private final RecordingIntake intake = new RecordingIntake();
  private final InputMetrics metrics = new InputMetrics("tcp");
  private final FramedClients clients = new FramedClients();

  /** One connection of a sender. */
  private final class Connection implements Session.Peer {

    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final FramedSession session;
    private @Nullable String certificate;
    private volatile boolean interrupted;

    Connection(Authenticator authenticator) {
      session =
          new FramedSession(
              new InputContext(
                  intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC()),
              this,
              authenticator,
              clients,
              256 << 10);
    }

    @Override
    public String host() {
      return "10.0.0.9";
    }

    @Override
    public @Nullable String certificate() {
      return certificate;
    }

    @Override
    public void interruptReading() {
      interrupted = true;
    }

    @Override
    public void write(byte[] bytes, int length) {
      synchronized (answers) {
        answers.write(bytes, 0, length);
      }
    }

    Connection send(byte[]... frames) throws InterruptedException {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      for (byte[] frame : frames) {
        sent.writeBytes(frame);
      }
      session.arrived(System.nanoTime());
      session.decode(sent.toByteArray(), 0, sent.size(), false);
      session.flush();
      return this;
    }

    void end() throws IOException, InterruptedException {
      session.end(new byte[0], 0, 0);
    }

    List<String> frames() {
      byte[] bytes;
      synchronized (answers) {
        bytes = answers.toByteArray();
      }
      List<String> frames = new ArrayList<>();
      for (int at = 0;
          at < bytes.length;
          at += FrameFormat.HEADER + (int) FrameFormat.length(bytes, at)) {
        int length = (int) FrameFormat.length(bytes, at);
        frames.add(
            FrameFormat.type(bytes, at) == FrameFormat.ACK
                ? "ACK " + FrameFormat.number(bytes, at)
                : new String(bytes, at + FrameFormat.HEADER, length, StandardCharsets.UTF_8));
      }
      return frames;
    }

    void awaitLast(String text) {
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(frames()).last().asString().contains(text));
    }
  }

  private Connection connect() {
    return new Connection(SecurityTesting.open());
  }

  private static byte[] hello(String json) {
    return FrameFormat.of(FrameFormat.HELLO, 0, 0, json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hello() {
    return hello("{\"client\":\"a\",\"resume\":true}");
  }

  private static byte[] simpleHello() {
    return hello("{\"client\":\"a\"}");
  }

  private static byte[] data(int sequence, String lines) {
    return FrameFormat.of(FrameFormat.DATA, 0, sequence, lines.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void framesSentAgain_areAcknowledgedAndNotStoredAgain() throws Exception {
    Connection first = connect().send(hello(), data(1, "one\n"), data(2, "two\n"));
    first.awaitLast("ACK 2");
    first.end();

    Connection second = connect().send(hello());
    second.awaitLast("ACK 2");
    second.send(data(1, "one\n"), data(2, "two\n"), data(3, "three\n"));
    second.awaitLast("ACK 3");

    assertThat(intake.messages()).containsExactly("one", "two", "three");
    assertThat(metrics.notes()).containsEntry("duplicate_frames", 2L);
  }

  @Test
  void senderThatLostItsSequences_losesNothing() throws Exception {
    Connection first = connect().send(simpleHello(), data(1, "one\n"), data(2, "two\n"));
    first.awaitLast("ACK 2");
    first.end();

    Connection second = connect().send(simpleHello());
    second.awaitLast("ACK 0");
    second.send(data(1, "uno\n"));
    second.awaitLast("ACK 1");
    second.end();

    Connection third = connect().send(simpleHello(), data(2, "dos\n"), data(3, "tres\n"));
    third.awaitLast("ACK 3");
    assertThat(intake.messages()).containsExactly("one", "two", "uno", "dos", "tres");
    assertThat(intake.lastDelivery("a")).isEqualTo(3);
  }

  @Test
  void repeatedFrames_areStoredOnce_evenFromTheBeginning() throws Exception {
    for (int from : new int[] {1, 1, 2}) {
      Connection sender = connect().send(simpleHello());
      for (int i = from; i <= 3; i++) {
        sender.send(data(i, "line " + i + "\n"));
      }
      sender.awaitLast("ACK 3");
      sender.end();
    }
    assertThat(intake.messages()).containsExactly("line 1", "line 2", "line 3");
    assertThat(metrics.notes()).containsEntry("duplicate_frames", 5L);
  }

  @Test
  void firstReply_toAnUnknownClient_isZero() throws Exception {
    connect().send(hello()).awaitLast("ACK 0");
  }

  @Test
  void newConnection_waitsForFramesOfTheOldOne() throws Exception {
    intake.hold();
    Connection old = connect().send(hello(), data(1, "one\n"));
    Connection fresh = connect();
    CompletableFuture<Connection> greeted =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return fresh.send(hello());
              } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
              }
            });
    await().until(() -> old.interrupted);
    assertThat(fresh.frames()).isEmpty();
    assertThat(old.session.isEnded()).isTrue();
    old.session.end(new byte[0], 0, 0);
    old.awaitLast("replaced");
    assertThat(greeted).isNotDone();
    intake.release();
    greeted.get();
    fresh.awaitLast("ACK 1");
    fresh.send(data(1, "one\n"), data(2, "two\n")).awaitLast("ACK 2");
    assertThat(intake.messages()).containsExactly("one", "two");
  }

  @Test
  void largeFrame_isOneDelivery() throws Exception {
    byte[] packed =
        Zstd.compress("a line of text\n".repeat(60_000).getBytes(StandardCharsets.US_ASCII));
    Connection sender = connect();
    sender.send(hello(), FrameFormat.of(FrameFormat.DATA, FrameFormat.ZSTD, 1, packed));
    sender.awaitLast("ACK 1");
    assertThat(intake.size()).isEqualTo(60_000);
    assertThat(intake.batches()).isEqualTo(1);
  }

  @Test
  void tooLargeFrame_isRefusedEntirely_andNamed() throws Exception {
    byte[] packed =
        Zstd.compress(
            "x\n".repeat(FrameFormat.MAX_RECORDS + 1).getBytes(StandardCharsets.US_ASCII));
    Connection sender = connect();
    sender.send(hello(), FrameFormat.of(FrameFormat.DATA, FrameFormat.ZSTD, 1, packed));
    sender.end();
    sender.awaitLast("frame_too_large");
    assertThat(intake.size()).isZero();
  }

  @Test
  void frameWithoutRecords_isRemembered() throws Exception {
    connect().send(hello(), data(5, "\n")).awaitLast("ACK 5");
    assertThat(intake.lastDelivery("a")).isEqualTo(5);
  }

  @Test
  void sequencesThatDoNotGrow_areAnError() throws Exception {
    Connection sender = connect().send(hello(), data(0, "zero\n"));
    sender.end();
    sender.awaitLast("does not grow");
    assertThat(intake.size()).isZero();
  }

  @Test
  void revokedToken_endsTheConnection_evenAnIdleOne() throws Exception {
    Authenticator guarded = SecurityTesting.withToken(TOKEN);
    Connection sender =
        new Connection(guarded).send(hello("{\"client\":\"a\",\"token\":\"" + TOKEN + "\"}"));
    sender.send(data(1, "one\n")).awaitLast("ACK 1");

    SecurityTesting.revoke(guarded, TOKEN);

    sender.awaitLast("revoked");
    sender.send(data(2, "two\n"));
    sender.end();
    assertThat(intake.size()).isEqualTo(1);
  }

  @Test
  void token_isRequiredIfCredentialsExist() throws Exception {
    Authenticator guarded = SecurityTesting.withToken(TOKEN);
    for (byte[] start :
        List.of(
            data(1, "one\n"),
            hello(),
            hello("{\"client\":\"a\",\"token\":\"wrong\"}"),
            FrameFormat.of(FrameFormat.PING, 1))) {
      Connection stranger = new Connection(guarded).send(start, data(2, "two\n"));
      stranger.end();
      stranger.awaitLast("unauthorized");
    }
    assertThat(intake.size()).isZero();

    new Connection(guarded)
        .send(hello("{\"token\":\"" + TOKEN + "\"}"), data(1, "known\n"))
        .awaitLast("ACK 1");
    Connection certified = new Connection(guarded);
    certified.certificate = "CN=shipper";
    certified.send(data(1, "certified\n")).awaitLast("ACK 1");
    assertThat(intake.messages()).containsExactly("known", "certified");
  }

  @Test
  void invalidOrLateHello_isAnError() throws Exception {
    for (byte[][] frames :
        List.of(
            new byte[][] {hello("no json")},
            new byte[][] {hello("[]")},
            new byte[][] {hello("{\"client\":\"" + "x".repeat(200) + "\"}")},
            new byte[][] {hello(), hello()},
            new byte[][] {data(1, "\n"), hello()})) {
      Connection sender = connect().send(frames);
      sender.end();
      sender.awaitLast("bad_hello");
    }
  }
}
