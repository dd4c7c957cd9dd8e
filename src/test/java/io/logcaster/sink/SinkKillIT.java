package io.logcaster.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.ServerProcess;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A server with sinks and transforms that is killed under load. The lines of a record come in
 * different frames, so lines wait in the join when the process ends; some records go to a sink
 * only.
 */
@Execution(ExecutionMode.CONCURRENT)
class SinkKillIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Not a multiple of the lines of a record, so that records go on in the next frame. */
  private static final int LINES_PER_FRAME = 5;

  private static final int LINES_PER_RECORD = 3;

  /** Every so many records, one goes to a sink only. */
  private static final int ROUTED = 4;

  /** Frames that are acknowledged before the kill. */
  private static final int ACKNOWLEDGED = 40;

  private static final int MAX_FRAMES = 20_000;

  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  private static final int HELLO = 1;
  private static final int DATA = 2;
  private static final int ACK = 3;

  @TempDir Path data;
  @TempDir Path out;

  private final AtomicInteger acknowledged = new AtomicInteger();

  private String[] settings() {
    return new String[] {
      "--logcaster.sinks[0].name=all",
      "--logcaster.sinks[0].type=file",
      "--logcaster.sinks[0].filter=app:=kill",
      "--logcaster.sinks[0].options.path=" + out.resolve("all.log"),
      "--logcaster.sinks[1].name=side",
      "--logcaster.sinks[1].type=file",
      "--logcaster.sinks[1].filter=nothing",
      "--logcaster.sinks[1].options.path=" + out.resolve("side.log"),
      "--logcaster.transforms[0].name=join",
      "--logcaster.transforms[0].filter=app:=kill",
      "--logcaster.transforms[0].action=join",
      "--logcaster.transforms[0].options.preset=indentation",
      "--logcaster.transforms[0].options.timeout=5s",
      "--logcaster.transforms[1].name=side",
      "--logcaster.transforms[1].filter=app:=kill sideways",
      "--logcaster.transforms[1].action=route",
      "--logcaster.transforms[1].options.sink=side"
    };
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES) // two starts of a server, on a busy machine
  void killedServer_hasEveryAcknowledgedLine_inTheStoreAndInItsSinks() throws Exception {
    ServerProcess server = ServerProcess.start(data, settings());
    try {
      sendAndKill(server);
      server = server.restart();
      BitSet stored = stored(new Api(server.httpPort()));

      assertThat(acknowledged.get()).isGreaterThanOrEqualTo(ACKNOWLEDGED);
      await().atMost(PATIENCE).untilAsserted(() -> assertNoneMissing(stored, file("all.log")));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertNoneMissing(acknowledgedHeads(), file("side.log")));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                BitSet found = file("side.log");
                found.or(stored);
                assertNoneMissing(acknowledgedLines(), found);
              });
    } finally {
      server.kill();
    }
  }

  private void sendAndKill(ServerProcess server) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.tcpPort())) {
      Thread reader = Thread.ofPlatform().daemon().start(() -> readAcknowledgements(socket));
      OutputStream stream = socket.getOutputStream();
      stream.write(frame(HELLO, 0, "{}"));
      int sequence = 0;
      while (acknowledged.get() < ACKNOWLEDGED && sequence < MAX_FRAMES) {
        sequence++;
        stream.write(frame(DATA, sequence, lines(sequence)));
      }
      await().atMost(PATIENCE).until(() -> acknowledged.get() >= ACKNOWLEDGED);
      server.kill();
      reader.join(); // what was acknowledged in the last moment counts as well
    }
  }

  private void readAcknowledgements(Socket socket) {
    try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
      byte[] header = new byte[20];
      while (true) {
        in.readFully(header);
        ByteBuffer fields = ByteBuffer.wrap(header);
        in.readNBytes(fields.getInt(12));
        if (header[4] == ACK) {
          acknowledged.set(fields.getInt(8));
        }
      }
    } catch (IOException ex) {
      // The server was killed.
    }
  }

  private static byte[] frame(int type, int sequence, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    CRC32C checksum = new CRC32C();
    checksum.update(payload);
    return ByteBuffer.allocate(20 + payload.length)
        .put(new byte[] {(byte) 0xC1, 'L', 'C', 1, (byte) type, 0, 0, 0})
        .putInt(sequence)
        .putInt(payload.length)
        .putInt((int) checksum.getValue())
        .put(payload)
        .array();
  }

  private static String lines(int sequence) {
    StringBuilder text = new StringBuilder();
    int first = (sequence - 1) * LINES_PER_FRAME;
    for (int line = first; line < first + LINES_PER_FRAME; line++) {
      boolean begins = line % LINES_PER_RECORD == 0;
      text.append("{\"app\":\"kill\",\"_msg\":\"")
          .append(begins ? "" : "  ")
          .append("line ")
          .append(line)
          .append(begins && isRouted(line) ? " sideways" : "")
          .append("\"}\n");
    }
    return text.toString();
  }

  private static boolean isRouted(int line) {
    return line / LINES_PER_RECORD % ROUTED == 0;
  }

  private BitSet acknowledgedLines() {
    BitSet lines = new BitSet();
    lines.set(0, acknowledged.get() * LINES_PER_FRAME);
    return lines;
  }

  /**
   * The first lines of records that go to a sink only. Their other lines may be late for the join.
   */
  private BitSet acknowledgedHeads() {
    BitSet lines = acknowledgedLines();
    for (int line = lines.nextSetBit(0); line >= 0; line = lines.nextSetBit(line + 1)) {
      lines.set(line, line % LINES_PER_RECORD == 0 && isRouted(line));
    }
    return lines;
  }

  private static BitSet stored(Api api) {
    String query = "app:=kill | fields _msg";
    return numbers(
        api.get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).body());
  }

  private BitSet file(String name) throws IOException {
    Path file = out.resolve(name);
    return Files.exists(file) ? numbers(Files.readString(file)) : new BitSet();
  }

  private static BitSet numbers(String text) {
    BitSet numbers = new BitSet();
    Matcher lines = LINE.matcher(text);
    while (lines.find()) {
      numbers.set(Integer.parseInt(lines.group(1)));
    }
    return numbers;
  }

  private static void assertNoneMissing(BitSet expected, BitSet found) {
    BitSet missing = (BitSet) expected.clone();
    missing.andNot(found);
    assertThat(missing.toString()).isEqualTo("{}");
  }
}
