package io.logcaster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that are not what they say, as bytes on a socket of a running server. */
@RunningServer
class LyingRequestsTest {

  private static final String RECORD = "{\"_msg\":\"lyingrequest\"}\n";

  @LocalServerPort private int port;

  /** Sends bytes and the end, and returns the status; 0 where the connection was closed. */
  private int send(String head, byte[] body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      try {
        out.write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        socket.shutdownOutput();
      } catch (IOException ex) {
        // The server has read enough.
      }
      String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return status.isEmpty() ? 0 : Integer.parseInt(status.substring(9));
    } catch (SocketException ex) {
      return 0;
    }
  }

  private static String post(String path, String... headers) {
    StringBuilder head =
        new StringBuilder(
            "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json");
    for (String header : headers) {
      head.append("\r\n").append(header);
    }
    return head.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void assertNothingStored() {
    assertThat(new Api(port).get("/api/v1/query?query=lyingrequest").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 1_000_000})
  void hugeHeader_isRefused(int length) throws IOException {
    String head = post("/api/v1/records", "X-Any: " + "a".repeat(length), "Content-Length: 25");
    assertThat(send(head, ascii(RECORD))).isIn(0, 400, 431);
    assertNothingStored();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 5000",
    "Content-Length: -1",
    "Content-Length: 25\r\nContent-Length: 26",
    "Content-Length: 10",
    "Transfer-Encoding: chunked"
  })
  void wrongContentLength_storesNothing(String header) throws IOException {
    assertThat(send(post("/api/v1/records", header), ascii(RECORD))).isIn(0, 400);
    assertNothingStored();
  }

  @Test
  void contentLengthAboveTheLimit_isRefusedAtOnce() throws IOException {
    assertThat(send(post("/_bulk", "Content-Length: 99999999999"), ascii("{}"))).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/records",
        "/insert/jsonline",
        "/_bulk",
        "/loki/api/v1/push",
        "/v1/logs",
        "/services/collector",
        "/gelf",
        "/api/events/raw",
        "/api/v2/logs"
      })
  void decompressionBomb_isRefused(String path) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 100; i++) {
        gzip.write(spaces);
      }
    }
    String head = post(path, "Content-Encoding: gzip", "Content-Length: " + packed.size());
    assertThat(send(head, packed.toByteArray())).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          /api/v1/records => 200 => DEEP
          /loki/api/v1/push => 400 => {"streams":DEEP}
          /v1/logs => 400 => {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":DEEP}]}]}]}
          /services/collector => 200 => {"event":DEEP}
          /gelf => 202 => {"host":"h","short_message":"s","_a":DEEP}
          """)
  void deepJson_isKeptAsText_orRefused(String path, int status, String body) throws IOException {
    for (String deep :
        new String[] {
          "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
          "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"
        }) {
      byte[] bytes = ascii(body.replace("DEEP", deep));
      assertThat(send(post(path, "Content-Length: " + bytes.length), bytes)).isEqualTo(status);
    }
  }
}
