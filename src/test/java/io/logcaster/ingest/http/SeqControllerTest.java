package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.HttpInputTester.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

class SeqControllerTest {

  private static final String CLEF = "application/vnd.serilog.clef";

  private final HttpInputTester tester = new HttpInputTester();
  private final SeqController controller = new SeqController(tester.input, tester.properties);

  private ResponseEntity<Map<String, @Nullable Object>> send(String type, String body)
      throws Exception {
    return controller.events(request(type, body));
  }

  /** As Serilog.Sinks.Seq writes them. */
  @Test
  void compactEvents_areRendered() throws Exception {
    var answer =
        send(
            CLEF,
            """
            {"@t":"2026-11-20T07:08:09.1234567Z","@mt":"Paid {Total:0.00} by {User} in {Elapsed:000} ms","@r":["12.50","007"],"Total":12.5,"User":"joe","Elapsed":7,"MachineName":"web1","Application":"shop"}
            {"@t":"2026-11-20T07:08:10Z","@m":"rendered","@mt":"{A}","@l":"Warning","@x":"System.Exception: no\\n   at Shop.Pay()","@i":"a1b2c3d4"}
            {"@t":"2026-11-20T07:08:11Z","@mt":"{A:0} and {B:0}","@r":["one"],"A":1,"B":2,"@l":"Fatal"}
            """);
    assertThat(answer.getStatusCode().value()).isEqualTo(201);
    assertThat(answer.getBody()).containsEntry("MinimumLevelAccepted", null).hasSize(1);
    assertThat(tester.record(0))
        .containsEntry("_time", "2026-11-20T07:08:09.1234567Z")
        .containsEntry("_msg", "Paid 12.50 by joe in 007 ms")
        .containsEntry("level", "INFO")
        .containsEntry("Total", "12.5")
        .containsEntry("host", "web1")
        .containsEntry("app", "shop");
    assertThat(tester.record(1))
        .containsEntry("_msg", "rendered")
        .containsEntry("level", "WARN")
        .containsEntry("@x", "System.Exception: no\n   at Shop.Pay()")
        .containsEntry("@i", "a1b2c3d4");
    assertThat(tester.record(2)).containsEntry("_msg", "one and 2").containsEntry("level", "FATAL");
  }

  /** As older senders, such as NLog.Targets.Seq before 1.0, write them. */
  @Test
  void eventsInAnEnvelope_areAccepted() throws Exception {
    var answer =
        send(
            "application/json",
            """
            { "Events": [
              {"Timestamp":"2026-11-20T08:08:09.5+01:00","Level":"Error","MessageTemplate":"Order {Id}",
               "Exception":"boom","Properties":{"Id":17}},
              {"Timestamp":"2026-11-20T07:08:10Z","Level":"Debug","MessageTemplate":"next"}]}
            """);
    assertThat(answer.getStatusCode().value()).isEqualTo(201);
    assertThat(tester.intake.messages()).containsExactly("Order 17", "next");
    assertThat(tester.record(0))
        .containsEntry("_time", "2026-11-20T07:08:09.5Z")
        .containsEntry("level", "ERROR")
        .containsEntry("Exception", "boom");
  }

  @Test
  void malformedEvent_costsItself_andIsNamed() throws Exception {
    var answer =
        send(CLEF, "{\"@t\":\"2026-11-20T07:08:09Z\",\"@m\":\"a\"}\n{broken\n{\"@m\":\"b\"}");
    assertThat(answer.getStatusCode().value()).isEqualTo(201);
    assertThat(String.valueOf(answer.getBody())).contains("1 of 3 events", "number 2");
    assertThat(tester.intake.messages()).containsExactly("a", "b");
    assertThat(send(CLEF, "{broken").getStatusCode().value()).isEqualTo(400);
    assertThat(send(CLEF, "").getStatusCode().value()).isEqualTo(201);
  }

  @Test
  void overload_refusesTheWholeRequest() throws Exception {
    tester.intake.full(true);
    var answer = send(CLEF, "{\"@m\":\"a\"}");
    assertThat(answer.getStatusCode().value()).isEqualTo(429);
    assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("1");
    assertThat(answer.getBody()).containsKey("Error");
  }
}
