package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The values of a template's variable, over HTTP. */
@RunningServer
class PatternVariableApiTest {

  private final Api api;

  PatternVariableApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  private void send(String app, IntStream numbers) {
    String lines =
        numbers
            .mapToObj(
                (i) ->
                    """
                    {"_time":"2026-03-02T08:00:00Z","app":"%s","_msg":"took %dms on node-%d of pool"}
                    {"_time":"2026-03-02T08:00:00Z","app":"%s","_msg":"another message"}
                    """
                        .formatted(app, i, i % 3, app))
            .collect(Collectors.joining());
    assertThat(api.post("/api/v1/records", "application/x-ndjson", lines).statusCode())
        .isEqualTo(200);
  }

  private String ask(String app, int place, String more) {
    return api.get(
            "/api/v1/patterns/variable?query=app:%3D"
                + app
                + "&pattern="
                + URLEncoder.encode("took <*> on <*> of pool", StandardCharsets.UTF_8)
                + "&reading=60s&place="
                + place
                + more)
        .body();
  }

  @Test
  void values_areCounted_theMostFrequentFirst() {
    send("vars1", IntStream.rangeClosed(1, 100));
    String answer = ask("vars1", 1, "&limit=2");
    assertThat(JsonPath.<Integer>read(answer, "$.records")).isEqualTo(100);
    assertThat(JsonPath.<Integer>read(answer, "$.distinct")).isEqualTo(3);
    assertThat(JsonPath.<List<String>>read(answer, "$.values[*].value"))
        .containsExactly("node-1", "node-0");
    assertThat(JsonPath.<List<Integer>>read(answer, "$.values[*].count")).containsExactly(34, 33);
    assertThat(JsonPath.<Object>read(answer, "$.numbers")).isNull();
    assertThat(JsonPath.<Boolean>read(answer, "$.complete")).isTrue();
  }

  @Test
  void numbers_haveQuantiles_asTheyAreWritten() {
    send("vars2", IntStream.rangeClosed(1, 100));
    String answer = ask("vars2", 0, "");
    assertThat(JsonPath.<java.util.Map<String, String>>read(answer, "$.numbers"))
        .containsEntry("min", "1ms")
        .containsEntry("p50", "50ms")
        .containsEntry("p90", "90ms")
        .containsEntry("p99", "99ms")
        .containsEntry("max", "100ms");
  }

  @Test
  void place_thatIsMissing_isAClearError() {
    assertThat(ask("vars3", 2, "")).contains("invalid_parameter", "2 placeholders");
    assertThat(api.get("/api/v1/patterns/variable?query=*").body()).contains("missing_parameter");
  }
}
