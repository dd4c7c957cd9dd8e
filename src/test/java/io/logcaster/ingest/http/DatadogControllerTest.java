package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.HttpInputTester.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class DatadogControllerTest {

  private static final String JSON = "application/json";

  private final HttpInputTester tester = new HttpInputTester();
  private final DatadogController controller =
      new DatadogController(tester.input, tester.properties);

  private int send(String type, String body) throws Exception {
    return controller.logs(request(type, body)).getStatusCode().value();
  }

  /** As the agent's JSON encoder writes them. */
  @Test
  void agentsLogs_haveTheirNamesAndTags() throws Exception {
    assertThat(
            send(
                JSON,
                """
                [{"message":"paid","status":"warn","timestamp":1795158489123,"hostname":"web1","service":"shop","ddsource":"java","ddtags":"env:prod,team:pay,kube_namespace:shop,flag,service:other,url:http://x"},
                 {"message":"{\\"msg\\":\\"inner\\",\\"level\\":\\"error\\",\\"n\\":1}","status":"info","timestamp":1795158489124,"hostname":"web1","service":"shop","ddsource":"go","ddtags":""}]\
                """))
        .isEqualTo(202);
    assertThat(tester.record(0))
        .containsEntry("_time", "2026-11-20T07:08:09.123Z")
        .containsEntry("_msg", "paid")
        .containsEntry("level", "WARN")
        .containsEntry("host", "web1")
        .containsEntry("app", "shop")
        .containsEntry("service", "shop")
        .containsEntry("ddsource", "java")
        .containsEntry("env", "prod")
        .containsEntry("team", "pay")
        .containsEntry("kube_namespace", "shop")
        .containsEntry("url", "http://x")
        .doesNotContainKey("flag");
    assertThat(tester.record(1))
        .containsEntry("_msg", "inner")
        .containsEntry("level", "ERROR")
        .containsEntry("n", "1")
        .containsEntry("host", "web1");
  }

  @Test
  void numericStatus_isNoLevel() throws Exception {
    assertThat(send(JSON, "{\"message\":\"GET /\",\"status\":200}")).isEqualTo(202);
    assertThat(tester.record(0)).containsEntry("status", "200").doesNotContainKey("level");
  }

  @Test
  void arguments_completeRecords() throws Exception {
    MockHttpServletRequest json = request(JSON, "[{\"message\":\"a\",\"service\":\"own\"}]");
    json.setQueryString("ddsource=nginx&service=web&hostname=h1&ddtags=env:test");
    assertThat(controller.input(json).getStatusCode().value()).isEqualTo(200);
    assertThat(tester.record(0))
        .containsEntry("service", "own")
        .containsEntry("ddsource", "nginx")
        .containsEntry("hostname", "h1")
        .containsEntry("env", "test");
    MockHttpServletRequest text = request("text/plain", "one\ntwo");
    text.setQueryString("service=web&hostname=h1");
    controller.logs(text);
    assertThat(tester.intake.messages()).containsExactly("a", "one", "two");
    assertThat(tester.record(2)).containsEntry("host", "h1").containsEntry("app", "web");
  }

  @Test
  void compressedBodies_areUnpacked() throws Exception {
    byte[] body = "[{\"message\":\"packed\"}]".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(body);
    }
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
      out.write(body);
    }
    encoded("gzip", gzip.toByteArray());
    encoded("deflate", zlib.toByteArray());
    encoded("zstd", Zstd.compress(body));
    assertThat(tester.intake.messages()).containsExactly("packed", "packed", "packed");
  }

  private void encoded(String encoding, byte[] body) throws Exception {
    MockHttpServletRequest request = request(JSON, body);
    request.addHeader("Content-Encoding", encoding);
    assertThat(controller.logs(request).getStatusCode().value()).isEqualTo(202);
  }

  /** As the agent asks whether it can send by HTTP. */
  @Test
  void probe_storesNothing() throws Exception {
    assertThat(send(JSON, "{}")).isEqualTo(202);
    assertThat(send(JSON, "[]")).isEqualTo(202);
    assertThat(tester.intake.size()).isZero();
    assertThat(controller.validate()).containsEntry("valid", true);
  }

  @Test
  void malformedLog_costsItself_andIsNamed() throws Exception {
    var answer =
        controller.logs(request(JSON, "[{\"message\":\"a\"},{\"message\":},{\"message\":\"b\"}]"));
    assertThat(answer.getStatusCode().value()).isEqualTo(202);
    assertThat(String.valueOf(answer.getBody())).contains("Log 2");
    assertThat(tester.intake.messages()).containsExactly("a", "b");
    assertThat(send(JSON, "[{\"message\":}]")).isEqualTo(400);
  }

  @Test
  void overload_refusesTheWholeRequest() throws Exception {
    tester.intake.full(true);
    var answer = controller.logs(request(JSON, "[{\"message\":\"a\"}]"));
    assertThat(answer.getStatusCode().value()).isEqualTo(429);
    assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("1");
  }
}
