package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.HttpInputTester.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.logcaster.storage.StorageReadOnlyException;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;

class JournalControllerTest {

  private static final String TYPE = "application/vnd.fdo.journal";

  private final HttpInputTester tester = new HttpInputTester();
  private JournalController controller = new JournalController(tester.input, tester.properties);

  /** An entry as journal-upload writes it. */
  private static String entry(int number, String fields) {
    return """
    __CURSOR=s=bcce4fb8ffcb40e9a6e05eee8b7831bf;i=%x;b=ef4a;m=1;t=2;x=3
    __REALTIME_TIMESTAMP=1795158489123456
    __MONOTONIC_TIMESTAMP=5
    _BOOT_ID=ef4a
    %s
    """
            .formatted(number, fields)
        + "\n";
  }

  private static String numbered(int from, int to) {
    StringBuilder entries = new StringBuilder();
    IntStream.range(from, to).forEach((n) -> entries.append(entry(n, "MESSAGE=m" + n)));
    return entries.toString();
  }

  private ResponseEntity<String> send(byte[] body) throws Exception {
    return controller.upload(request(TYPE, body));
  }

  private int send(String body) throws Exception {
    return send(body.getBytes(StandardCharsets.UTF_8)).getStatusCode().value();
  }

  @Test
  void entries_becomeRecords() throws Exception {
    var answer =
        send(
            entry(
                    0x2f1a,
                    """
                    PRIORITY=4
                    _HOSTNAME=web1
                    SYSLOG_IDENTIFIER=sshd
                    _COMM=sshd-session
                    LEVEL=9
                    MESSAGE=[1] a = b\
                    """)
                .getBytes(StandardCharsets.UTF_8));
    assertThat(answer.getStatusCode().value()).isEqualTo(202);
    assertThat(answer.getBody()).isEqualTo("OK.\n");
    assertThat(tester.record(0))
        .containsEntry("_time", "2026-11-20T07:08:09.123456Z")
        .containsEntry("_msg", "[1] a = b")
        .containsEntry("level", "WARN")
        .containsEntry("host", "web1")
        .containsEntry("app", "sshd")
        .containsEntry("_COMM", "sshd-session")
        .containsEntry("LEVEL", "9")
        .containsEntry("__SEQNUM", Integer.toString(0x2f1a))
        .containsEntry("__SEQNUM_ID", "bcce4fb8ffcb40e9a6e05eee8b7831bf")
        .doesNotContainKeys("__CURSOR", "MESSAGE", "__REALTIME_TIMESTAMP");
  }

  @Test
  void binaryFields_mayHoldLineFeeds_andLongOnesAreCut() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("__REALTIME_TIMESTAMP=1795158489123456\n".getBytes(StandardCharsets.UTF_8));
    binary(body, "MESSAGE", "one\ntwo=2\n\nthree");
    binary(body, "DUMP", "x".repeat(300 << 10));
    body.writeBytes("AFTER=yes\n\n".getBytes(StandardCharsets.UTF_8));
    body.writeBytes("MESSAGE=next\n".getBytes(StandardCharsets.UTF_8));
    assertThat(send(body.toByteArray()).getStatusCode().value()).isEqualTo(202);
    assertThat(tester.record(0))
        .containsEntry("_msg", "one\ntwo=2\n\nthree")
        .containsEntry("AFTER", "yes")
        .containsEntry("_truncated", "true");
    assertThat(tester.record(0).get("DUMP")).hasSize(256 << 10);
    assertThat(tester.record(1)).containsEntry("_msg", "next");
  }

  private static void binary(ByteArrayOutputStream body, String name, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    body.writeBytes((name + "\n").getBytes(StandardCharsets.UTF_8));
    body.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length).array());
    body.writeBytes(bytes);
    body.write('\n');
  }

  @Test
  void messageInJson_isParsed_orStaysAText() throws Exception {
    send(
        entry(1, "_HOSTNAME=h\nMESSAGE={\"msg\":\"inner\",\"level\":\"error\",\"n\":7}")
            + entry(2, "_HOSTNAME=h\nMESSAGE={\"a\":1}"));
    assertThat(tester.record(0))
        .containsEntry("_msg", "inner")
        .containsEntry("level", "ERROR")
        .containsEntry("n", "7")
        .containsEntry("host", "h");
    assertThat(tester.record(1)).containsEntry("_msg", "{\"a\":1}").containsEntry("host", "h");
  }

  @Test
  void numberOfANewerSender_isKept() throws Exception {
    send(entry(1, "__SEQNUM=77\n__SEQNUM_ID=abc\nMESSAGE=m"));
    assertThat(tester.record(0))
        .containsEntry("__SEQNUM", "77")
        .containsEntry("__SEQNUM_ID", "abc");
  }

  @Test
  void malformedBody_keepsTheEntriesBefore_andIsNamed() throws Exception {
    for (String broken : List.of("=x\n\n", "NAME\nxxxxxxxxyyy", "x".repeat(300), "MESSAGE=cut")) {
      var answer = send((entry(1, "MESSAGE=good") + broken).getBytes(StandardCharsets.UTF_8));
      assertThat(answer.getStatusCode().value()).as(broken).isEqualTo(400);
      assertThat(answer.getBody()).contains("not a journal export");
    }
    assertThat(tester.intake.messages()).containsOnly("good");
  }

  @Test
  void otherType_isRefused() throws Exception {
    assertThat(controller.upload(request("text/plain", "")).getStatusCode().value()).isEqualTo(415);
  }

  /** The first upload of a machine is its whole journal. */
  @Test
  void longUpload_isStoredWhileItArrives() throws Exception {
    InputStream parts =
        new SequenceInputStream(
            stream(numbered(0, 20_000)),
            new Reset(() -> assertThat(tester.intake.size()).isGreaterThan(16_000)));
    MockHttpServletRequest request = withBody(parts);
    assertThatThrownBy(() -> controller.upload(request)).isInstanceOf(IOException.class);
    assertThat(tester.intake.size()).isEqualTo(20_000);
  }

  @Test
  void uploadThatBrokeOff_isContinuedWithoutDoubles() throws Exception {
    InputStream broken =
        new SequenceInputStream(stream(numbered(10, 15) + "MESSAGE=half"), new Reset(() -> {}));
    assertThatThrownBy(() -> controller.upload(withBody(broken))).isInstanceOf(IOException.class);
    assertThat(send(numbered(10, 18))).isEqualTo(202);
    assertThat(send(numbered(18, 20))).isEqualTo(202);
    // Another journal may begin with the same numbers.
    assertThat(send(numbered(11, 12).replace("s=bcc", "s=add"))).isEqualTo(202);
    assertThat(tester.intake.messages())
        .containsExactly(
            "m10", "m11", "m12", "m13", "m14", "m15", "m16", "m17", "m18", "m19", "m11");
  }

  @Test
  void uploadThatBrokeOff_isContinuedWithoutDoubles_afterARestart() throws Exception {
    for (int to : List.of(15, 17)) {
      InputStream broken =
          new SequenceInputStream(stream(numbered(10, to) + "MESSAGE=half"), new Reset(() -> {}));
      assertThatThrownBy(() -> controller.upload(withBody(broken))).isInstanceOf(IOException.class);
      restart();
    }
    assertThat(send(numbered(10, 19))).isEqualTo(202);
    restart();
    assertThat(send(numbered(10, 20))).isEqualTo(202);
    assertThat(tester.intake.messages())
        .containsExactlyElementsOf(IntStream.range(10, 20).mapToObj((n) -> "m" + n).toList());
    assertThat(tester.metrics.notes()).containsEntry("repeated", 5L + 7 + 9);
  }

  /** All that a new controller knows is what the storage keeps. */
  private void restart() {
    controller = new JournalController(tester.input, tester.properties);
  }

  @Test
  void entriesOfSeveralJournals_areContinuedAsFarAsTheyFollowTheFirst() throws Exception {
    String other = numbered(3, 4).replace("s=bcc", "s=add");
    assertThat(send(numbered(10, 12) + other)).isEqualTo(202);
    restart();
    assertThat(send(numbered(10, 12) + other + numbered(12, 13))).isEqualTo(202);
    assertThat(tester.intake.messages()).containsExactly("m10", "m11", "m3", "m3", "m12");
  }

  @Test
  void uploadWhoseFormerConnectionIsStillStoring_isAskedToComeAgain() throws Exception {
    tester.intake.hold();
    Thread former =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    controller.upload(
                        withBody(
                            new SequenceInputStream(
                                stream(numbered(10, 12)), new Reset(() -> {}))));
                  } catch (Exception ex) {
                    // The connection broke.
                  }
                });
    await().until(() -> tester.intake.size() == 2);
    InputStream early = new SequenceInputStream(stream(numbered(10, 13)), new Reset(() -> {}));
    assertThat(controller.upload(withBody(early)).getStatusCode().value()).isEqualTo(503);
    tester.intake.release();
    former.join();
    assertThat(send(numbered(10, 13))).isEqualTo(202);
    assertThat(tester.intake.messages()).containsExactly("m10", "m11", "m12");
  }

  @Test
  void storageThatTakesNothing_isBusy() throws Exception {
    tester.intake.failWith(new StorageReadOnlyException("full"));
    assertThat(send(numbered(1, 2))).isEqualTo(503);
  }

  /** A connection that is reset. */
  private static final class Reset extends InputStream {

    private final Runnable before;

    Reset(Runnable before) {
      this.before = before;
    }

    @Override
    public int read() throws IOException {
      before.run();
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MockHttpServletRequest withBody(InputStream body) {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/upload") {
          @Override
          public ServletInputStream getInputStream() {
            return new DelegatingServletInputStream(body);
          }
        };
    request.setContentType(TYPE);
    return request;
  }
}
