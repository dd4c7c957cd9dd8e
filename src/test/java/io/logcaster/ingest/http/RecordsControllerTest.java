package io.logcaster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import io.logcaster.ingest.IngestProperties;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.RecordingIntake;
import io.logcaster.ingest.text.Decoding;
import io.logcaster.pipeline.InputMetrics;
import io.logcaster.record.LogRecord;
import io.logcaster.storage.StorageReadOnlyException;
import io.logcaster.system.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

class RecordsControllerTest {

  private static final String LINES = "application/x-ndjson";

  private final RecordingIntake intake = new RecordingIntake();
  private final InputMetrics metrics = new InputMetrics("http");
  private final RecordsController controller =
      new RecordsController(
          new HttpInput(
              new InputContext(
                  intake, metrics, List.of("host", "app"), ZoneOffset.UTC, Clock.systemUTC()),
              () -> ":0"),
          new IngestProperties(List.of("host", "app"), DataSize.ofKilobytes(256), null, 0, 0));

  private static MockHttpServletRequest request(String type, byte[] body, String query) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/records");
    request.setContentType(type);
    request.setContent(body);
    request.setQueryString(query);
    return request;
  }

  private HttpRecords.Result post(String type, String body, String query) throws Exception {
    return controller.records(request(type, body.getBytes(StandardCharsets.UTF_8), query));
  }

  private HttpRecords.Result post(String type, String body) throws Exception {
    return post(type, body, null);
  }

  private ProblemException fail(MockHttpServletRequest request) {
    return catchThrowableOfType(ProblemException.class, () -> controller.records(request));
  }

  @Test
  void linesOfJson_areAccepted_andBrokenOnesListed() throws Exception {
    HttpRecords.Result result =
        post(
            LINES,
            """
            {"_msg":"one","_time":"2026-11-20T07:08:09Z"}

            nonsense
            {"_msg":"two"}\r
            {"a":
            {"_msg":"three"}\
            """);
    assertThat(intake.messages()).containsExactly("one", "two", "three");
    assertThat(result.accepted()).isEqualTo(3);
    assertThat(result.rejected()).isEqualTo(2);
    assertThat(result.errors())
        .containsExactly(
            new HttpRecords.LineError(3, "json: expected an object"),
            new HttpRecords.LineError(5, "json: ends where a value was expected"));
    assertThat(metrics.rejected()).containsEntry("parse_error", 2L);
    assertThat(intake.records().getFirst().value("host")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"_msg\":\"a\"}",
        "[{\"_msg\":\"a\"}]",
        " [ {\n\"_msg\" : \"a\"\n} ] ",
      })
  void jsonObjectOrArray_isAccepted(String body) throws Exception {
    assertThat(post("application/json; charset=utf-8", body).accepted()).isEqualTo(1);
    assertThat(intake.messages()).containsExactly("a");
  }

  @Test
  void largeArray_isReadInPieces() throws Exception {
    StringBuilder body = new StringBuilder("[");
    for (int i = 0; i < 20_000; i++) {
      body.append(i == 0 ? "" : ",\n").append("{\"_msg\":\"record ").append(i).append("\"}");
    }
    assertThat(post("application/json", body.append(']').toString()).accepted()).isEqualTo(20_000);
    assertThat(intake.messages()).last().isEqualTo("record 19999");
    assertThat(intake.batches()).isGreaterThan(3);
  }

  @Test
  void plainText_isReadAsLines() throws Exception {
    assertThat(post("text/plain", "2026-11-20T07:08:09Z ERROR boom\n\nlast").accepted())
        .isEqualTo(2);
    LogRecord first = intake.records().getFirst();
    assertThat(Decoding.fields(first))
        .containsEntry("level", "ERROR")
        .containsEntry("_time", "2026-11-20T07:08:09Z")
        .containsEntry("_msg", "boom");
  }

  @Test
  void arguments_selectTheFields() throws Exception {
    post(
        LINES,
        "{\"when\":\"2026-11-20T07:08:09Z\",\"text\":\"m\",\"dc\":\"x\",\"message\":\"kept\"}",
        "time_field=at,when&msg_field=text&stream_fields=dc,%20rack");
    LogRecord record = intake.records().getFirst();
    assertThat(Decoding.fields(record))
        .containsEntry("_time", "2026-11-20T07:08:09Z")
        .containsEntry("_msg", "m")
        .containsEntry("message", "kept")
        .doesNotContainKey("when");
    assertThat(intake.streams()).containsExactly("{dc=\"x\"}");
  }

  @Test
  void jsonLine_acceptsTheHeadersOfVictoriaLogs() throws Exception {
    MockHttpServletRequest request =
        request(
            "text/whatever",
            "{\"t\":1763600000,\"m\":\"x\"}\n".getBytes(StandardCharsets.UTF_8),
            "_msg_field=m");
    request.addHeader("VL-Time-Field", "t");
    assertThat(controller.jsonLines(request).accepted()).isEqualTo(1);
    assertThat(Decoding.fields(intake.records().getFirst()))
        .containsEntry("_time", "2025-11-20T00:53:20Z")
        .containsEntry("_msg", "x");
  }

  @ParameterizedTest
  @CsvSource({"gzip,gzip", "deflate,zlib", "deflate,raw", "zstd,zstd", "'gzip,deflate',zlib"})
  void compressedBodies_areDecompressed(String header, String packing) throws Exception {
    byte[] body = "{\"_msg\":\"packed\"}\n".repeat(500).getBytes(StandardCharsets.US_ASCII);
    MockHttpServletRequest request = request(LINES, pack(packing, body), null);
    request.addHeader("Content-Encoding", header);
    assertThat(controller.records(request).accepted()).isEqualTo(500);
  }

  private static byte[] pack(String packing, byte[] body) throws IOException {
    if (packing.equals("zstd")) {
      return Zstd.compress(body);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out =
        switch (packing) {
          case "gzip" -> new GZIPOutputStream(packed);
          case "zlib" -> new DeflaterOutputStream(packed);
          default -> new DeflaterOutputStream(packed, new Deflater(6, true));
        }) {
      out.write(body);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zlib", "zstd"})
  void bodyThatDecompressesBeyondTheLimit_is413(String packing) throws Exception {
    byte[] line = "{\"_msg\":\"\"}            \n".getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[(int) RequestBody.LIMIT + 1024];
    for (int at = 0; at + line.length < body.length; at += line.length) {
      System.arraycopy(line, 0, body, at, line.length);
    }
    MockHttpServletRequest request = request(LINES, pack(packing, body), null);
    request.addHeader("Content-Encoding", packing.equals("zlib") ? "deflate" : packing);
    ProblemException problem = fail(request);
    assertThat(problem.getStatusCode().value()).isEqualTo(413);
    assertThat(problem.code()).isEqualTo("body_too_large");
  }

  @Test
  void declaredLengthBeyondTheLimit_is413_withoutReading() {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/api/v1/records") {
          @Override
          public long getContentLengthLong() {
            return RequestBody.LIMIT + 1;
          }
        };
    request.setContentType(LINES);
    assertThat(fail(request).getStatusCode().value()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json,UTF-8,\uFEFF",
    "application/x-ndjson,UTF-8,\uFEFF",
    "text/plain,UTF-8,\uFEFF",
    "'',UTF-8,\uFEFF",
    "application/json,UTF-16LE,\uFEFF",
    "application/x-ndjson,UTF-16BE,\uFEFF",
    "text/plain,UTF-16LE,\uFEFF",
    "application/json,UTF-16LE,''",
    "application/x-ndjson,UTF-16BE,''",
    "text/plain; charset=ISO-8859-1,ISO-8859-1,''",
    "application/x-ndjson; Charset=\"windows-1252\"; a=b,windows-1252,''",
    "application/json;charset=Shift_JIS,Shift_JIS,''",
    "application/json; charset=utf8,UTF-8,\uFEFF"
  })
  void charset_ofByteOrderMarkOrContentType_isHonoured(String type, String charset, String mark)
      throws Exception {
    String word = charset.equals("Shift_JIS") ? "\u65e5\u672c" : "Gr\u00fc\u00dfe";
    String text = type.startsWith("text") ? word : "{\"_msg\":\"" + word + "\"}";
    byte[] body = (mark + text + "\n" + text).getBytes(Charset.forName(charset));
    assertThat(controller.records(request(type, body, null)).accepted()).isEqualTo(2);
    assertThat(intake.messages()).containsExactly(word, word);
  }

  @Test
  void utf16_acrossReads_keepsSurrogatePairs() throws Exception {
    String word = "x" + "\ud83d\ude00".repeat(20_000);
    byte[] body = ("{\"_msg\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_16LE);
    assertThat(controller.records(request("application/json", body, null)).accepted()).isEqualTo(1);
    assertThat(intake.messages()).containsExactly(word);
  }

  @Test
  void unknownCharset_is415() {
    ProblemException problem = fail(request("text/plain; charset=klingon", new byte[] {65}, null));
    assertThat(problem.getStatusCode().value()).isEqualTo(415);
    assertThat(problem.getBody().getDetail()).contains("klingon");
  }

  @Test
  void unknownTypesAndEncodings_are415() {
    ProblemException type = fail(request("image/png", new byte[1], null));
    assertThat(type.getStatusCode().value()).isEqualTo(415);
    assertThat(type.getBody().getDetail()).contains("image/png", "application/x-ndjson");
    MockHttpServletRequest request = request(LINES, new byte[1], null);
    request.addHeader("Content-Encoding", "br");
    assertThat(fail(request).code()).isEqualTo("unknown_encoding");
  }

  @Test
  void brokenCompression_is400() throws Exception {
    byte[] packed = pack("gzip", "{\"_msg\":\"x\"}\n".repeat(100).getBytes(StandardCharsets.UTF_8));
    MockHttpServletRequest request =
        request(LINES, Arrays.copyOf(packed, packed.length - 12), null);
    request.addHeader("Content-Encoding", "gzip");
    assertThat(fail(request).code()).isEqualTo("malformed_body");
  }

  @Test
  void noRoom_is429_andNothingIsAccepted() {
    intake.full(true);
    ProblemException problem =
        fail(request(LINES, "{\"_msg\":\"x\"}".getBytes(StandardCharsets.UTF_8), null));
    assertThat(problem.getStatusCode().value()).isEqualTo(429);
    assertThat(problem.getHeaders().getFirst("Retry-After")).isEqualTo("1");
    assertThat(intake.size()).isZero();
  }

  @Test
  void readOnlyStorage_is503() {
    intake.failWith(new StorageReadOnlyException("The disk is nearly full"));
    ProblemException problem =
        fail(request(LINES, "{\"_msg\":\"x\"}".getBytes(StandardCharsets.UTF_8), null));
    assertThat(problem.getStatusCode().value()).isEqualTo(503);
    assertThat(problem.code()).isEqualTo("storage_read_only");
  }

  @Test
  void nothingAcceptable_is400_withTheReasons() {
    ProblemException problem =
        fail(request(LINES, "x\ny\n".getBytes(StandardCharsets.UTF_8), null));
    assertThat(problem.getStatusCode().value()).isEqualTo(400);
    assertThat(problem.getBody().getProperties()).containsEntry("rejected", 2L);
    assertThat(fail(request(LINES, new byte[0], null)).getBody().getDetail())
        .isEqualTo("The body holds no records.");
  }

  @Test
  void errors_areListedUpToTen() throws Exception {
    HttpRecords.Result result = post(LINES, "x\n".repeat(50) + "{\"_msg\":\"y\"}");
    assertThat(result.rejected()).isEqualTo(50);
    assertThat(result.errors()).hasSize(10);
  }

  @Test
  void tooLongLine_isTruncated_andTheNextOneKept() throws Exception {
    String longLine = "{\"_msg\":\"" + "x".repeat(3 << 20) + "\"}\n";
    assertThat(post(LINES, longLine + "{\"_msg\":\"next\"}\n" + longLine).accepted()).isEqualTo(3);
    assertThat(intake.records().getFirst().value("_truncated")).isEqualTo("true");
    assertThat(intake.records().getFirst().message().length()).isEqualTo(256 << 10);
    assertThat(intake.messages().get(1)).isEqualTo("next");
  }

  @Test
  void response_isSentOnlyWhenTheRecordsAreDurable() throws Exception {
    intake.hold();
    var answer = new CompletableFuture<HttpRecords.Result>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(post(LINES, "{\"_msg\":\"x\"}"));
              } catch (Exception ex) {
                answer.completeExceptionally(ex);
              }
            });
    await().until(() -> intake.size() == 1);
    assertThat(answer).isNotDone();
    intake.release();
    assertThat(answer.get().accepted()).isEqualTo(1);
  }
}
