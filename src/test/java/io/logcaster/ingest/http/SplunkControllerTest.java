package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.HttpInputTester.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class SplunkControllerTest {

  private final HttpInputTester tester = new HttpInputTester();
  private final SplunkController controller = new SplunkController(tester.input, tester.properties);

  @Test
  void events_withOrWithoutSeparators_areAccepted() throws Exception {
    var answer =
        controller.events(
            request(
                "application/x-www-form-urlencoded",
                "{\"time\":1763600000.5,\"host\":\"h\",\"source\":\"s\",\"event\":\"text\",\"fields\":{\"dc\":\"x\"}}{\"time\":\"1763600001\",\"event\":{\"message\":\"m\",\"severity\":\"warn\",\"a\":{\"b\":1}}}\n\n"
                    + "{\"event\":{\"no\":\"message\"}}"));
    assertThat(answer.getStatusCode().value()).isEqualTo(200);
    assertThat(answer.getBody()).containsEntry("text", "Success").containsEntry("code", 0);
    assertThat(tester.record(0))
        .containsEntry("_time", "2025-11-20T00:53:20.5Z")
        .containsEntry("_msg", "text")
        .containsEntry("host", "h")
        .containsEntry("source", "s")
        .containsEntry("dc", "x");
    assertThat(tester.record(1))
        .containsEntry("_time", "2025-11-20T00:53:21Z")
        .containsEntry("_msg", "m")
        .containsEntry("level", "WARN")
        .containsEntry("a.b", "1");
    assertThat(tester.record(2)).containsEntry("no", "message");
  }

  @Test
  void dockerLines_areMessages_orSetTheirFields() throws Exception {
    controller.events(
        request(
            "application/json",
            "{\"event\":{\"line\":\"text\",\"source\":\"stdout\",\"tag\":\"shop\"},\"time\":\"1763600000.500000\",\"host\":\"h\"}"
                + "{\"event\":{\"line\":{\"msg\":\"m\",\"level\":\"warn\"},\"source\":\"stdout\"},\"host\":\"h\"}"));
    assertThat(tester.record(0))
        .containsEntry("_time", "2025-11-20T00:53:20.5Z")
        .containsEntry("_msg", "text")
        .containsEntry("source", "stdout")
        .containsEntry("tag", "shop");
    assertThat(tester.record(1)).containsEntry("_msg", "m").containsEntry("level", "WARN");
  }

  @Test
  void raw_isReadAsLines_withTheArgumentsAsFields() throws Exception {
    MockHttpServletRequest request = request("text/plain", "one\n\ntwo");
    request.setQueryString("host=h1&sourcetype=a%20b");
    assertThat(controller.raw(request).getStatusCode().value()).isEqualTo(200);
    assertThat(tester.intake.messages()).containsExactly("one", "two");
    assertThat(tester.record(1)).containsEntry("host", "h1").containsEntry("sourcetype", "a b");
  }

  @Test
  void errors_haveSplunkCodes() throws Exception {
    var nothing = controller.events(request("application/json", ""));
    assertThat(nothing.getStatusCode().value()).isEqualTo(400);
    assertThat(nothing.getBody()).containsEntry("code", 5);
    var broken = controller.events(request("application/json", "{\"event\":\"x\"}{\"event\":"));
    assertThat(broken.getBody()).containsEntry("code", 6).containsEntry("invalid-event-number", 1L);
    tester.intake.full(true);
    var busy = controller.events(request("application/json", "{\"event\":\"x\"}"));
    assertThat(busy.getStatusCode().value()).isEqualTo(503);
    assertThat(busy.getBody()).containsEntry("code", 9);
  }

  @Test
  void acks_areConfirmedOnceAnswered() throws Exception {
    MockHttpServletRequest request = request("application/json", "{\"event\":\"x\"}");
    request.addHeader("X-Splunk-Request-Channel", "c");
    assertThat(controller.events(request).getBody()).containsEntry("ackId", 0L);
    var form = request("application/x-www-form-urlencoded", "{\"acks\":[0,1]}");
    assertThat(controller.acks(form).getBody())
        .isEqualTo(Map.of("acks", Map.of("0", true, "1", false)));
    assertThat(controller.acks(request("application/json", "[")).getBody())
        .containsEntry("code", 6);
    assertThat(controller.health()).containsEntry("code", 17);
  }

  /** As Splunk's library for Node sends what Bunyan and Winston give it. */
  @Test
  void objectInsideTheMessage_setsTheFields() throws Exception {
    controller.events(
        request(
            "application/x-www-form-urlencoded",
            "{\"time\":\"1763600000.5\",\"event\":{\"message\":{\"msg\":\"m\",\"user\":{\"id\":7}},\"severity\":\"warn\"}}"));
    assertThat(tester.record(0))
        .containsEntry("_time", "2025-11-20T00:53:20.5Z")
        .containsEntry("_msg", "m")
        .containsEntry("user.id", "7")
        .containsEntry("level", "WARN");
  }
}
