package io.logcaster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The framing and the answers; JavaClientsTest exports with OpenTelemetry's own client. */
class OtlpGrpcControllerTest {

  /** {@code ResourceLogs { ScopeLogs { LogRecord { severity_number 17, body "m" }}}}. */
  private static final byte[] LOGS = {
    0x0a, 0x0b, 0x12, 0x09, 0x12, 0x07, 0x10, 0x11, 0x2a, 0x03, 0x0a, 0x01, 'm'
  };

  private final HttpInputTester tester = new HttpInputTester();
  private final OtlpGrpcController controller =
      new OtlpGrpcController(tester.input, tester.properties);

  private static byte[] framed(int flag, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flag)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private MockHttpServletResponse send(String encoding, byte[] body) throws Exception {
    MockHttpServletRequest request = HttpInputTester.request("application/grpc+proto", body);
    if (!encoding.isEmpty()) {
      request.addHeader("grpc-encoding", encoding);
    }
    MockHttpServletResponse response = new MockHttpServletResponse();
    controller.export(request, response);
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).isEqualTo("application/grpc");
    return response;
  }

  private void assertRefused(MockHttpServletResponse response, int code) {
    assertThat(response.getHeader("grpc-status")).isEqualTo(Integer.toString(code));
    assertThat(response.getHeader("grpc-message")).isNotEmpty().doesNotContain(" ");
    assertThat(response.getContentAsByteArray()).isEmpty();
  }

  @Test
  void message_isStored_andAnsweredInAFrame() throws Exception {
    assertThat(send("", framed(0, LOGS)).getContentAsByteArray()).isEqualTo(framed(0, new byte[0]));
    assertThat(tester.record(0)).containsEntry("_msg", "m").containsEntry("level", "ERROR");
  }

  @Test
  void compressedMessage_isUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(LOGS);
    }
    send("gzip", framed(1, packed.toByteArray()));
    // The encoding counts only for messages that say that they are compressed.
    send("gzip", framed(0, LOGS));
    assertThat(tester.intake.messages()).containsExactly("m", "m");
  }

  @Test
  void malformedCalls_areRefused() throws Exception {
    assertRefused(send("", new byte[0]), 3);
    assertRefused(send("", framed(7, LOGS)), 3);
    assertRefused(send("", framed(1, LOGS)), 3);
    assertRefused(send("", framed(0, new byte[] {0x0a, 0x7f})), 3);
    assertRefused(send("", ByteBuffer.allocate(9).putInt(1, 99).array()), 3);
    assertRefused(send("", ByteBuffer.allocate(9).putInt(1, -1).array()), 8);
    assertRefused(send("snappy", framed(1, LOGS)), 12);
    assertThat(tester.intake.size()).isZero();
  }

  @Test
  void overload_isUnavailable_withTheTimeToWait() throws Exception {
    tester.intake.full(true);
    MockHttpServletResponse response = send("", framed(0, LOGS));
    assertRefused(response, 14);
    byte[] details =
        Base64.getDecoder().decode(String.valueOf(response.getHeader("grpc-status-details-bin")));
    assertThat(new String(details, StandardCharsets.ISO_8859_1))
        .contains("type.googleapis.com/google.rpc.RetryInfo")
        // field 2: RetryInfo, of which field 1 is a delay of one second
        .endsWith("\u0012\u0004\n\u0002\b\u0001");
  }
}
