package io.logcaster.ingest.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Seeds;
import io.logcaster.TestClock;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.ingest.text.Decoding;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.LogRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.unit.DataSize;

@Execution(ExecutionMode.CONCURRENT)
class UdpInputTest {

  private final RecordingIntake intake = new RecordingIntake();
  private final InputMetrics metrics = new InputMetrics("udp");
  private final TestClock clock = new TestClock(Instant.parse("2026-11-21T10:00:00Z"));
  private final UdpInput input =
      new UdpInput(
          new UdpProperties(0, null, DataSize.ofMegabytes(4))
              .options(InetAddress.getLoopbackAddress(), 256 << 10),
          new InputContext(intake, metrics, List.of("host", "app"), ZoneOffset.UTC, clock));
  private DatagramSocket client;

  @BeforeEach
  void start() throws IOException {
    input.start();
    client = new DatagramSocket();
  }

  @AfterEach
  void stop() {
    client.close();
    input.stop();
  }

  private void send(byte[] bytes) throws IOException {
    client.send(
        new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), input.port()));
  }

  private void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  private LogRecord received() {
    await().atMost(Duration.ofMinutes(1)).until(() -> intake.size() == 1);
    return intake.records().getFirst();
  }

  @Test
  void syslog_mayHoldLineFeeds_andEndWithNul() throws IOException {
    send("<11>1 - h a - - - one\n\tat two\0");
    LogRecord record = received();
    assertThat(record.message()).isEqualTo("one\n\tat two");
    assertThat(record.value("level")).isEqualTo("ERROR");
  }

  @Test
  void plainText_getsTheSenderAsHost() throws IOException {
    send("hello\n");
    assertThat(received().message()).isEqualTo("hello");
    assertThat(received().value("host")).isEqualTo("127.0.0.1");
  }

  @Test
  void json_isParsed() throws IOException {
    send("{\"msg\":\"m\",\"_x\":1}");
    assertThat(Decoding.fields(received())).containsEntry("_msg", "m").containsEntry("_x", "1");
  }

  @Test
  void brokenSyslog_isKeptWithAReason() throws IOException {
    send("<999>x");
    assertThat(received().value("_parse_error")).isEqualTo("syslog: priority above 191");
  }

  private static final String GELF =
      "{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"gelf\",\"_x\":1,\"level\":3}";

  private void assertGelf() {
    assertThat(Decoding.fields(received()))
        .containsEntry("_msg", "gelf")
        .containsEntry("x", "1")
        .containsEntry("level", "ERROR")
        .containsEntry("host", "h");
  }

  @Test
  void gelf_plain() throws IOException {
    send(GELF);
    assertGelf();
  }

  @Test
  void gelf_gzip() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(GELF.getBytes(StandardCharsets.UTF_8));
    }
    send(packed.toByteArray());
    assertGelf();
  }

  @Test
  void gelf_zlib_inChunksOutOfOrder_withADuplicate() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(GELF.getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = packed.toByteArray();
    int count = (whole.length + 19) / 20;
    send(chunk(whole, count - 1, count));
    for (int i = 0; i < count; i++) {
      send(chunk(whole, i, count));
    }
    assertGelf();
  }

  private static byte[] chunk(byte[] whole, int number, int count) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.writeBytes(new byte[] {0x1e, 0x0f, 1, 2, 3, 4, 5, 6, 7, 8});
    chunk.write(number);
    chunk.write(count);
    int from = number * 20;
    chunk.write(whole, from, Math.min(20, whole.length - from));
    return chunk.toByteArray();
  }

  @Test
  void textResemblingZlib_isText() throws IOException {
    send("x^2 is a square");
    assertThat(received().message()).isEqualTo("x^2 is a square");
  }

  @Test
  void noRoom_waitsWhileTheReceiverHasRoom() throws IOException {
    intake.full(true);
    send("patient");
    await().until(() -> metrics.bytes() == 7);
    intake.full(false);
    assertThat(received().message()).isEqualTo("patient");
    assertThat(metrics.dropped()).doesNotContainKey(UdpInput.NO_ROOM);
  }

  @Test
  void noRoomAtTheEnd_isACountedDrop() throws IOException {
    intake.full(true);
    send("lost");
    await().until(() -> metrics.bytes() == 4);
    input.stop();
    assertThat(metrics.dropped()).containsEntry(UdpInput.NO_ROOM, 1L);
  }

  @Test
  void stop_readsWhatHasArrived() throws IOException {
    for (int i = 0; i < 2000; i++) {
      send("line " + i);
    }
    input.stop();
    assertThat(input.stats().state()).isEqualTo(InputStats.State.STOPPED);
    long dropped = metrics.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(intake.size() + dropped).isEqualTo(2000);
  }

  @Test
  void kernelDrops_areReadFromTheSystemTable(@TempDir Path dir) throws IOException {
    Path table = dir.resolve("udp");
    String line =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
            + " inode ref pointer drops\n"
            + "  1: 0100007F:1414 00000000:0000 07 00000000:00000000 00:00000000 00000000     0    "
            + "    0 1234 2 0000000000000000 %d\n"
            + "  2: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0    "
            + "    0 1234 2 0000000000000000 99\n";
    Files.writeString(table, line.formatted(7));
    KernelDrops drops = new KernelDrops(List.of(table, dir.resolve("none")), 5140);
    assertThat(drops.takeNew()).isZero();
    Files.writeString(table, line.formatted(12));
    assertThat(drops.takeNew()).isEqualTo(5);
    assertThat(drops.takeNew()).isZero();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  @Test
  void emptyMessages_areRejected_andTheNextIsRead() throws IOException {
    byte[] chunk = new byte[12];
    chunk[0] = 0x1e;
    chunk[1] = 0x0f;
    chunk[11] = 1;
    send(chunk);
    send(gzip(new byte[0]));
    send(new byte[0]);
    send("\0\n");
    send("alive");
    assertThat(received().message()).isEqualTo("alive");
    assertThat(metrics.rejected()).containsEntry(UdpInput.EMPTY, 2L);
    assertThat(metrics.notes()).containsEntry("empty_datagram", 2L);
    assertThat(input.stats().state()).isEqualTo(InputStats.State.RUNNING);
  }

  @Test
  void brokenCompressedMessage_isKeptWithAReason() throws IOException {
    byte[] packed = gzip(GELF.getBytes(StandardCharsets.UTF_8));
    send(Arrays.copyOf(packed, packed.length - 12));
    assertThat(received().value("_parse_error")).isEqualTo("gelf: does not unpack");
  }

  @Test
  void wideTextWithMark_isDecoded() throws IOException {
    send("\ufeff{\"msg\":\"\u00e4rger\"}".getBytes(StandardCharsets.UTF_16LE));
    assertThat(received().message()).isEqualTo("\u00e4rger");
  }

  @Test
  void failedDecodingThread_isRestarted_andLosesNothing() throws IOException {
    clock.failOnce();
    send("first");
    assertThat(received().message()).isEqualTo("first");
    await().until(() -> metrics.notes().getOrDefault("thread_restarted", 0L) == 1);
    await().until(() -> input.stats().state() == InputStats.State.RUNNING);
  }

  /** Each datagram is in the books once at least, and the thread that reads them lives. */
  @Test
  void damagedDatagrams_areAllAccountedFor() throws IOException {
    long seed = Seeds.fresh();
    Random random = new Random(seed);
    byte[][] models = {
      GELF.getBytes(StandardCharsets.UTF_8),
      gzip(GELF.getBytes(StandardCharsets.UTF_8)),
      "<11>1 2026-11-21T08:00:00Z h a - - [x y=\"z\"] one".getBytes(StandardCharsets.UTF_8),
      "<13>Nov 21 09:00:00 web1 app[7]: two".getBytes(StandardCharsets.UTF_8),
      "{\"msg\":\"m\",\"o\":{\"p\":[1]}}".getBytes(StandardCharsets.UTF_8),
      "2026-11-21T08:00:00Z WARN [DB] text".getBytes(StandardCharsets.UTF_8),
      "level=info msg=\"x y\"".getBytes(StandardCharsets.UTF_16BE),
    };
    int count = 3000;
    for (int i = 0; i < count; i++) {
      byte[] datagram = models[random.nextInt(models.length)].clone();
      for (int damage = random.nextInt(6); damage > 0; damage--) {
        datagram[random.nextInt(datagram.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) {
        datagram = Arrays.copyOf(datagram, random.nextInt(datagram.length + 1));
      }
      send(datagram);
    }
    send("the last");
    await().atMost(Duration.ofMinutes(1)).until(() -> intake.messages().contains("the last"));
    input.stop();
    long rejected = metrics.rejected().values().stream().mapToLong(Long::longValue).sum();
    long dropped = metrics.dropped().values().stream().mapToLong(Long::longValue).sum();
    long empty = metrics.notes().getOrDefault("empty_datagram", 0L);
    assertThat(intake.size() + rejected + dropped + empty)
        .as(Seeds.told(seed))
        .isGreaterThan(count);
    assertThat(metrics.rejected()).as(Seeds.told(seed)).doesNotContainKey(UdpInput.UNREADABLE);
    assertThat(metrics.notes()).as(Seeds.told(seed)).doesNotContainKey("thread_restarted");
  }
}
