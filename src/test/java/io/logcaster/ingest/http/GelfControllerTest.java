package io.logcaster.ingest.http;

import static io.logcaster.ingest.http.HttpInputTester.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.system.ProblemException;
import org.junit.jupiter.api.Test;

class GelfControllerTest {

  private final HttpInputTester tester = new HttpInputTester();
  private final GelfController controller = new GelfController(tester.input, tester.properties);

  @Test
  void message_isAccepted() throws Exception {
    var answer =
        controller.gelf(
            request(
                "application/json",
                "{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"s\",\"level\":4,\"_a\":\"b\"}"));
    assertThat(answer.getStatusCode().value()).isEqualTo(202);
    assertThat(tester.record(0))
        .containsEntry("_msg", "s")
        .containsEntry("host", "h")
        .containsEntry("level", "WARN")
        .containsEntry("a", "b")
        .doesNotContainKey("version");
  }

  @Test
  void invalidMessage_is400() {
    assertThatThrownBy(() -> controller.gelf(request("application/json", "hello")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            (problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(400));
  }
}
