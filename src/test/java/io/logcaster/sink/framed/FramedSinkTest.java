package io.logcaster.sink.framed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.logcaster.sink.FakeReceiver;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContexts;
import io.logcaster.sink.SinkContract;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.SinkOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class FramedSinkTest extends SinkContract {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> hellos = new CopyOnWriteArrayList<>();
  private volatile String refusal = "";
  private FakeReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    receiver = new FakeReceiver(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    receiver.close();
  }

  private void serve(InputStream in, OutputStream out) throws IOException {
    while (true) {
      byte[] head = in.readNBytes(20);
      if (head.length < 20) {
        return;
      }
      ByteBuffer header = ByteBuffer.wrap(head);
      String payload = new String(in.readNBytes(header.getInt(12)), StandardCharsets.UTF_8);
      if (head[4] == 1) {
        hellos.add(payload);
      } else if (!refusal.isEmpty()) {
        reply(out, 4, header.getInt(8), refusal);
      } else {
        payload
            .lines()
            .forEach((line) -> received.add(JSON.readTree(line).path("_msg").stringValue()));
        reply(out, 3, header.getInt(8), "");
      }
    }
  }

  private static void reply(OutputStream out, int type, int sequence, String text)
      throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(20 + payload.length);
    frame.putInt(0xC14C4301).put((byte) type).put((byte) 0).putShort((short) 0);
    frame.putInt(sequence).putInt(payload.length).putInt(0).put(payload);
    out.write(frame.array());
    out.flush();
  }

  @Override
  protected Sink open() {
    FramedSinkType type = new FramedSinkType();
    Map<String, Object> options =
        Map.of("host", "127.0.0.1", "port", receiver.port(), "token", "a token");
    return type.open(SinkOptions.of(type.options(), options), SinkContexts.in(directory));
  }

  @Override
  protected List<String> received(int atLeast) {
    return received;
  }

  @Override
  protected void fail() throws IOException {
    receiver.stop();
  }

  @Override
  protected void mend() throws IOException {
    receiver.start();
  }

  @Test
  void hello_namesTheSinkAndItsToken() throws Exception {
    try (Sink sink = open()) {
      sink.begin(0);
      sink.write(batch(0, 1));
      sink.flush();
    }
    assertThat(hellos).containsExactly("{\"client\":\"sink-test\",\"token\":\"a token\"}");
  }

  @Test
  void largeRound_isDividedIntoFramesAndAcknowledgedAsAWhole() throws Exception {
    try (Sink sink = open()) {
      sink.begin(0);
      sink.write(batch(0, 10_000));
      sink.flush();

      assertThat(received).containsExactlyElementsOf(messages(0, 10_000));
    }
  }

  @Test
  void refusal_saysWhenToTryAgain() throws Exception {
    refusal = "{\"code\":\"busy\",\"detail\":\"the disk is full\",\"retryAfterMs\":3000}";
    try (Sink sink = open()) {
      sink.begin(0);
      sink.write(batch(0, 1));
      SinkException failure = catchThrowableOfType(SinkException.class, sink::flush);

      assertThat(failure.kind()).isEqualTo(SinkException.Kind.TEMPORARY);
      assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
      assertThat(failure).hasMessageContaining("busy: the disk is full");
    }
  }
}
